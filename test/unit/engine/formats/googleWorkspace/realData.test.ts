import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { list, textAt } from '../../../../../src/common/json'
import { googleWorkspace } from '../../../../../src/engine/formats/googleWorkspace'
import { driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

/** Files of an application and how many activities each holds. */
const counts: Readonly<Record<string, number>> = {
  'access_transparency/test-access-transparency.log': 1,
  'admin/test-admin-application.log': 9,
  'admin/test-admin-calendar.log': 13,
  'admin/test-admin-chat.log': 4,
  'admin/test-admin-chromeos.log': 21,
  'admin/test-admin-contacts.log': 1,
  'admin/test-admin-delegatedadmin.log': 8,
  'admin/test-admin-docs.log': 3,
  'admin/test-admin-domain.log': 85,
  'admin/test-admin-gmail.log': 10,
  'admin/test-admin-groups.log': 14,
  'admin/test-admin-licenses.log': 8,
  'admin/test-admin-org.log': 17,
  'admin/test-admin-security.log': 24,
  'admin/test-admin-sites.log': 5,
  'alert/test-alert.log': 14,
  'context_aware_access/test-context-aware-access.log': 1,
  'drive/test-drive.log': 28,
  'login/test-login.log': 14,
  'rules/test-rules.log': 2,
  'saml/test-saml.log': 2,
  'token/test-token.log': 1,
  'user_accounts/test-user-accounts.log': 9,
}

const read = (name: string) => readFileSync(sharedData('google-workspace', 'elastic', name), 'utf8')

function group(outcome: string | undefined): string {
  if (outcome === 'success') return 'success'
  return outcome === 'unknown' || outcome === 'interrupted' ? 'unknown' : 'failure'
}

describe.skipIf(!hasSharedData)(`Google Workspace exports of other parties${sharedDataNotice}`, () => {
  it('keeps every activity of every file', () => {
    const files = readdirSync(sharedData('google-workspace', 'elastic'), { recursive: true, encoding: 'utf8' })
    expect(files.filter((name) => name.endsWith('.log')).sort()).toEqual(Object.keys(counts).sort())
    for (const [name, count] of Object.entries(counts)) {
      const driven = driveJsonText(googleWorkspace, read(name))
      expect([name, driven.read, driven.events.length, driven.rejects.length]).toEqual([name, count, count, 0])
      expect(driven.events.every((event) => event.ts !== undefined && event.action !== undefined)).toBe(true)
    }
  })

  it('agrees with another reader about every activity', () => {
    const differences: string[] = []
    let compared = 0
    for (const name of Object.keys(counts)) {
      const { events } = driveJsonText(googleWorkspace, read(name))
      const expected = list(JSON.parse(read(`${name}-expected.json`)).expected)
      expect(expected).toHaveLength(events.length)
      expected.forEach((item, index) => {
        const event = events[index]
        const alert = name.startsWith('alert/')
        const target = textAt(item, 'user', 'target', 'email') ?? textAt(item, 'group', 'name')
        const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
          ['outcome', textAt(item, 'event', 'outcome'), group(event?.outcome)],
          // The other reader takes the finder of an alert for what happened, and has its kind elsewhere.
          ['action', textAt(item, 'event', 'action'), alert ? event?.service : event?.action],
          ['service', textAt(item, 'event', 'provider'), event?.service],
          ['mail', alert ? undefined : textAt(item, 'user', 'email'), event?.actor_email],
          ['id', textAt(item, 'user', 'id'), event?.actor_id],
          ['address', textAt(item, 'source', 'ip'), event?.src_ip],
          ['file', textAt(item, 'file', 'name'), event?.resource_name],
          ['target', target, target !== undefined && holds(event?.resources, target) ? target : 'none'],
        ]
        for (const [what, theirs, ours] of pairs) {
          if (theirs === undefined) continue
          compared++
          if (theirs !== ours)
            differences.push(`${name} ${textAt(item, 'event', 'action')} ${what}: ${theirs} / ${ours}`)
        }
      })
    }
    expect(compared).toBeGreaterThan(1400)
    expect(differences).toEqual([
      // `Challenge Passed.` is no failure; the other reader compares it with another spelling.
      'login/test-login.log login_challenge outcome: failure / success',
      'login/test-login.log login_verification outcome: failure / success',
    ])
  })

  it('reads flattened exports whose parameters are a map', () => {
    const text = readFileSync(sharedData('panther-tests', 'gsuite_activityevent.jsonl'), 'utf8')
    const driven = driveJsonText(googleWorkspace, text)
    expect([driven.read, driven.events.length, driven.rejects.length]).toEqual([91, 91, 0])
    expect(new Set(driven.events.flatMap((event) => event.actor_name ?? [])).size).toBe(24)
    expect(driven.events.filter((event) => event.service === 'gmail')).toHaveLength(19)
    expect(
      driven.events.filter((event) => event.action === 'rename' && event.resource_type === 'presentation'),
    ).toHaveLength(11)
  })
})

function holds(resources: readonly { readonly key: string }[] | undefined, name: string): boolean {
  return resources?.some((item) => item.key.includes(name)) ?? false
}
