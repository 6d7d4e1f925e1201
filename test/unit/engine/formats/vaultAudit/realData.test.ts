import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { list, textAt } from '../../../../../src/common/json'
import { vaultAudit } from '../../../../../src/engine/formats/vaultAudit'
import { driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const read = (name: string) => readFileSync(sharedData('hashicorp-vault', 'elastic', name), 'utf8')

describe.skipIf(!hasSharedData)(`Vault exports of other parties${sharedDataNotice}`, () => {
  it('makes one row of four requests with their answers, and one of a request without', () => {
    const driven = driveJsonText(vaultAudit, read('test-audit.log'))
    expect([driven.read, driven.events.length, driven.rejects.length, driven.skips.length]).toEqual([9, 5, 0, 0])
    expect(driven.events.map((row) => [row.action, row.outcome, row.duration_us])).toEqual([
      ['update', 'success', 4_268n],
      ['update', 'denied', expect.any(BigInt)],
      ['read', 'success', 7_310n],
      ['read', 'success', 1_879n],
      ['help', 'unknown', undefined],
    ])
    expect(driven.events[3]?.class).toBe('data')
  })

  it('agrees with another reader about every request', () => {
    const driven = driveJsonText(vaultAudit, read('test-audit.log'))
    const differences: string[] = []
    let compared = 0
    for (const item of list(JSON.parse(read('test-audit.log-expected.json')).expected)) {
      const id = textAt(item, 'event', 'id')
      const event = driven.events.find((row) => row.source_event_id === id)
      const outcome = event?.outcome === 'success' ? 'success' : event?.outcome === 'unknown' ? 'unknown' : 'failure'
      const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
        ['outcome', textAt(item, 'event', 'outcome'), outcome],
        ['action', textAt(item, 'event', 'action'), event?.action],
        ['address', textAt(item, 'source', 'ip'), event?.src_ip],
        ['mail', textAt(item, 'user', 'email'), event?.actor_email],
        ['message', textAt(item, 'message')?.trim(), event?.outcome_reason],
      ]
      for (const [what, theirs, ours] of pairs) {
        if (theirs === undefined) continue
        compared++
        if (theirs !== ours) differences.push(`${id} ${what}: ${theirs} / ${ours}`)
      }
    }
    expect(compared).toBe(32)
    expect(differences).toEqual([
      // The other reader gives the request and its answer a row each; the row of both has the words of the answer.
      '24ac580b-805a-d9ee-4d0d-7046932f4e05 message: permission denied / 1 error occurred:\n\t* permission denied',
      // The answer to this request is not in the file, so nobody knows what became of it.
      'undefined outcome: success / unknown',
    ])
  })
})
