import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import { driveJson } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { claiming, compare, driveShared, eventsOf } from './ecs'

const formats = [entraSignin, entraAudit, azureActivity]

/** Records per file, as counted from the bytes, and the source that each of them belongs to. */
const counts: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
  ['elastic/activitylogs', 'test-activitylogs-edgecases.log', { azure_activity: 1, entra_signin: 2 }],
  ['elastic/activitylogs', 'test-activitylogs-identity.log', { entra_signin: 1 }],
  ['elastic/activitylogs', 'test-activitylogs-raw.log', { azure_activity: 1 }],
  ['elastic/auditlogs', 'test-audit-logs-sample.log', { entra_audit: 3 }],
  ['elastic/auditlogs', 'test-auditlogs-raw.log', { entra_audit: 1 }],
  ['elastic/identity_protection', 'test-rickyusers-raw.log', { entra_signin: 2 }],
  ['elastic/identity_protection', 'test-userriskevents-raw.log', { entra_signin: 2 }],
  ['elastic/provisioning', 'test-provisioninglogs-raw.log', { entra_audit: 3 }],
  ['elastic/signinlogs', 'test-managed-identity.log', { entra_signin: 1 }],
  ['elastic/signinlogs', 'test-non-interactive-user-sample.log', { entra_signin: 15 }],
  ['elastic/signinlogs', 'test-non-interactive-user.log', { entra_signin: 1 }],
  ['elastic/signinlogs', 'test-service-principal-signinlogs-sample.log', { entra_signin: 7 }],
  ['elastic/signinlogs', 'test-service-principal.log', { entra_signin: 1 }],
  ['elastic/signinlogs', 'test-signinlogs-raw.log', { entra_signin: 2 }],
  ['elastic/signinlogs', 'test-signinlogs-sample.log', { entra_signin: 2 }],
  ['otel-contrib', 'log-maximum.json', { azure_activity: 1 }],
  ['otel-contrib', 'log-minimum-2.json', { azure_activity: 2 }],
  ['otel-contrib', 'log-minimum.json', { azure_activity: 1 }],
]

function tally(names: readonly string[]): Record<string, number> {
  const found: Record<string, number> = {}
  for (const name of names) found[name] = (found[name] ?? 0) + 1
  return found
}

describe.skipIf(!hasSharedData)(`Azure and Entra logs of other parties${sharedDataNotice}`, () => {
  it.each(counts)('keeps every record of %s/%s', (folder, file, expected) => {
    const driven = driveShared(formats, 'azure', folder, file)
    expect(tally(eventsOf(driven).map(({ source }) => source))).toEqual(expected)
    expect(driven.flatMap(({ rejects, skips }) => [...rejects, ...skips])).toEqual([])
    expect(eventsOf(driven).every(({ ts }) => ts !== undefined)).toBe(true)
  })

  it('agrees with the expected documents wherever both state a value', () => {
    const folders = ['activitylogs', 'auditlogs', 'identity_protection', 'provisioning', 'signinlogs']
    const compared = folders.flatMap((folder) =>
      readdirSync(sharedData('azure', 'elastic', folder))
        .filter((name) => name.endsWith('-expected.json'))
        .map((name) => {
          const file = name.replace('-expected.json', '')
          const events = eventsOf(driveShared(formats, 'azure', 'elastic', folder, file))
          return compare(file, events, 'azure', 'elastic', folder, name)
        }),
    )
    const total = compared.reduce((sum, item) => sum + item.compared, 0)
    const differences = compared.flatMap((item) => item.differences)
    expect(differences.map(({ file, record, column, ours, theirs }) => [file, record, column, ours, theirs])).toEqual([
      // The export calls the record a success; the provisioning it describes states `failure` with an error code.
      ['test-provisioninglogs-raw.log', 2, 'outcome', 'failure', 'success'],
      // 50140 asks whether to stay signed in: the person goes on with a later record, nothing was refused.
      ['test-signinlogs-raw.log', 0, 'outcome', 'interrupted', 'failure'],
      ['test-signinlogs-raw.log', 1, 'outcome', 'interrupted', 'failure'],
    ])
    expect(total).toBeGreaterThan(280)
  })

  it.each([
    ['azure_activity.jsonl', { azure_activity: 148 }],
    ['azure_signin.jsonl', { entra_audit: 12, entra_signin: 20 }],
  ])('keeps every record of %s', (file, expected) => {
    const values = readFileSync(sharedData('panther-tests', file), 'utf8').trim().split('\n')
    const events = values.flatMap((line) => {
      const value = JSON.parse(line)
      return driveJson(claiming(formats, value), [value]).events
    })
    expect(tally(events.map(({ source }) => source))).toEqual(expected)
    expect(events.filter(({ outcome }) => outcome === 'unknown').length).toBeLessThanOrEqual(3)
  })
})
