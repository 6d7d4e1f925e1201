import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { jaeger } from '../../../../../src/engine/formats/jaeger'
import { driveOne, driveSpans, driveValues } from '../spans/drive'

const base = {
  traceID: '13c3518297c3b59f',
  spanID: 'c698c56b63c5f5cb',
  operationName: 'GET /orders',
  references: [],
  startTime: 1485467191639875,
  duration: 5,
  tags: [],
  logs: [],
  processID: 'p1',
  warnings: null,
}
const processes = {
  p1: { serviceName: 'orders', tags: [{ key: 'hostname', type: 'string', value: 'node-7' }] },
}
const span = (more: { readonly [key: string]: JsonValue } = {}) => driveOne(jaeger, { ...base, ...more }, { processes })
const tags = (...list: readonly (readonly [string, string, JsonValue])[]) =>
  span({ tags: list.map(([key, type, value]) => ({ key, type, value })) }).row
const reason = (more: { readonly [key: string]: JsonValue }) =>
  driveValues(jaeger, [{ ...base, ...more }]).rejects.map((reject) => reject.reason)
const reference = (refType: string, spanID: string, traceID = base.traceID) => ({ refType, traceID, spanID })

describe('a Jaeger span', () => {
  it('fills up ids, turns microseconds into nanoseconds and takes the resource from its process', () => {
    expect(span({ flags: 1 }).row).toMatchObject({
      trace_id: '000000000000000013c3518297c3b59f',
      span_id: 'c698c56b63c5f5cb',
      name: 'GET /orders',
      kind: 'unspecified',
      service: 'orders',
      start_ns: 1485467191639875000n,
      duration_ns: 5_000n,
      status: 'unset',
      flags: 1,
      attributes: '{}',
      resource: '{"service.name":"orders","hostname":"node-7"}',
    })
  })

  it('reads tags by their types, also where storage wrote all values as text', () => {
    expect(
      tags(
        ['n', 'int64', 23456],
        ['big', 'int64', '9223372036854775222'],
        ['stored', 'int64', '200'],
        ['flag', 'bool', 'false'],
        ['ratio', 'float64', '72.5'],
        ['blob', 'binary', 'AAAwOQ=='],
        ['digits', 'string', '007'],
      ).attributes,
    ).toBe(
      '{"n":23456,"big":"9223372036854775222","stored":200,"flag":false,"ratio":72.5,"blob":"AAAwOQ==","digits":"007"}',
    )
  })

  it('takes kind, status, scope and trace state from the tags that carry them', () => {
    expect(
      tags(
        ['span.kind', 'string', 'client'],
        ['otel.status_code', 'string', 'ERROR'],
        ['otel.status_description', 'string', 'boom'],
        ['otel.scope.name', 'string', 'lib'],
        ['otel.library.version', 'string', '2'],
        ['w3c.tracestate', 'string', 'a=1'],
      ),
    ).toMatchObject({
      kind: 'client',
      status: 'error',
      status_message: 'boom',
      scope_name: 'lib',
      scope_version: '2',
      trace_state: 'a=1',
    })
    expect(tags(['error', 'bool', true]).status).toBe('error')
    expect(tags(['error', 'string', 'true']).status).toBe('error')
    expect(tags(['error', 'bool', false]).status).toBe('unset')
    expect(tags(['otel.status_code', 'string', 'OK']).status).toBe('ok')
  })

  it('has the first CHILD_OF of its own trace as parent and keeps all else as links', () => {
    const { row, links } = span({
      references: [
        reference('CHILD_OF', 'ff', 'ff'),
        reference('FOLLOWS_FROM', '3'),
        reference('CHILD_OF', '2'),
        reference('CHILD_OF', '4'),
      ],
    })
    expect(row.parent_span_id).toBe('0000000000000002')
    expect(links).toEqual([
      {
        linked_trace_id: '000000000000000000000000000000ff',
        linked_span_id: '00000000000000ff',
        attributes: '{"opentracing.ref_type":"child_of"}',
      },
      {
        linked_trace_id: '000000000000000013c3518297c3b59f',
        linked_span_id: '0000000000000003',
        attributes: '{"opentracing.ref_type":"follows_from"}',
      },
      {
        linked_trace_id: '000000000000000013c3518297c3b59f',
        linked_span_id: '0000000000000004',
        attributes: '{"opentracing.ref_type":"child_of"}',
      },
    ])
    const follows = span({ references: [reference('FOLLOWS_FROM', '3')] })
    expect([follows.row.parent_span_id, follows.links?.length]).toEqual(['0000000000000003', 1])
  })

  it('turns logs into span events, named by their event field', () => {
    const field = (key: string, value: JsonValue) => ({ key, type: 'string', value })
    const { events } = span({
      logs: [
        { timestamp: 1485467191639876, fields: [field('level', 'error'), field('event', 'retry')] },
        { timestamp: 1485467191639877, fields: [field('x', 'y')] },
      ],
    })
    expect(events).toEqual([
      { name: 'retry', time_ns: 1485467191639876000n, attributes: '{"level":"error"}' },
      { name: '', time_ns: 1485467191639877000n, attributes: '{"x":"y"}' },
    ])
  })

  it('keeps warnings of the collector beside the tags', () => {
    expect(span({ warnings: ['clock skew'] }).row.attributes).toBe('{"jaeger.warnings":["clock skew"]}')
  })

  it('keeps a start of 0, which traces of simulators have, and needs some time', () => {
    expect(span({ startTime: 0 }).row.start_ns).toBe(0n)
    expect(reason({ startTime: null, duration: null })).toEqual(['The span states no time.'])
    expect(reason({ startTime: 'x' })).toEqual(['The start time is not a number of microseconds.'])
    expect(reason({ startTime: -1 })).toEqual(['The start time is not within 1970 to 2262.'])
  })

  it('rejects ids that cannot be used', () => {
    expect(reason({ spanID: 'G' })).toEqual(['The span id is not 16 hex digits.'])
    expect(reason({ traceID: '0' })).toEqual(['The trace id is all zeros.'])
    expect(reason({ traceID: `1${'0'.repeat(32)}` })).toEqual(['The trace id is not 32 hex digits.'])
    expect(reason({ tags: [1] })).toEqual(['A tag is no object.'])
  })

  it('never reads a process through the prototype', () => {
    const driven = driveOne(jaeger, { ...base, processID: 'constructor' }, { processes })
    expect(driven.row.service).toBeUndefined()
  })
})

describe('documents of Jaeger', () => {
  const trace = { traceID: base.traceID, spans: [base, { ...base, spanID: '2' }], processes }

  it.each<[string, JsonValue]>([
    ['an answer of the query API', { data: [trace], total: 0 }],
    ['one trace under data', { data: trace }],
    ['one trace', trace],
    ['an array of traces', [trace]],
    [
      'a search answer of the storage',
      {
        hits: {
          hits: trace.spans.map((one) => ({ _index: 'jaeger-span', _source: { ...one, process: processes.p1 } })),
        },
      },
    ],
    ['documents of the storage', trace.spans.map((one) => ({ _source: { ...one, process: processes.p1 } }))],
    ['bare spans', trace.spans.map((one) => ({ ...one, process: processes.p1 }))],
  ])('reads %s', (_, document) => {
    const driven = driveSpans(jaeger, JSON.stringify(document))
    expect(driven.read).toBe(2)
    expect(driven.spans.map((one) => one.row.service)).toEqual(['orders', 'orders'])
  })

  it('reads tags that storage keeps as fields, with @ for dots', () => {
    const stored = { ...base, tag: { 'http@method': 'GET' }, process: { serviceName: 'orders', tag: { ip: '::1' } } }
    expect(driveOne(jaeger, stored).row).toMatchObject({
      http_method: 'GET',
      resource: '{"service.name":"orders","ip":"::1"}',
    })
  })

  it('claims its own spans only', () => {
    const match = (value: JsonValue) => jaeger.json?.match(value, undefined)
    expect(match(base)).toBeGreaterThan(0.5)
    expect(match({ _source: base })).toBeGreaterThan(0.5)
    expect(match(trace)).toBeGreaterThan(0.5)
    expect(match({ ...base, spanID: null })).toBeGreaterThan(0.5)
    for (const value of [
      { traceId: 'a', spanId: 'b', startTimeUnixNano: '1' },
      { traceId: 'a', id: 'b', timestamp: 1 },
      { spans: [{ a: 1 }] },
      { _source: { spanID: 1 } },
      { traceID: 'a', spans: [] },
      'spanID',
      null,
    ]) {
      expect(match(value)).toBe(0)
    }
  })

  it('accounts for any JSON value exactly once and never throws', () => {
    const keys = fc.constantFrom(
      ...['spans', 'tags', 'key', 'type', 'value', 'logs', 'fields', 'references', 'refType', 'process', '_source'],
      ...['traceID', 'spanID', 'startTime', 'duration', 'processID', 'operationName', '__proto__', 'tag', 'warnings'],
    )
    const json = fc.letrec<{ node: JsonValue }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom('int64', '1', 'a')),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 6 }),
      ),
    })).node
    fc.assert(
      fc.property(json, json, (value, other) => {
        driveValues(jaeger, [value, { ...base, tags: value, logs: value, references: other, process: other }], {
          processes: other,
        })
        jaeger.json?.match(value, undefined)
      }),
      { numRuns: 500 },
    )
  })
})
