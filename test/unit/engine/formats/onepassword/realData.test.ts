import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { onepassword } from '../../../../../src/engine/formats/onepassword'
import { compareEcs } from '../../../../support/ecsExpected'
import { type Driven, driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

function drive(...path: string[]): Driven {
  return driveJsonText(onepassword, readFileSync(sharedData(...path), 'utf8'))
}

describe.skipIf(!hasSharedData)(`1Password exports of other parties${sharedDataNotice}`, () => {
  it.each<[string, string, readonly string[]]>([
    ['audit_events', 'test-auditevents.json', []],
    ['item_usages', 'test-itemusages.json', []],
    [
      'signin_attempts',
      'test-signinattempts.json',
      // The category says how the attempt ended, not what was tried: it is our outcome code.
      ['0 event.action: signin_attempt ≠ success', '1 event.action: signin_attempt ≠ credentials_failed'],
    ],
  ])('keeps %s and says what another importer says of them', (folder, name, known) => {
    const driven = drive('1password', 'elastic', folder, name)
    expect([driven.read, driven.events.length]).toEqual([2, 2])
    const expected = sharedData('1password', 'elastic', folder, `${name}-expected.json`)
    const { compared, differences } = compareEcs(driven.events, expected)
    expect(compared).toBeGreaterThan(5)
    expect(differences).toEqual(known)
  })

  it('reads item usages of rule authors', () => {
    const driven = drive('panther-tests', 'onepassword.jsonl')
    expect([driven.read, driven.events.length]).toEqual([4, 4])
    // Two of them have an address of five parts: it is kept as text.
    expect(driven.events.filter((event) => event.src_ip === undefined).map((event) => event.src_host)).toEqual([
      '1.1.1.1.1',
      '1.1.1.1.1',
    ])
  })
})
