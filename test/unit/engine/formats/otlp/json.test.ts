import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import { otlpTraces } from '../../../../../src/engine/formats/otlp'
import { driveOne, driveSpans, driveValues } from '../spans/drive'

const traceId = '5B8EFFF798038103D269B633813FC60C'
const base = {
  traceId,
  spanId: 'EEE19B7EC3C1B174',
  parentSpanId: 'EEE19B7EC3C1B173',
  name: 'GET /orders',
  kind: 2,
  startTimeUnixNano: '1544712660000000123',
  endTimeUnixNano: '1544712661000000123',
}
const row = (more: { readonly [key: string]: JsonValue } = {}, context: { readonly [key: string]: JsonValue } = {}) =>
  driveOne(otlpTraces, { ...base, ...more }, context).row
const reason = (more: { readonly [key: string]: JsonValue }) =>
  driveValues(otlpTraces, [{ ...base, ...more }]).rejects.map((reject) => reject.reason)
const attributes = (value: JsonValue) => row({ attributes: [{ key: 'k', value }] }).attributes

describe('a span of OTLP/JSON', () => {
  it('gives ids in lower case, times in nanoseconds, and the context of its resource and scope', () => {
    const context = {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] },
      scope: { name: 'lib', version: '1.2' },
    }
    expect(row({ traceState: 'a=1', flags: 257, status: { code: 2, message: 'boom' } }, context)).toMatchObject({
      trace_id: '5b8efff798038103d269b633813fc60c',
      span_id: 'eee19b7ec3c1b174',
      parent_span_id: 'eee19b7ec3c1b173',
      name: 'GET /orders',
      kind: 'server',
      service: 'orders',
      start_ns: 1544712660000000123n,
      duration_ns: 1_000_000_000n,
      status: 'error',
      status_message: 'boom',
      trace_state: 'a=1',
      flags: 257,
      scope_name: 'lib',
      scope_version: '1.2',
      attributes: '{}',
      resource: '{"service.name":"orders"}',
    })
  })

  it('reads base64 ids, names of enums and snake_case keys to the same row', () => {
    const base64 = (hex: string) => Buffer.from(hex, 'hex').toString('base64')
    const other = {
      trace_id: base64(traceId),
      span_id: base64(base.spanId),
      parent_span_id: base64(base.parentSpanId),
      name: base.name,
      kind: 'SPAN_KIND_SERVER',
      start_time_unix_nano: base.startTimeUnixNano,
      end_time_unix_nano: base.endTimeUnixNano,
      status: { code: 'STATUS_CODE_UNSET' },
    }
    expect(driveOne(otlpTraces, other)).toEqual(driveOne(otlpTraces, base))
  })

  it('keeps the digits of times that are written as bare numbers', () => {
    // The value reaches the session as a double; its own text still has the digits.
    const text = JSON.stringify(base).replaceAll(/"(\d{19})"/g, '$1')
    const session = otlpTraces.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: {
        emit: (_, [first]) => expect(first?.table === 'span' && first.row.start_ns).toBe(1544712660000000123n),
        skip: () => expect.unreachable(),
        reject: () => expect.unreachable(),
      },
    })
    expect.assertions(1)
    session?.record(JSON.parse(text), {}, { recordNo: 0, line: 1, offset: 0, length: 1, raw: () => text })
  })

  it('keeps each kind of attribute value', () => {
    expect(attributes({ stringValue: '' })).toBe('{"k":""}')
    expect(attributes({ boolValue: false })).toBe('{"k":false}')
    expect(attributes({ intValue: '42' })).toBe('{"k":42}')
    expect(attributes({ intValue: '9007199254740993' })).toBe('{"k":"9007199254740993"}')
    expect(attributes({ doubleValue: 72.5 })).toBe('{"k":72.5}')
    expect(attributes({ doubleValue: 'NaN' })).toBe('{"k":"NaN"}')
    expect(attributes({ bytesValue: 'AAAwOQ==' })).toBe('{"k":"AAAwOQ=="}')
    expect(attributes({ arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }] } })).toBe('{"k":[1,"a"]}')
    expect(attributes({ kvlistValue: { values: [{ key: 'x', value: { intValue: 1 } }] } })).toBe('{"k":{"x":1}}')
    expect(attributes({})).toBe('{"k":null}')
  })

  it('reads attributes that an exporter flattened to an object', () => {
    expect(row({ attributes: { 'http.method': 'GET' } })).toMatchObject({
      http_method: 'GET',
      attributes: '{"http.method":"GET"}',
    })
  })

  it('takes the status of OTLP before 1.0', () => {
    expect(row({ status: { deprecatedCode: 'DEPRECATED_STATUS_CODE_UNKNOWN_ERROR' } }).status).toBe('error')
    expect(row({ status: { deprecatedCode: 0 } }).status).toBe('unset')
    expect(row({ status: { code: 1, deprecatedCode: 2 } }).status).toBe('ok')
  })

  it('keeps span events and links in their order', () => {
    const span = driveOne(otlpTraces, {
      ...base,
      events: [
        { timeUnixNano: '1544712660500000000', name: 'exception', attributes: [{ key: 'a', value: { intValue: 1 } }] },
        { name: 'no time' },
      ],
      links: [
        { traceId, spanId: 'EEE19B7EC3C1B170', attributes: [] },
        { traceId: 'odd', spanId: '' },
      ],
    })
    expect(span.events).toEqual([
      { name: 'exception', time_ns: 1544712660500000000n, attributes: '{"a":1}' },
      { name: 'no time', time_ns: 1544712660000000123n, attributes: '{}' },
    ])
    expect(span.links).toEqual([
      { linked_trace_id: traceId.toLowerCase(), linked_span_id: 'eee19b7ec3c1b170', attributes: '{}' },
      { linked_trace_id: 'odd', linked_span_id: '', attributes: '{}' },
    ])
  })

  it('gives a span that ends before it starts no duration', () => {
    const span = row({ endTimeUnixNano: '1544712659000000000' })
    expect(span).toMatchObject({ start_ns: 1544712660000000123n, duration_ns: 0n })
  })

  it('starts at the earliest time that is stated where the start is missing', () => {
    const events = [{ name: 'e', timeUnixNano: '1544712660900000000' }]
    expect(row({ startTimeUnixNano: '0', events }).start_ns).toBe(1544712660900000000n)
    expect(reason({ startTimeUnixNano: '0', endTimeUnixNano: 0 })).toEqual(['The span states no time.'])
  })

  it('rejects spans whose ids or times cannot be used, with the reason', () => {
    expect(reason({ traceId: '' })).toEqual(['The trace id is missing.'])
    expect(reason({ traceId: '0'.repeat(32) })).toEqual(['The trace id is all zeros.'])
    expect(reason({ traceId: 'AAAAAAAAAAAAAAAAAAAAAA==' })).toEqual(['The trace id is all zeros.'])
    expect(reason({ spanId: 'xyz' })).toEqual(['The span id is not 16 hex digits.'])
    expect(reason({ spanId: 12 })).toEqual(['The span id is missing.'])
    expect(reason({ startTimeUnixNano: 'soon' })).toEqual(['The start time is not a whole number of nanoseconds.'])
    expect(reason({ startTimeUnixNano: '18446744073709551615' })).toEqual([
      'The start time is not within 1970 to 2262.',
    ])
    expect(reason({ attributes: 'x' })).toEqual(['The attributes are no list.'])
  })

  it('keeps a parent id that is no id as a link', () => {
    const span = driveOne(otlpTraces, { ...base, parentSpanId: 'parent' })
    expect(span.row.parent_span_id).toBeUndefined()
    expect(span.links).toMatchObject([{ linked_span_id: 'parent' }])
    expect(driveOne(otlpTraces, { ...base, parentSpanId: '0000000000000000' }).links).toEqual([])
  })
})

describe('documents of OTLP/JSON', () => {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'orders' } }] }
  const spans = [base, { ...base, spanId: 'EEE19B7EC3C1B175' }]

  it.each<[string, JsonValue]>([
    ['resourceSpans', { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans }] }] }],
    ['snake_case', { resource_spans: [{ resource, scope_spans: [{ scope: { name: 'lib' }, spans }] }] }],
    [
      'OTLP before 0.15',
      {
        resourceSpans: [
          { resource, instrumentationLibrarySpans: [{ instrumentationLibrary: { name: 'lib' }, spans }] },
        ],
      },
    ],
    ['batches', { batches: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans }] }] }],
    ['trace', { trace: { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans }] }] } }],
    ['an array', [{ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans }] }] }]],
  ])('finds the spans under %s with their resource and scope', (_, document) => {
    const driven = driveSpans(otlpTraces, JSON.stringify(document))
    expect(driven.read).toBe(2)
    expect(driven.spans.map((span) => [span.row.service, span.row.scope_name])).toEqual([
      ['orders', 'lib'],
      ['orders', 'lib'],
    ])
  })

  it('reads a request that was not taken apart as one record', () => {
    const whole = { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'lib' }, spans }] }] }
    expect(otlpTraces.json?.match(whole, undefined)).toBeGreaterThan(0.5)
    const driven = driveValues(otlpTraces, [whole, { resourceSpans: [{ resource, scopeSpans: [{ spans: [] }] }] }])
    expect(driven.spans.map((span) => span.row.service)).toEqual(['orders', 'orders'])
    expect(driven.skips).toEqual(['The record holds no spans.'])
  })

  it('does not claim logs, metrics or spans of other formats', () => {
    for (const value of [
      { resourceLogs: [{ scopeLogs: [{ logRecords: [{ traceId, spanId: 'EEE19B7EC3C1B174', body: {} }] }] }] },
      { resourceMetrics: [{ scopeMetrics: [{ metrics: [] }] }] },
      { traceId, spanId: 'EEE19B7EC3C1B174', timeUnixNano: '1', body: { stringValue: 'x' } },
      { traceId: 'a', id: 'b', kind: 'CLIENT', timestamp: 1 },
      { traceID: 'a', spanID: 'b', startTime: 1 },
      { batches: [{ id: 1 }] },
      null,
      [],
    ]) {
      expect(otlpTraces.json?.match(value, undefined)).toBe(0)
    }
  })

  it('accounts for any JSON value exactly once and never throws', () => {
    const keys = fc.constantFrom(
      ...[
        'resourceSpans',
        'scopeSpans',
        'spans',
        'attributes',
        'key',
        'value',
        'arrayValue',
        'values',
        'events',
        'links',
      ],
      ...[
        'traceId',
        'spanId',
        'startTimeUnixNano',
        'status',
        'kind',
        '__proto__',
        'constructor',
        'intValue',
        'resource',
      ],
    )
    const json = fc.letrec<{ node: JsonValue }>((tie) => ({
      node: fc.oneof(
        { maxDepth: 6 },
        fc.oneof(fc.string(), fc.double(), fc.boolean(), fc.constant(null), fc.constantFrom(traceId, base.spanId, '1')),
        fc.array(tie('node'), { maxLength: 4 }),
        fc.dictionary(keys, tie('node'), { maxKeys: 5 }),
      ),
    })).node
    fc.assert(
      fc.property(json, json, (value, resource) => {
        driveValues(otlpTraces, [value, { ...base, attributes: value, events: value, status: value }], { resource })
        otlpTraces.json?.match(value, undefined)
      }),
      { numRuns: 500 },
    )
  })
})
