import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { otlpLogs, otlpMetrics, otlpTraces } from '../../../../../../src/engine/formats/otlp'
import { driveMember } from '../../../../../support/memberDriver'
import { attributes, drive, request, resource, timeNs, timeUs } from './support'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'
const record = {
  timeUnixNano: timeNs,
  observedTimeUnixNano: '1767323046000000000',
  severityNumber: 10,
  severityText: 'Notice',
  eventName: 'cart.checked_out',
  body: { stringValue: 'cart 7 is paid' },
  attributes: attributes({ 'cart.id': 7, paid: true }),
  traceId: traceId.toUpperCase(),
  spanId,
}

describe('a log record of OTLP/JSON', () => {
  it('gives a row of its fields', async () => {
    const { logs, events } = await drive(request(record))
    expect(logs).toEqual([
      {
        source: 'otel_log',
        ts: timeUs,
        ts_precision: 'us',
        time_ns: BigInt(timeNs),
        service: 'shop',
        severity: 'Notice',
        event_name: 'cart.checked_out',
        body: 'cart 7 is paid',
        trace_id: traceId,
        span_id: spanId,
        attributes:
          '{"cart.id":7,"paid":true,"otel.scope.name":"lib","otel.scope.version":"1.0","otel.severity_number":10,"otel.observed_time_unix_nano":"1767323046000000000"}',
        resource: '{"service.name":"shop","service.version":"2.1"}',
      },
    ])
    expect(events).toEqual([])
  })

  it('keeps a body of any kind as JSON, and names a severity that has only a number', async () => {
    const body = { kvlistValue: { values: [{ key: 'a', value: { arrayValue: { values: [{ intValue: '1' }] } } }] } }
    const { logs } = await drive(
      request(
        { timeUnixNano: timeNs, severityNumber: 17, body },
        { timeUnixNano: timeNs, severityNumber: 'SEVERITY_NUMBER_WARN2', body: { doubleValue: 1.5 } },
        { timeUnixNano: timeNs, severityNumber: 99 },
      ),
    )
    expect(logs.map((row) => [row.severity, row.body])).toEqual([
      ['ERROR', '{"a":[1]}'],
      ['WARN2', '1.5'],
      [undefined, undefined],
    ])
  })

  it('takes the observed time where no other is stated, and none where none is', async () => {
    const { logs } = await drive(
      request(
        { observedTimeUnixNano: timeNs, body: { stringValue: 'a' } },
        { timeUnixNano: '0', body: { stringValue: 'b' } },
      ),
    )
    expect(logs.map((row) => [row.ts, row.ts_precision])).toEqual([
      [timeUs, 'us'],
      [undefined, undefined],
    ])
  })

  it('keeps an event name of older conventions, and ids that are no ids beside the row', async () => {
    const { logs } = await drive(
      request({
        timeUnixNano: timeNs,
        attributes: attributes({ 'event.name': 'old' }),
        traceId: 'abc',
        spanId: '0000000000000000',
      }),
    )
    expect(logs[0]).toMatchObject({ event_name: 'old', trace_id: undefined, span_id: undefined })
    expect(logs[0]?.attributes).toContain('"otel.malformed_trace_id":"abc"')
    expect(logs[0]?.attributes).not.toContain('otel.malformed_span_id')
  })

  it('reads ids in base64 and bare integers beyond 2^53 with their digits', async () => {
    const text = `{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"timeUnixNano":${timeNs},"traceId":"${Buffer.from(traceId, 'hex').toString('base64')}","spanId":"${Buffer.from(spanId, 'hex').toString('base64')}","attributes":[{"key":"big","value":{"intValue":9007199254740993}}]}]}]}]}`
    const { logs } = await drive(text)
    expect(logs[0]).toMatchObject({ time_ns: BigInt(timeNs), trace_id: traceId, span_id: spanId })
    expect(logs[0]?.attributes).toBe('{"big":"9007199254740993"}')
  })

  const bare = { timeUnixNano: timeNs, body: { stringValue: 'x' } }
  it.each([
    [
      'snake_case',
      {
        resource_logs: [
          { resource, scope_logs: [{ log_records: [{ time_unix_nano: timeNs, body: { string_value: 'x' } }] }] },
        ],
      },
    ],
    [
      'before 0.15',
      {
        resourceLogs: [
          { resource, instrumentationLibraryLogs: [{ instrumentationLibrary: { name: 'lib' }, logRecords: [bare] }] },
        ],
      },
    ],
    ['before 0.12', { resourceLogs: [{ resource, instrumentationLibraryLogs: [{ logs: [bare] }] }] }],
    ['mixed case', { resourceLogs: [{ resource, scope_logs: [{ logRecords: [bare] }] }] }],
    ['one resource', { resource, scopeLogs: [{ logRecords: [bare] }] }],
    ['a record alone', { ...bare, resource }],
  ])('is found in %s', async (_, document) => {
    const { logs, formats, rejects } = await drive(JSON.stringify(document))
    expect(rejects).toEqual([])
    expect(formats).toEqual(['otlp-logs'])
    expect(logs).toMatchObject([{ time_ns: BigInt(timeNs), service: 'shop', body: 'x' }])
  })

  it('is found in JSON lines beside the other signals, each with its own format', async () => {
    const span = { traceId, spanId, name: 's', startTimeUnixNano: timeNs }
    const metric = { name: 'm', gauge: { dataPoints: [{ asInt: '1', timeUnixNano: timeNs }] } }
    const lines = [
      request(bare),
      JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] }),
      JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }),
    ]
    const driven = await driveMember([otlpTraces, otlpLogs, otlpMetrics], lines.join('\n'))
    expect(driven.rows.map(({ table }) => table)).toEqual(['log_record', 'span', 'metric_point'])
    expect(driven.formats).toEqual(['otlp-logs', 'otlp-traces', 'otlp-metrics'])
  })

  it('tells repeated records apart from one record in two renderings by what it states', async () => {
    const compact = await drive(request(record))
    const reordered = await drive(
      request({ ...record, attributes: [...record.attributes].reverse(), traceId, severityNumber: '10' }),
    )
    const [one] = compact.rows
    const [other] = reordered.rows
    expect(one?.table === 'log_record' && one.content).toBe(other?.table === 'log_record' && other.content)
  })

  it('rejects a record whose time or attributes cannot be read, and keeps the others', async () => {
    const { rejects, logs } = await drive(
      request(
        'text',
        { timeUnixNano: 'soon' },
        { timeUnixNano: '99999999999999999999' },
        { timeUnixNano: timeNs, attributes: 'a=1' },
        bare,
      ),
    )
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'The log record is no object.',
      'The time is not a whole number of nanoseconds.',
      'The time is not within 1970 to 2262.',
      'The attributes are no list.',
    ])
    expect(logs).toHaveLength(1)
  })

  it('accounts for values of any type in every field and never throws', async () => {
    const names = [...Object.keys(record), '__proto__', 'constructor', 'resource', 'droppedAttributesCount']
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.jsonValue()), { maxLength: 8 }),
        async (fields) => {
          const object = Object.fromEntries([['timeUnixNano', timeNs], ...fields])
          const { read, kept, rejects } = await drive(
            `{"resourceLogs":[{"scopeLogs":[{"logRecords":[${JSON.stringify(object)}]}]}]}`,
          )
          expect(kept + rejects.length).toBe(read)
        },
      ),
      { numRuns: 300 },
    )
  })

  it.each([
    ['a span', { traceId, spanId, startTimeUnixNano: timeNs, timeUnixNano: timeNs, body: 'x' }],
    ['an event with a time of its own', { time: timeNs, body: 'x', severityText: 'INFO' }],
    ['resources without logs', { resourceLogs: [{ resource }] }],
    ['a list under the same key', { resourceLogs: [1, 'x', null] }],
    ['a metric', { resourceMetrics: [{ scopeMetrics: [{ metrics: [] }] }] }],
  ])('does not claim %s', (_, value) => {
    expect(otlpLogs.json?.match(value, undefined)).toBeLessThan(0.5)
  })
})
