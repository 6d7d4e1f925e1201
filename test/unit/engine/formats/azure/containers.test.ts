import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import type { Format } from '../../../../../src/engine/formats/types'
import { driveCsv, driveJson, driveJsonText, recordsOf } from '../../../../support/formatDriver'
import {
  activityDiagnostic,
  activityObject,
  activityRow,
  auditDiagnostic,
  auditObject,
  auditRow,
  signInDiagnostic,
  signInObject,
  signInRow,
} from './samples'

interface Shapes {
  readonly format: Format
  readonly diagnostic: JsonObject
  readonly object: JsonObject
  readonly row: JsonObject
  readonly id: (shape: 'diagnostic' | 'object' | 'row') => string
}

const families: readonly (readonly [string, Shapes])[] = [
  [
    'sign-ins',
    {
      format: entraSignin,
      diagnostic: signInDiagnostic,
      object: signInObject,
      row: signInRow,
      id: () => '33333333-aaaa-4bbb-8ccc-000000000003',
    },
  ],
  [
    'directory changes',
    {
      format: entraAudit,
      diagnostic: auditDiagnostic,
      object: auditObject,
      row: auditRow,
      id: () => 'Directory_66666666_ABCDE_12345678',
    },
  ],
  [
    'activity',
    {
      format: azureActivity,
      diagnostic: activityDiagnostic,
      object: activityObject,
      row: activityRow,
      id: (shape) =>
        shape === 'diagnostic'
          ? '66666666-aaaa-4bbb-8ccc-000000000026/MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE/2026-03-04T05:06:07.1234567Z'
          : 'BBBBBBBB-aaaa-4bbb-8ccc-00000000000b',
    },
  ],
]

function answer(row: JsonObject): JsonObject {
  const names = Object.keys(row)
  return {
    tables: [
      {
        name: 'PrimaryResult',
        columns: names.map((name) => ({ name, type: 'string' })),
        rows: [names.map((name) => row[name] ?? null)],
      },
    ],
  }
}

const anycase = (value: JsonObject, change: (name: string) => string): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([name, item]) => [change(name), item]))

describe.each(families)('containers of %s', (_, { format, diagnostic, object, row, id }) => {
  const containers: readonly (readonly [string, 'diagnostic' | 'object' | 'row', JsonValue])[] = [
    ['diagnostic records', 'diagnostic', diagnostic],
    ['batches of diagnostic records', 'diagnostic', { records: [diagnostic] }],
    ['lists of batches', 'diagnostic', [{ records: [diagnostic] }]],
    ['lists of records', 'diagnostic', [diagnostic]],
    ['objects of the interface', 'object', object],
    ['pages of the interface', 'object', { '@odata.context': 'https://example.com/$metadata', value: [object] }],
    ['lists of objects', 'object', [object]],
    ['rows of a table', 'row', row],
    ['answers to a query', 'row', answer(row)],
    ['index exports', 'diagnostic', { _raw: JSON.stringify(diagnostic) }],
    ['log shippers', 'diagnostic', { message: JSON.stringify(diagnostic) }],
    ['batches in a log shipper', 'diagnostic', { message: JSON.stringify({ records: [diagnostic] }) }],
    ['names in lower case', 'diagnostic', anycase(diagnostic, (name) => name.toLowerCase())],
    ['names in upper case', 'row', anycase(row, (name) => name.toUpperCase())],
  ]

  it.each(containers)('finds the record in %s', (_name, shape, value) => {
    const text = JSON.stringify(value)
    const driven = driveJsonText(format, text)
    expect(driven.events.map((event) => event.source_event_id)).toEqual([id(shape)])
    expect(driven.events[0]?.source).toBe(format.source)
    expect(driven.rejects).toEqual([])
    expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
    expect(format.json?.match(recordsOf(format, text)[0] ?? null, undefined)).toBeGreaterThanOrEqual(0.9)
  })

  it('reads a table as CSV with JSON in columns, whatever the zone mark of its times', () => {
    const header = Object.keys(row).map((name) => (name === 'TimeGenerated' ? 'TimeGenerated [UTC]' : name))
    const values = Object.keys(row).map((name) => String(row[name] ?? ''))
    expect(format.csv?.match(header, values)).toMatchObject({ header: true })
    expect(format.csv?.match(header, values).score).toBeGreaterThan(0.9)
    const driven = driveCsv(format, header, [values])
    expect(driven.events.map((event) => event.source_event_id)).toEqual([id('row')])
    expect(driven.events[0]?.ts).toBe(driveJson(format, [row]).events[0]?.ts)
  })

  it('says by a name of its own that another shape is the same event', () => {
    const same = (value: JsonObject) => driveJson(format, [value]).rows.map((item) => [item.identity, item.alternate])
    const [original] = same(diagnostic)
    expect(original?.[0]).toBeUndefined()
    expect(original?.[1]).toEqual(expect.any(String))
    expect(same(object)).toEqual([[null, original?.[1]]])
    expect(same(row)).toEqual([[null, original?.[1]]])
  })
})

describe('batches of several kinds', () => {
  it('are mapped whole, whichever reader has them', () => {
    const mixed = { records: [signInDiagnostic, auditDiagnostic, activityDiagnostic] }
    const driven = driveJson(entraSignin, [{ message: JSON.stringify(mixed) }])
    expect(driven.events.map(({ source }) => source)).toEqual(['entra_signin', 'entra_audit', 'azure_activity'])
    expect(driven.accounted.size).toBe(1)
  })

  it('leave output of containers and servers out, with a reason', () => {
    const line: JsonObject = {
      time: '2026-03-04T05:06:07Z',
      category: 'guard',
      operationName: 'Microsoft.ContainerService/managedClusters/diagnosticLogs/Read',
      resourceId: '/SUBSCRIPTIONS/S/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/C',
      properties: { log: 'I0304 something\n' },
    }
    expect(azureActivity.json?.match(line, undefined)).toBeGreaterThanOrEqual(0.5)
    const driven = driveJson(azureActivity, [line])
    expect(driven.events).toEqual([])
    expect(driven.skips[0]?.reason).toContain('output of a container')
  })

  it('reject what is no record, saying so', () => {
    const driven = driveJson(entraAudit, [{ a: 1 }, 'text', null, [1]])
    expect(driven.rejects).toHaveLength(4)
    expect(driven.accounted.size).toBe(4)
  })
})
