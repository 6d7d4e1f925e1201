import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import { m365Audit } from '../../../../../src/engine/formats/m365Audit'
import { recordsOf } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const formats = [entraSignin, entraAudit, azureActivity, m365Audit]

function score(value: JsonValue): Record<string, number> {
  return Object.fromEntries(
    formats.flatMap((format) => {
      const found = format.json?.match(value, undefined) ?? 0
      return found === 0 ? [] : [[format.id, found]]
    }),
  )
}

describe('what is nearly a record of the Microsoft clouds', () => {
  it.each<[string, JsonValue]>([
    ['a cluster event in a diagnostic record', { auditID: 'a', stage: 'ResponseComplete', verb: 'get', kind: 'Event' }],
    [
      'a call of another cloud',
      { eventTime: '2026-01-02T03:04:05Z', eventName: 'Get', eventSource: 's3.amazonaws.com' },
    ],
    [
      'a cluster event in the export',
      {
        time: '2026-01-02T03:04:05Z',
        category: 'kube-audit',
        operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
        resourceId: '/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/C',
        properties: { log: '{"kind":"Event","auditID":"a","stage":"ResponseComplete"}' },
      },
    ],
    [
      'a database log in the export',
      {
        time: '2026-01-02T03:04:05Z',
        category: 'PostgreSQLLogs',
        operationName: 'LogEvent',
        resourceId: '/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.DBFORPOSTGRESQL/FLEXIBLESERVERS/DB',
        properties: { message: 'LOG:  AUDIT: SESSION,1,1,READ' },
      },
    ],
    [
      'a database log in the mixed table',
      { TimeGenerated: '2026-01-02T03:04:05Z', Category: 'PostgreSQLLogs', Type: 'AzureDiagnostics', Message: 'x' },
    ],
    [
      'a table that the security products stream',
      {
        time: '2026-01-02T03:04:05Z',
        operationName: 'Publish',
        category: 'AdvancedHunting-DeviceEvents',
        properties: {},
      },
    ],
    ['a log line with a category', { time: '2026-01-02T03:04:05Z', category: 'app', message: 'hello' }],
    ['a sample with a value', { metric: { __name__: 'up' }, value: [1, '2'] }],
    ['a span with an operation', { traceID: 'a', operationName: 'GET', startTime: 1, duration: 2 }],
    ['a page of something else', { value: [{ id: 'a', displayName: 'b' }] }],
    [
      'an incident',
      { id: 'a', category: 'Malware', createdDateTime: '2026-01-02T03:04:05Z', severity: 'high', title: 't' },
    ],
    [
      'a user of a directory',
      { id: 'a', userPrincipalName: 'ana@example.com', createdDateTime: '2026-01-02T03:04:05Z' },
    ],
    ['a table of something else', { tables: [{ columns: [{ name: 'a' }], rows: [['b']] }] }],
    ['an event with a creation time', { CreationTime: '2026-01-02T03:04:05', Operation: 'x', UserId: 'ana' }],
    ['an event with a record type', { RecordType: 1, Operation: 'x', UserId: 'ana' }],
    ['an empty object', {}],
    ['a text', 'SignInLogs'],
    ['a list', [1, 2]],
    ['nothing', null],
  ])('is not claimed: %s', (_, value) => {
    expect(score(value)).toEqual({})
  })
})

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

/** Root values, elements of root arrays, and what stands in `records`. */
function recordsIn(path: string): readonly JsonValue[] {
  try {
    return recordsOf(azureActivity, readFileSync(path, 'utf8'))
  } catch {
    return []
  }
}

describe.skipIf(!hasSharedData)(`exports of other sources${sharedDataNotice}`, () => {
  it('are left to their own formats', { timeout: 60_000 }, () => {
    const root = sharedData()
    const files = filesBelow(root).filter(
      (path) =>
        /\.(?:jsonl?|log|ndjson|txt)$/.test(path) &&
        !/\/azure|\/microsoft|expected|\.tests\.|sigma-rules/.test(path.slice(root.length)),
    )
    expect(files.length).toBeGreaterThan(100)
    const wrong = files.flatMap((path) => {
      const claims = recordsIn(path)
        .map(score)
        .filter((found) => Object.values(found).some((value) => value >= 0.5))
      return claims.length === 0 ? [] : [`${path.slice(root.length)}: ${JSON.stringify(claims[0])}`]
    })
    expect(wrong).toEqual([])
  })

  it('are told apart from each other', () => {
    const paths = ['azure', 'microsoft365'].flatMap((folder) => filesBelow(sharedData(folder)))
    const records = paths.filter((path) => !path.includes('expected')).flatMap(recordsIn)
    expect(records.length).toBeGreaterThan(100)
    expect(records.filter((record) => Object.keys(score(record)).length !== 1)).toEqual([])
  })
})
