import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { m365Audit } from '../../../../../src/engine/formats/m365Audit'
import { driveCsv, driveJson, driveJsonText, recordsOf } from '../../../../support/formatDriver'
import { cmdlet, file, login, mailItem, rule } from './samples'

const text = JSON.stringify(file)
const search: JsonObject = {
  RecordType: 'SharePointFileOperation',
  CreationDate: '2026-03-04T05:06:07Z',
  UserIds: 'alice@example.com',
  Operations: 'FileDownloaded',
  AuditData: text,
  ResultIndex: 1,
  ResultCount: 1,
  Identity: 'file-1',
  IsValid: true,
}

const table: JsonObject = {
  TenantId: 'workspace-1',
  TimeGenerated: '2026-03-04T05:06:07Z',
  RecordType: 'SharePointFileOperation',
  Operation: 'FileDownloaded',
  UserType: 'Regular',
  UserKey: '10032000ABCDEF01',
  OfficeWorkload: 'OneDrive',
  UserId: 'alice@example.com',
  ClientIP: '203.0.113.7',
  OfficeId: 'file-1',
  OfficeObjectId: 'https://example-my.sharepoint.com/Plan.docx',
  SourceFileName: 'Plan.docx',
  ItemType: 'File',
  Type: 'OfficeActivity',
}

describe('containers of the unified audit log', () => {
  it.each<[string, JsonValue]>([
    ['records', file],
    ['lists of records', [file]],
    ['results of a search', search],
    ['lists of results', [search]],
    ['results with the record as an object', { ...search, AuditData: file }],
    [
      'pages of the interface',
      { value: [{ id: 'q', createdDateTime: '2026-03-04T05:06:07Z', operation: 'FileDownloaded', auditData: file }] },
    ],
    [
      'streamed tables of the security products',
      { category: 'AdvancedHunting-CloudAppEvents', properties: { RawEventData: file } },
    ],
    ['tables of the security products', { TimeGenerated: 'x', Type: 'CloudAppEvents', RawEventData: text }],
    ['log shippers', { message: text }],
    ['index exports', { _raw: text }],
    ['documents of a test', { events: [{ event: { original: 'broken' }, o365audit: file }] }],
    ['rows of a table', table],
    [
      'answers to a query',
      { tables: [{ columns: Object.keys(table).map((name) => ({ name })), rows: [Object.values(table)] }] },
    ],
    [
      'names in lower case',
      Object.fromEntries(Object.entries(file).map(([name, value]) => [name.toLowerCase(), value])),
    ],
  ])('finds the record in %s', (_, value) => {
    const document = JSON.stringify(value)
    const driven = driveJsonText(m365Audit, document)
    expect(driven.events.map((event) => event.source_event_id)).toEqual(['file-1'])
    expect(driven.events[0]).toMatchObject({ action: 'FileDownloaded', src_ip: '203.0.113.7', class: 'data' })
    expect(driven.rejects).toEqual([])
    expect(m365Audit.json?.match(recordsOf(m365Audit, document)[0] ?? null, undefined)).toBeGreaterThanOrEqual(0.9)
  })

  it('knows a record by less, but not by nothing', () => {
    const score = (value: JsonValue) => m365Audit.json?.match(value, undefined)
    expect(score({ CreationTime: 'x', RecordType: 1, Id: 'a' })).toBeGreaterThanOrEqual(0.5)
    expect(score({ CreationTime: 'x', RecordType: 1 })).toBeGreaterThanOrEqual(0.5)
    expect(score({ CreationTime: 'x' })).toBe(0)
    expect(score({ RecordType: 1, Operation: 'x' })).toBe(0)
    expect(score({ AuditData: 'text' })).toBe(0)
  })

  it('rejects a search result whose record is cut, saying so', () => {
    const driven = driveJson(m365Audit, [{ ...search, AuditData: 7 }, { a: 1 }])
    expect(driven.rejects.map(({ reason }) => reason)).toEqual([
      'AuditData of this search result is no valid JSON.',
      'Not a record of the unified audit log: it has no record type with a creation time.',
    ])
  })

  it('says by the id that a row of a table is the same record', () => {
    const keys = (value: JsonObject) =>
      driveJson(m365Audit, [value]).rows.map((item) => [item.identity, item.alternate])
    expect(keys(file)).toEqual([[undefined, 'm365:file-1']])
    expect(keys(table)).toEqual([[null, 'm365:file-1']])
    expect(keys({ ...file, Id: null })).toEqual([[undefined, undefined]])
  })
})

describe('CSV of the unified audit log', () => {
  const portal = ['RecordId', 'CreationDate', 'RecordType', 'Operation', 'UserId', 'AuditData', 'AssociatedAdminUnits']
  const row = ['file-1', '2026-03-04T05:06:07.0000000Z', '6', 'FileDownloaded', 'alice@example.com', text, '']

  it.each([
    ['the portal', portal, row],
    ['older downloads', ['CreationDate', 'UserIds', 'Operations', 'AuditData'], [row[1] ?? '', 'a', 'b', text]],
    ['searches', Object.keys(search), Object.values(search).map(String)],
    ['tables', Object.keys(table), Object.values(table).map(String)],
    [
      'tables with a zone mark',
      Object.keys(table).map((name) => (name === 'TimeGenerated' ? 'TimeGenerated [UTC]' : name)),
      Object.values(table).map(String),
    ],
  ])('is read as %s gives it', (_, header, values) => {
    expect(m365Audit.csv?.match(header, values).score).toBeGreaterThan(0.9)
    const driven = driveCsv(m365Audit, header, [values])
    expect(driven.events[0]).toMatchObject({
      source_event_id: 'file-1',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7)) * 1000n,
      action: 'FileDownloaded',
      src_ip: '203.0.113.7',
    })
    expect(driven.rows[0]).toMatchObject({ identity: null, alternate: 'm365:file-1' })
  })

  it('keeps what other columns say where the record is cut, and says that it is', () => {
    const cut = row.map((value) => (value === text ? text.slice(0, 100) : value))
    expect(driveCsv(m365Audit, portal, [cut]).events[0]).toMatchObject({
      source_event_id: 'file-1',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7)) * 1000n,
      ts_kind: 'logged',
      action: 'FileDownloaded',
      actor_key: 'mail:alice@example.com',
      flags: ['truncated'],
    })
    const none = driveCsv(m365Audit, ['AuditData', 'CreationDate'], [['{broken', '2026-03-04T05:06:07Z'], []])
    expect(none.rejects).toHaveLength(2)
  })

  it('is read below a line that names a type', () => {
    const typed = ['#TYPE Selected.System.Management.Automation.PSCustomObject']
    expect(m365Audit.csv?.match(typed, portal)).toEqual({ score: 0.97, header: true })
    expect(m365Audit.csv?.match(typed, ['a', 'b']).score).toBe(0)
    const driven = driveCsv(m365Audit, typed, [portal, row])
    expect(driven.skips.map(({ recordNo }) => recordNo)).toEqual([0])
    expect(driven.events.map((event) => event.source_event_id)).toEqual(['file-1'])
  })

  it('knows no time that two locales read otherwise', () => {
    const values = row.map((value, index) => (index === 1 ? '5/01/2026 1:10:40 AM' : index === 5 ? '' : value))
    expect(driveCsv(m365Audit, portal, [values]).events[0]?.flags).toEqual(['clock_suspect'])
  })

  it('leaves other CSV alone', () => {
    expect(m365Audit.csv?.match(['a', 'b'], ['1', '2']).score).toBe(0)
    expect(m365Audit.csv?.match(['Operation', 'UserId', 'CreationDate'], ['x', 'y', 'z']).score).toBe(0)
    expect(m365Audit.csv?.match([], undefined).score).toBe(0)
  })
})

describe('hostile records of the unified audit log', () => {
  const nasty = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }).map((value): JsonValue => JSON.parse(JSON.stringify(value))),
    fc.constantFrom<JsonValue>('', '{', '[{"Name":', '\u0000', '__proto__', 'a'.repeat(5_000), [[]], { a: { b: [] } }),
  )

  it('are accounted once each and never throw, whatever stands in their fields', () => {
    const broken = fc
      .tuple(
        fc.constantFrom(login, file, cmdlet, mailItem, rule, search, table),
        fc.array(fc.tuple(fc.nat(), nasty), { maxLength: 6 }),
      )
      .map(([sample, changes]) => {
        const keys = Object.keys(sample)
        return {
          ...sample,
          ...Object.fromEntries(changes.map(([at, value]) => [keys[at % keys.length] ?? 'x', value])),
        }
      })
    fc.assert(
      fc.property(fc.oneof(broken, nasty), (value) => {
        const score = m365Audit.json?.match(value, undefined) ?? 0
        expect(score >= 0 && score <= 1).toBe(true)
        const driven = driveJson(m365Audit, [value])
        expect([...driven.accounted.values()]).toEqual(Array.from({ length: driven.read }, () => 1))
      }),
      { numRuns: 400 },
    )
  })

  it('may be CSV with any cells', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 8 }), { maxLength: 5 }), (records) => {
        for (const header of [['CreationDate', 'UserIds', 'Operations', 'AuditData'], Object.keys(table)])
          expect(driveCsv(m365Audit, header, records).accounted.size).toBe(records.length)
      }),
    )
  })

  it('pollute nothing by the names of their keys', () => {
    const value: JsonObject = JSON.parse(
      '{"__proto__":{"Operation":"evil"},"RecordType":1,"CreationTime":"2026-03-04T05:06:07","Id":"a","Parameters":{"__proto__":"x","AccessRights":"y"}}',
    )
    const row = driveJson(m365Audit, [value]).events[0]
    expect([row?.action, row?.permission]).toEqual([undefined, 'y'])
    expect(['Operation', 'AccessRights'].filter((name) => name in {})).toEqual([])
  })
})
