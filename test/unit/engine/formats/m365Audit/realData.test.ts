import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { m365Audit } from '../../../../../src/engine/formats/m365Audit'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { compare, driveShared, eventsOf } from '../azure/ecs'

const formats = [m365Audit]

/** Records per file as counted from the bytes. */
const counts: readonly (readonly [string, string, number])[] = [
  ['beats', '06-sharepointfileop.log', 11],
  ['beats', '14-sp-sharing-op.log', 10],
  ['beats', '15-azuread-sts-logon.log', 69],
  ['beats', 'str-params.log', 2],
  ['elastic', 'test-azuread-sts-logon-events.json', 69],
  ['elastic', 'test-bad-ips.json', 4],
  ['elastic', 'test-data-insights-api-events.json', 9],
  ['elastic', 'test-dlp-exchange-events.json', 6],
  ['elastic', 'test-dlp-sharepoint-events.json', 7],
  ['elastic', 'test-exchange-item-events.json', 9],
  ['elastic', 'test-ip-formats-events.json', 15],
  ['elastic', 'test-modified-properites.json', 1],
  ['elastic', 'test-ms-teams-events.json', 4],
  ['elastic', 'test-parameter-string.json', 2],
  ['elastic', 'test-sec-comp-alerts-events.json', 3],
  ['elastic', 'test-sharepoint-events.json', 4],
  ['elastic', 'test-sharepointfileop-events.json', 12],
  ['elastic', 'test-sp-sharing-op-events.json', 10],
  ['elastic', 'test-yammer-events.json', 2],
]

describe.skipIf(!hasSharedData)(`unified audit logs of other parties${sharedDataNotice}`, () => {
  it.each(counts)('keeps every record of %s/%s', (folder, file, count) => {
    const driven = driveShared(formats, 'microsoft365', folder, file)
    const events = eventsOf(driven)
    expect(events).toHaveLength(count)
    expect(driven.flatMap(({ rejects, skips }) => [...rejects, ...skips])).toEqual([])
    expect(events.every(({ ts }) => ts !== undefined)).toBe(true)
  })

  it('agrees with the expected documents wherever both state a value', () => {
    const files = readdirSync(sharedData('microsoft365', 'elastic')).filter((name) => name.endsWith('-expected.json'))
    const compared = files.map((name) => {
      const file = name.replace('-expected.json', '')
      const events = eventsOf(driveShared(formats, 'microsoft365', 'elastic', file))
      return compare(file, events, 'microsoft365', 'elastic', name)
    })
    const total = compared.reduce((sum, item) => sum + item.compared, 0)
    const differences = compared.flatMap((item) => item.differences)
    // The other parser renames three operations of teams; the operation as the log names it is what rules ask for.
    expect(differences.map(({ file, record, column, ours }) => [file, record, column, ours])).toEqual([
      ['test-ms-teams-events.json', 0, 'action', 'TeamCreated'],
      ['test-ms-teams-events.json', 1, 'action', 'MemberAdded'],
      ['test-ms-teams-events.json', 2, 'action', 'MemberAdded'],
    ])
    expect(total).toBeGreaterThan(430)
    expect(differences.length / total).toBeLessThan(0.01)
  })

  it('knows no outcome only where the record names no operation', () => {
    const unknown = counts.flatMap(([folder, file]) =>
      eventsOf(driveShared(formats, 'microsoft365', folder, file)).filter(({ outcome }) => outcome === 'unknown'),
    )
    expect(unknown).toHaveLength(16)
    expect(unknown.every(({ action }) => action === undefined)).toBe(true)
  })

  it('tells a step that waits for a second factor from a wrong password', () => {
    const events = eventsOf(driveShared(formats, 'microsoft365', 'beats', '15-azuread-sts-logon.log'))
    const failed = events.filter(({ action }) => action === 'UserLoginFailed')
    expect(failed.map(({ outcome, outcome_code }) => [outcome, outcome_code])).toEqual(
      Array.from({ length: 4 }, () => ['interrupted', '50074']),
    )
  })

  it('keeps what rules were written against, and leaves incidents of another product alone', () => {
    const values = readFileSync(sharedData('panther-tests', 'microsoft.jsonl'), 'utf8').trim().split('\n')
    const scores = values.map((line) => m365Audit.json?.match(JSON.parse(line), undefined) ?? 0)
    expect(scores.filter((score) => score >= 0.5)).toHaveLength(17)
    expect(scores.filter((score) => score === 0)).toHaveLength(4)
  })
})
