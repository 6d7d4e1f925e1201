import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { zipkin } from '../../../../../src/engine/formats/zipkin'
import { driveOne, driveSpans, driveValues } from '../spans/drive'

const base = {
  traceId: '13c3518297c3b59f',
  id: 'c698c56b63c5f5cb',
  parentId: '62a165c66951ced3',
  kind: 'SERVER',
  name: 'get /orders',
  timestamp: 1472470996199000,
  duration: 207000,
  localEndpoint: { serviceName: 'orders', ipv4: '10.0.0.7', port: 8080 },
}
type Fields = { readonly [key: string]: JsonValue }
const span = (more: Fields = {}) => driveOne(zipkin, { ...base, ...more })
const reason = (more: Fields) => driveValues(zipkin, [{ ...base, ...more }]).rejects.map((reject) => reject.reason)
const endpoint = (serviceName: string) => ({ serviceName, ipv4: '10.254.85.134', port: 8080 })
const annotation = (timestamp: number, value: string, service = 'baz') => ({
  timestamp,
  value,
  endpoint: endpoint(service),
})

describe('a Zipkin v2 span', () => {
  it('fills up ids and names both ends of the call', () => {
    const row = span({ remoteEndpoint: { serviceName: 'web', ipv6: '2001:db8::1', port: 3400 }, debug: true }).row
    expect(row).toMatchObject({
      trace_id: '000000000000000013c3518297c3b59f',
      span_id: 'c698c56b63c5f5cb',
      parent_span_id: '62a165c66951ced3',
      kind: 'server',
      name: 'get /orders',
      service: 'orders',
      start_ns: 1472470996199000000n,
      duration_ns: 207_000_000n,
      status: 'unset',
      client_address: '2001:db8::1',
      attributes:
        '{"peer.service":"web","network.peer.address":"2001:db8::1","network.peer.port":3400,"zipkin.debug":true}',
      resource: '{"service.name":"orders","network.local.address":"10.0.0.7","network.local.port":8080}',
    })
  })

  it('takes any error tag for an error and its text for the message', () => {
    expect(span({ tags: { error: 'refused' } }).row).toMatchObject({ status: 'error', status_message: 'refused' })
    expect(span({ tags: { error: '' } }).row.status).toBe('error')
    expect(span({ tags: { error: 'true' } }).row).toMatchObject({ status: 'error', status_message: undefined })
    expect(span({ tags: { error: 'false' } }).row.status).toBe('unset')
    expect(span({ tags: { 'otel.status_code': 'OK' } }).row.status).toBe('ok')
  })

  it('turns annotations into span events', () => {
    expect(span({ annotations: [{ timestamp: 1472470996238000, value: 'ws' }] }).events).toEqual([
      { name: 'ws', time_ns: 1472470996238000000n, attributes: '{}' },
    ])
  })

  it('keeps client and server of one call as two rows with two identities', () => {
    const { spans } = driveValues(zipkin, [
      { ...base, kind: 'CLIENT', localEndpoint: { serviceName: 'web' } },
      { ...base, shared: true },
    ])
    expect(spans.map(({ row }) => [row.span_id, row.kind, row.service])).toEqual([
      ['c698c56b63c5f5cb', 'client', 'web'],
      ['c698c56b63c5f5cb', 'server', 'orders'],
    ])
    expect(new Set(spans.map((one) => one.identity)).size).toBe(2)
  })

  it('tells a later report of the same span from a repetition', () => {
    const { spans } = driveValues(zipkin, [base, base, { ...base, tags: { late: 'yes' } }])
    expect(new Set(spans.map((one) => one.identity)).size).toBe(2)
  })

  it('starts at its earliest annotation where the timestamp is missing', () => {
    const { timestamp: _, ...timeless } = base
    const annotations = [
      { timestamp: 1472470996240000, value: 'b' },
      { timestamp: 1472470996238000, value: 'a' },
    ]
    expect(driveOne(zipkin, { ...timeless, annotations }).row.start_ns).toBe(1472470996238000000n)
    expect(driveValues(zipkin, [timeless]).rejects.map((reject) => reject.reason)).toEqual(['The span states no time.'])
  })

  it('rejects what cannot be used, with the reason', () => {
    expect(reason({ traceId: '' })).toEqual(['The trace id is missing.'])
    expect(reason({ id: '0000000000000000' })).toEqual(['The span id is all zeros.'])
    expect(reason({ id: 'not-hex' })).toEqual(['The span id is not 16 hex digits.'])
    expect(reason({ tags: [] })).toEqual(['The tags are no object.'])
    expect(reason({ timestamp: 'x' })).toEqual(['The timestamp is not a number of microseconds.'])
  })
})

describe('a Zipkin v1 span', () => {
  const { kind: _, localEndpoint: __, timestamp: ___, duration: ____, ...bare } = base

  it('takes kind, times, service and tags from its annotations', () => {
    const v1 = {
      ...bare,
      annotations: [annotation(1_000_000, 'sr'), annotation(1_000_400, 'work'), annotation(1_001_000, 'ss')],
      binaryAnnotations: [
        { key: 'http.method', value: 'GET', endpoint: endpoint('baz') },
        { key: 'ca', value: true, endpoint: { serviceName: 'caller', ipv4: '192.0.2.9' } },
      ],
    }
    const { row, events } = driveOne(zipkin, v1)
    expect(row).toMatchObject({
      kind: 'server',
      service: 'baz',
      start_ns: 1_000_000_000n,
      duration_ns: 1_000_000n,
      http_method: 'GET',
      client_address: '192.0.2.9',
    })
    expect(events?.map((event) => event.name)).toEqual(['work'])
  })

  it('gives both sides of a call that one record states', () => {
    const v1 = {
      ...bare,
      timestamp: 1_000_000,
      duration: 5_000,
      annotations: [
        annotation(1_000_000, 'cs', 'web'),
        annotation(1_001_000, 'sr', 'orders'),
        annotation(1_003_000, 'ss', 'orders'),
        annotation(1_005_000, 'cr', 'web'),
      ],
      binaryAnnotations: [{ key: 'db.name', value: 'shop', endpoint: endpoint('orders') }],
    }
    const { spans } = driveValues(zipkin, [v1])
    expect(spans.map(({ row }) => [row.kind, row.service, row.start_ns, row.duration_ns, row.db_name])).toEqual([
      ['client', 'web', 1_000_000_000n, 5_000_000n, undefined],
      ['server', 'orders', 1_001_000_000n, 2_000_000n, 'shop'],
    ])
  })

  it('keeps a local span, and rejects one without any time', () => {
    const local = {
      ...bare,
      timestamp: 7,
      duration: 1,
      binaryAnnotations: [{ key: 'lc', value: 'x', endpoint: endpoint('baz') }],
    }
    expect(driveOne(zipkin, local).row).toMatchObject({ kind: 'unspecified', service: 'baz', start_ns: 7_000n })
    expect(driveValues(zipkin, [{ ...bare, binaryAnnotations: [] }]).rejects.length).toBe(1)
  })
})

describe('documents of Zipkin', () => {
  const other = { ...base, id: '2' }

  it.each<[string, string]>([
    ['a list', JSON.stringify([base, other])],
    ['a list of traces', JSON.stringify([[base], [other]])],
    ['JSON lines', `${JSON.stringify(base)}\n${JSON.stringify(other)}\n`],
    ['lists a line', `${JSON.stringify([base])}\n${JSON.stringify([other])}\n`],
  ])('reads %s', (_, text) => {
    expect(driveSpans(zipkin, text).spans.map(({ row }) => row.span_id)).toEqual([base.id, '0000000000000002'])
  })

  it('reads a trace that comes as one record, and rejects it where a span of it is bad', () => {
    expect(driveValues(zipkin, [[base, other]]).spans.length).toBe(2)
    expect(driveValues(zipkin, [[base, 1]]).rejects.map((reject) => reject.reason)).toEqual(['The span is no object.'])
  })

  it('claims its own spans only', () => {
    const match = (value: JsonValue) => zipkin.json?.match(value, undefined)
    expect(match(base)).toBeGreaterThan(0.5)
    expect(match([base])).toBeGreaterThan(0.5)
    expect(match({ traceId: 'a1', id: 'b2', name: 'x', timestamp: 5 })).toBeGreaterThan(0.5)
    expect(match({ traceId: 'bad id', id: 'b', localEndpoint: {} })).toBeGreaterThan(0.5)
    for (const value of [
      { traceId: 'a', spanId: 'b', id: 'c', kind: 2, timestamp: 1 },
      { traceID: 'a', spanID: 'b' },
      { traceId: 'a', id: 'b' },
      { traceId: 'a1', id: 'b2', timestamp: '2026-01-01T00:00:00Z', kind: 'audit' },
      { traceId: 'projects/p/traces/1', id: 'b2', name: 'x', timestamp: 5 },
      { id: 'b', timestamp: 1, tags: {} },
      [],
      null,
    ]) {
      expect(match(value)).toBe(0)
    }
  })

  it('accounts for any JSON value exactly once and never throws', () => {
    const keys = fc.constantFrom(
      ...['traceId', 'id', 'parentId', 'kind', 'timestamp', 'duration', 'localEndpoint', 'remoteEndpoint', 'tags'],
      ...[
        'annotations',
        'binaryAnnotations',
        'endpoint',
        'serviceName',
        'value',
        'key',
        '__proto__',
        'shared',
        'error',
      ],
    )
    const json = fc.letrec<{ node: JsonValue }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom('cs', 'sr', 'sa', '1')),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 6 }),
      ),
    })).node
    fc.assert(
      fc.property(json, json, (value, other) => {
        driveValues(zipkin, [value, { ...base, tags: value, annotations: other, binaryAnnotations: value }])
        zipkin.json?.match(value, undefined)
      }),
      { numRuns: 500 },
    )
  })
})
