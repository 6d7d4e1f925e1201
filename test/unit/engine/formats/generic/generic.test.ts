import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import { columnKinds, type MappingFile, mappedColumns } from '../../../../../src/contract/mappingFile'
import { generic, mappingFormats } from '../../../../../src/engine/formats/generic'
import { tryCompile } from '../../../../../src/engine/formats/generic/compile'
import { type Driven, driveCsv, driveJson } from '../../../../support/formatDriver'

const base: MappingFile = {
  version: 1,
  name: 'Badges',
  time: { path: 'at', format: 'auto', zone: 'UTC' },
  columns: { actor_name: { path: 'who' }, action: { path: 'what' } },
}

function drive(mapping: Partial<MappingFile>, records: readonly JsonValue[]): Driven {
  const [format] = mappingFormats({ ...base, ...mapping })
  if (format === undefined) throw new Error('no format')
  return driveJson(format, records)
}

function withColumns(columns: MappingFile['columns'], record: Record<string, JsonValue>) {
  const driven = drive({ columns: { ...base.columns, ...columns } }, [
    { at: '2026-01-02T03:04:05Z', who: 'alice', what: 'GetDoor', ...record },
  ])
  const [row] = driven.events
  if (row === undefined) throw new Error(driven.rejects[0]?.reason)
  return row
}

describe('the generic format', () => {
  it('has no reader of its own', () => {
    expect(generic).toMatchObject({ id: 'generic', source: 'generic' })
    expect(generic.json ?? generic.csv ?? generic.text ?? generic.binary).toBeUndefined()
  })

  it('makes one row of a record', () => {
    const { events } = drive({ id: { path: 'id' } }, [{ at: 1767323045123, who: 'alice', what: 'GetDoor', id: 7 }])
    expect(events).toEqual([
      expect.objectContaining({
        source: 'generic',
        source_event_id: '7',
        ts: 1767323045123000n,
        ts_precision: 'ms',
        ts_kind: 'logged',
        action: 'GetDoor',
        activity: 'read',
        read_only: true,
        outcome: 'unknown',
        actor_name: 'alice',
        actor_id: 'alice',
        actor_key: 'generic:Badges/alice',
      }),
    ])
  })

  it('rejects a record without a time or an action, and keeps one without an actor as unknown', () => {
    const driven = drive({}, [
      { who: 'alice', what: 'open' },
      { at: 'yesterday', who: 'alice', what: 'open' },
      { at: '2026-01-02T03:04:05Z', who: 'alice' },
      { at: '2026-01-02T03:04:05Z', what: 'open' },
    ])
    expect(driven.rejects.map(({ reason }) => reason)).toEqual([
      'there is no time at “at”',
      '“yesterday” is no time in the format auto',
      'there is no action at “what”',
    ])
    expect(driven.events).toEqual([expect.objectContaining({ actor_key: 'unknown:generic', actor_type: 'unknown' })])
  })

  it('keeps the digits of large numbers', () => {
    const [format] = mappingFormats({
      ...base,
      time: { path: 'at', format: 'epoch_ns' },
      columns: { ...base.columns, request_id: { path: 'r' } },
    })
    const raw = '{"at":1767323045123456789,"who":"alice","what":"open","r":12345678901234567890}'
    const rows: unknown[] = []
    const session = format?.json?.open({
      wallClock: utcClock,
      memberName: '',
      sink: {
        emit: (_at, emitted) => rows.push(...emitted.map(({ row }) => row)),
        skip() {},
        reject: (_at, reason) => rows.push(reason),
      },
    })
    session?.record(JSON.parse(raw), {}, { recordNo: 0, line: 1, offset: 0, length: raw.length, raw: () => raw })
    expect(rows).toEqual([
      expect.objectContaining({ ts: 1767323045123456n, ts_precision: 'us', request_id: '12345678901234567890' }),
    ])
  })

  it('flags a time whose zone nobody named', () => {
    const time = { path: 'at', format: 'rfc3339' }
    const [row] = drive({ time }, [{ at: '2026-01-02 03:04:05', who: 'alice', what: 'open' }]).events
    expect(row?.flags).toEqual(['clock_suspect', 'zone_assumed'])
    expect(withColumns({}, {}).flags).toBeUndefined()
  })

  it('joins a date and a time of day', () => {
    const time = { parts: [{ path: 'day' }, { path: 'hour' }], format: '%d.%m.%Y %H:%M', zone: '+01:00' }
    const driven = drive({ time }, [
      { day: '02.01.2026', hour: '04:04', who: 'alice', what: 'open' },
      { day: '02.01.2026', who: 'alice', what: 'open' },
    ])
    expect(driven.events[0]?.ts).toBe(BigInt(Date.parse('2026-01-02T03:04:00Z')) * 1000n)
    expect(driven.rejects[0]?.reason).toBe('there is no time at “day + hour”')
  })

  it('keys an actor by the mail address where there is one', () => {
    expect(withColumns({ actor_name: { path: 'who' } }, { who: 'Alice@Example.com' })).toMatchObject({
      actor_key: 'mail:alice@example.com',
      actor_email: 'alice@example.com',
      actor_name: 'Alice@Example.com',
    })
    const shared = drive({ system: 'doors' }, [{ at: '2026-01-02T03:04:05Z', who: 'bob', what: 'open' }])
    expect(shared.events[0]?.actor_key).toBe('generic:doors/bob')
  })

  describe('outcome', () => {
    const values = { granted: 'success', refused: 'denied', broken: 'failed' }

    it.each([
      ['granted', 'success'],
      ['Refused', 'denied'],
      ['broken', 'failed'],
      ['success', 'success'],
      ['THROTTLED', 'throttled'],
      ['maybe', 'unknown'],
      ['toString', 'unknown'],
    ])('“%s” is %s, and the word stays in the code', (word, outcome) => {
      expect(withColumns({ outcome: { path: 'r', values } }, { r: word })).toMatchObject({
        outcome,
        outcome_code: word,
      })
    })

    it('uses the default where the record says nothing, or nothing known', () => {
      const outcome = { path: 'r', values, default: 'interrupted' }
      expect(withColumns({ outcome }, {}).outcome).toBe('interrupted')
      expect(withColumns({ outcome }, { r: 'maybe' }).outcome).toBe('interrupted')
    })

    it('comes from the HTTP status where nothing else is mapped', () => {
      expect(withColumns({ http_status: { path: 's' } }, { s: 403 }).outcome).toBe('denied')
      expect(withColumns({ http_status: { path: 's' } }, { s: '429' }).outcome).toBe('throttled')
      expect(withColumns({ http_status: { path: 's' }, outcome: { path: 'r' } }, { s: 403 }).outcome).toBe('unknown')
    })
  })

  it.each<[string, JsonValue, Record<string, unknown>]>([
    ['src_ip', '192.0.2.1', { src_ip: '192.0.2.1' }],
    ['src_ip', '[2001:DB8::1]:443', { src_ip: '2001:db8::1', src_port: 443 }],
    ['src_ip', 'gateway.example.com', { src_ip: undefined, src_host: 'gateway.example.com' }],
    ['src_port', '70000', { src_port: undefined }],
    ['src_port', 443, { src_port: 443 }],
    ['mfa', 'Yes', { mfa: true }],
    ['mfa', 0, { mfa: false }],
    ['mfa', 'perhaps', { mfa: undefined }],
    ['http_status', '999', { http_status: undefined }],
    ['bytes_in', '1234567890123', { bytes_in: 1234567890123n }],
    ['bytes_in', '-1', { bytes_in: undefined }],
    ['db_rows', '12.0', { db_rows: 12n }],
    [
      'trace_id',
      '4BF92F35-77B3-4DA6-A3CE-929D0E0E4736',
      { trace_id: '4bf92f3577b34da6a3ce929d0e0e4736', trace_source: 'v' },
    ],
    ['trace_id', '00000000000000000000000000000000', { trace_id: undefined }],
    ['span_id', '00f067aa0ba902b7', { span_id: undefined }],
    ['ip_chain', ['10.0.0.1', '192.0.2.1'], { ip_chain: ['10.0.0.1', '192.0.2.1'] }],
    ['ticket_ids', 'OPS-1, OPS-2,OPS-1', { ticket_ids: ['OPS-1', 'OPS-2'] }],
    ['reason', 'see OPS-77', { reason: 'see OPS-77', reason_field: 'v', ticket_ids: ['OPS-77'] }],
    ['user_agent', 'curl/8.1', { user_agent: 'curl/8.1', ua_family: 'curl' }],
    ['ts_end', '2026-01-02T03:04:06Z', { ts_end: 1767323046000000n }],
    ['ts_end', 'later', { ts_end: undefined }],
    ['class', 'IAM', { class: 'iam' }],
    ['class', 'door', { class: undefined }],
    ['activity', 'grant', { activity: 'grant', read_only: false }],
    ['actor_type', 'bot', { actor_type: 'bot' }],
    ['policy_effect', 'implicit_deny', { policy_effect: 'implicit_deny' }],
    [
      'resource_name',
      'Vault',
      { resource_key: 'generic:Badges/-/Vault', resources: [{ key: 'generic:Badges/-/Vault' }] },
    ],
    ['correlation_ids.order', 'o-1', { correlation_ids: [{ kind: 'order', value: 'o-1' }] }],
  ])('fills %s from %j', (column, value, expected) => {
    const row = withColumns({ [column]: { path: 'v' } }, { v: value })
    const cells = new Map<string, unknown>(Object.entries(row))
    for (const [name, cell] of Object.entries(expected)) expect([name, cells.get(name)]).toEqual([name, cell])
  })

  it.each([
    ['s', 1_500_000n],
    ['ms', 1_500n],
    ['us', 1n],
    ['ns', 0n],
  ] as const)('counts a duration in %s', (unit, us) => {
    expect(withColumns({ duration_us: { path: 'd', unit } }, { d: 1.5 }).duration_us).toBe(us)
  })

  it('survives any value in any column', () => {
    const columns = Object.fromEntries(mappedColumns.map((name) => [name, { path: `v.${name}` }]))
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...mappedColumns), fc.jsonValue({ maxDepth: 3 })), (v) => {
        const record: JsonValue = JSON.parse(JSON.stringify({ at: '2026-01-02T03:04:05Z', v }))
        const driven = drive({ columns }, [record])
        expect([...driven.accounted.values()]).toEqual([1])
      }),
      { numRuns: 300 },
    )
    expect(Object.keys(columnKinds)).toHaveLength(mappedColumns.length)
  })

  it('fits a record by its match, and otherwise by time and action', () => {
    const fits = (mapping: Partial<MappingFile>, value: JsonValue, layout?: string) =>
      mappingFormats({ ...base, ...mapping })[0]?.json?.match(value, layout) ?? 0
    const record = { at: '2026-01-02T03:04:05Z', who: 'alice', what: 'open', kind: 'door' }
    expect(fits({}, record)).toBeGreaterThanOrEqual(0.5)
    expect(fits({}, { at: 'x', who: 'alice' })).toBe(0)
    expect(fits({ match: { equals: { kind: 'door' } } }, record)).toBeGreaterThanOrEqual(0.5)
    expect(fits({ match: { equals: { kind: 'gate' } } }, record)).toBe(0)
    expect(fits({ match: { has: ['where'] } }, record)).toBe(0)
    expect(fits({ records: 'items' }, record)).toBe(0)
    expect(fits({ records: 'items' }, record, 'generic:Badges')).toBeGreaterThanOrEqual(0.5)
    for (const value of [null, 1, 'text', true, [], {}]) expect(fits({}, value)).toBe(0)
  })

  it('claims a member only where its records stand at the named place', () => {
    const [format] = mappingFormats({ ...base, records: 'data.items' })
    const claims = (text: string) => format?.claims?.(Buffer.from(text), false)
    const record = '{"at":"2026-01-02T03:04:05Z","who":"alice","what":"open"}'
    expect(claims(`{"data":{"items":[${record},{"cut":"of`)).toBe(true)
    expect(claims(`{"items":[${record}]}`)).toBe(false)
    expect(claims(`{"data":{"items":[{"at":1}]}}`)).toBe(false)
    expect(claims('no json')).toBe(false)
  })
})

describe('CSV by a mapping', () => {
  const mapping: MappingFile = {
    version: 1,
    name: 'Doors',
    time: { column: 'When', format: 'rfc3339', zone: 'UTC' },
    columns: {
      actor_name: { column: 'Who' },
      action: { column: 'What' },
      resource_name: { column: 'Detail', path: 'door.name' },
    },
  }
  const header = ['Who', ' When ', 'What', 'Detail']
  const format = (delimiter: string) => {
    const found = mappingFormats(mapping).find(({ csv }) => csv?.delimiter === delimiter)
    if (found?.csv === undefined) throw new Error('no reader')
    return found
  }

  it('reads cells by the names of the header, also JSON inside a cell', () => {
    const driven = driveCsv(format(','), header, [
      ['alice', '2026-01-02 03:04:05', 'open', '{"door":{"name":"Vault"}}'],
      ['bob', '2026-01-02 03:04:06', 'open'],
      ['carol', '2026-01-02 03:04:07', 'open', '', 'one too many'],
    ])
    expect(driven.events.map(({ actor_name, resource_name }) => [actor_name, resource_name])).toEqual([
      ['alice', 'Vault'],
      ['bob', undefined],
    ])
    expect(driven.rejects).toEqual([{ recordNo: 2, reason: 'the record has 5 fields, but the header names 4' }])
  })

  it.each([',', '\t', ';', '|'])('knows its header between “%s”', (delimiter) => {
    expect(format(delimiter).csv?.match(header, undefined).score).toBeGreaterThanOrEqual(0.5)
    expect(format(delimiter).csv?.match(['Who', 'When', 'What'], undefined).score).toBe(0)
    expect(format(delimiter).csv?.match([header.join(',')], undefined).score).toBe(0)
  })

  it('fits by the first record where match says so', () => {
    const [first] = mappingFormats({ ...mapping, match: { equals: { What: 'open' } } })
    expect(first?.csv?.match(header, ['alice', 't', 'open', '']).score).toBeGreaterThanOrEqual(0.5)
    expect(first?.csv?.match(header, ['alice', 't', 'close', '']).score).toBe(0)
  })

  it('takes the first of two columns of one name, and no property of an object for a column', () => {
    const driven = driveCsv(
      format(','),
      ['Who', 'When', 'What', 'Who', 'constructor'],
      [['alice', '2026-01-02 03:04:05', 'open', 'mallory', '']],
    )
    expect(driven.events[0]?.actor_name).toBe('alice')
    const [other] = mappingFormats({ ...mapping, columns: { ...mapping.columns, service: { column: 'constructor' } } })
    expect(other?.csv?.match(header, undefined).score).toBe(0)
  })
})

describe('compiling a mapping', () => {
  it('tells every fault with its place', () => {
    const compiled = tryCompile({
      version: 1,
      name: 'x',
      match: { has: ['a..b'], equals: { 'c[': '1' } },
      records: 'items[0]',
      time: { path: 'at', format: 'sometimes' },
      columns: { actor_id: { path: 'a[' }, action: { path: 'b', pattern: '(' }, service: { path: 'a[*].b' } },
      id: { path: '..' },
    })
    expect('problems' in compiled ? compiled.problems.map(({ path }) => path.join('/')) : []).toEqual([
      'time',
      'columns/actor_id',
      'columns/action',
      'columns/service',
      'id',
      'records',
      'match/has/0',
      'match/equals/c[',
    ])
  })
})
