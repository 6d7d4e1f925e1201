import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { jaeger } from '../../../../../src/engine/formats/jaeger'
import { otlpLogs, otlpTraces } from '../../../../../src/engine/formats/otlp'
import { xray } from '../../../../../src/engine/formats/xray'
import { zipkin } from '../../../../../src/engine/formats/zipkin'
import { driveMember } from '../../../../support/memberDriver'

const others = [otlpTraces, otlpLogs, jaeger, zipkin]
const drive = (content: string) => driveMember([...others, xray], content)
const one = (segment: JsonValue) => drive(JSON.stringify(segment))

const traceId = '1-67891233-ABCDEF012345678912345678'
const segment = {
  trace_id: traceId,
  id: '6B55DCC497934F1A',
  parent_id: '6b55dcc497934f10',
  name: 'shop',
  start_time: 1_484_789_387.126,
  end_time: 1_484_789_387.535_5,
}

describe('a segment', () => {
  it('is a span of its service, under the names of the conventions', async () => {
    const { spans, formats } = await one({
      ...segment,
      user: 'alice@example.com',
      origin: 'AWS::EC2::Instance',
      service: { version: '2.1' },
      http: {
        request: {
          method: 'POST',
          url: 'https://shop.example.com/pay?x=1',
          user_agent: 'curl/8',
          client_ip: '198.51.100.7',
          x_forwarded_for: true,
        },
        response: { status: 403, content_length: 60 },
      },
      aws: {
        account_id: '111122223333',
        region: 'eu-central-1',
        ec2: { instance_id: 'i-1', availability_zone: 'eu-central-1a' },
        xray: { sdk: 'X-Ray for Go' },
      },
      annotations: { 'order.id': 7, 'user.id': 'from the application', request_id: 'r-1' },
      metadata: { default: { cart: { items: 2 } } },
      error: true,
      Dummy: false,
    })
    expect(formats).toEqual(['xray'])
    expect(spans).toHaveLength(1)
    const [span] = spans
    expect(span).toMatchObject({
      trace_id: '67891233abcdef012345678912345678',
      span_id: '6b55dcc497934f1a',
      parent_span_id: '6b55dcc497934f10',
      name: 'shop',
      kind: 'server',
      service: 'shop',
      start_ns: 1_484_789_387_126_000_000n,
      duration_ns: 409_500_000n,
      status: 'error',
      http_method: 'POST',
      http_status: 403,
      user_id: 'alice@example.com',
      client_address: '198.51.100.7',
      x_request_id: 'r-1',
    })
    expect(JSON.parse(span?.attributes ?? '')).toMatchObject({
      'url.full': 'https://shop.example.com/pay?x=1',
      'user_agent.original': 'curl/8',
      'aws.xray.x_forwarded_for': true,
      'http.response.body.size': 60,
      'aws.xray.error': true,
      'order.id': 7,
      'aws.xray.annotation.user.id': 'from the application',
      'aws.xray.metadata': { default: { cart: { items: 2 } } },
      'aws.account_id': '111122223333',
    })
    expect(JSON.parse(span?.resource ?? '')).toEqual({
      'service.name': 'shop',
      'aws.xray.origin': 'AWS::EC2::Instance',
      'service.version': '2.1',
      'cloud.account.id': '111122223333',
      'cloud.region': 'eu-central-1',
      'host.id': 'i-1',
      'cloud.availability_zone': 'eu-central-1a',
      'telemetry.sdk.name': 'X-Ray for Go',
    })
  })

  it('holds subsegments, which are spans below it with the request ids of AWS', async () => {
    const inner = { id: '0000000000000003', name: 'marshal', start_time: 1_484_789_387.2, end_time: 1_484_789_387.21 }
    const { spans, read } = await one({
      ...segment,
      subsegments: [
        {
          ...inner,
          id: '0000000000000001',
          name: 'S3',
          namespace: 'aws',
          aws: { operation: 'GetObject', request_id: 'R1', id_2: 'X2', bucket_name: 'b', retries: 0 },
          subsegments: [inner],
        },
        {
          ...inner,
          id: '0000000000000002',
          name: 'orders@db.example.com',
          namespace: 'remote',
          throttle: true,
          sql: {
            url: 'jdbc:postgresql://db.example.com:5432/orders?ssl=1',
            sanitized_query: 'SELECT ?',
            database_type: 'PostgreSQL',
            user: 'app',
          },
        },
      ],
    })
    expect(read).toBe(1)
    expect(spans.map((span) => [span.name, span.kind, span.parent_span_id, span.service, span.status])).toEqual([
      ['shop', 'server', '6b55dcc497934f10', 'shop', 'unset'],
      ['S3', 'client', '6b55dcc497934f1a', 'shop', 'unset'],
      ['marshal', 'internal', '0000000000000001', 'shop', 'unset'],
      ['orders@db.example.com', 'client', '6b55dcc497934f1a', 'shop', 'error'],
    ])
    expect(spans[1]).toMatchObject({ aws_request_id: 'R1' })
    expect(JSON.parse(spans[1]?.attributes ?? '')).toMatchObject({
      'aws.operation': 'GetObject',
      'aws.extended_request_id': 'X2',
      'aws.bucket_name': 'b',
      'aws.retries': 0,
    })
    expect(spans[3]).toMatchObject({ db_name: 'orders', db_statement: 'SELECT ?' })
  })

  it('keeps exceptions as events and the first message as that of the status', async () => {
    const { rows, spans } = await one({
      ...segment,
      fault: true,
      cause: {
        exceptions: [
          {
            id: 'e1',
            type: 'NotFound',
            message: 'no such table',
            remote: true,
            stack: [{ path: 'a.go', line: 7, label: 'main' }],
          },
        ],
      },
      links: [{ trace_id: traceId, id: 'ABCDEF0123456789', attributes: { a: 1 } }],
    })
    expect(spans[0]).toMatchObject({ status: 'error', status_message: 'no such table' })
    expect(rows[0]).toMatchObject({
      events: [{ name: 'exception', time_ns: 1_484_789_387_126_000_000n }],
      links: [
        {
          linked_trace_id: '67891233abcdef012345678912345678',
          linked_span_id: 'abcdef0123456789',
          attributes: '{"a":1}',
        },
      ],
    })
    const [row] = rows
    expect(JSON.parse((row?.table === 'span' && row.events?.[0]?.attributes) || '')).toEqual({
      'exception.type': 'NotFound',
      'exception.message': 'no such table',
      'exception.stacktrace': 'at main (a.go:7)',
      'aws.xray.exception.id': 'e1',
      'aws.xray.exception.remote': true,
    })
  })

  it('has no end while it goes on, and no service where it is a subsegment sent apart', async () => {
    const { end_time: _, ...open } = segment
    expect((await one({ ...open, in_progress: true })).spans).toMatchObject([{ duration_ns: 0n, status: 'unset' }])
    const { spans } = await one({ ...segment, type: 'subsegment', namespace: 'aws', name: 'DynamoDB' })
    expect(spans).toMatchObject([{ kind: 'client', service: undefined, name: 'DynamoDB' }])
  })

  it('may carry a W3C trace id', async () => {
    const { spans } = await one({ ...segment, trace_id: '67891233abcdef012345678912345678' })
    expect(spans).toMatchObject([{ trace_id: '67891233abcdef012345678912345678' }])
  })
})

describe('containers of segments', () => {
  const text = JSON.stringify(segment)
  it.each([
    ['a document', text, 1],
    ['a list', `[${text},${text}]`, 2],
    ['lines', `${text}\n${text}\n`, 2],
    [
      'an answer of BatchGetTraces',
      JSON.stringify({
        Traces: [
          {
            Id: traceId,
            Duration: 1,
            Segments: [
              { Id: 'a', Document: text },
              { Id: 'b', Document: text },
            ],
          },
          { Id: traceId, Segments: [{ Id: 'c', Document: text }] },
        ],
        UnprocessedTraceIds: [],
      }),
      3,
    ],
    ['what PutTraceSegments sends', JSON.stringify({ TraceSegmentDocuments: [text, text] }), 2],
  ])('are read: %s', async (_, content, count) => {
    const { spans, read, formats, rejects } = await drive(content)
    expect([spans.length, read, formats, rejects]).toEqual([count, count, ['xray'], []])
  })

  it('skips the header that the daemon reads', async () => {
    const { spans, skips, rejects } = await drive(
      `{"format":"json","version":1}\n${text}\n{"format":"json","version":1}\n${text}\n`,
    )
    expect([spans.length, skips.length, rejects]).toEqual([2, 2, []])
  })

  it('rejects a document that cannot be read and keeps the others', async () => {
    const { spans, rejects } = await drive(
      JSON.stringify({ Traces: [{ Segments: [{ Document: 'not json' }, { Document: '7' }, { Document: text }] }] }),
    )
    expect(spans).toHaveLength(1)
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'the text inside the envelope is no valid JSON',
      'The segment is no object.',
    ])
  })
})

describe('what is rejected and what is not claimed', () => {
  it.each<[string, Readonly<Record<string, JsonValue>>]>([
    ['The start time is no number of seconds.', { start_time: true }],
    ['The end time is no number of seconds.', { end_time: 'soon' }],
    ['The span id is not 16 hex digits.', { id: 'x' }],
    ['The trace id is missing.', { trace_id: null }],
    ['A subsegment is no object.', { subsegments: [7] }],
    ['The end time is not within 1970 to 2262.', { end_time: 1e20 }],
  ])('rejects with “%s”', async (reason, change) => {
    const document = JSON.stringify({ ...segment, ...change })
    const { rejects } = await drive(JSON.stringify({ TraceSegmentDocuments: [document] }))
    expect(rejects.map((reject) => reject.reason)).toEqual([reason])
  })

  it.each<[string, JsonValue]>([
    ['a CloudTrail record', { eventVersion: '1.08', eventSource: 'xray.amazonaws.com', eventName: 'PutTraceSegments' }],
    [
      'a flat span',
      {
        trace_id: '67891233abcdef012345678912345678',
        span_id: '6b55dcc497934f1a',
        name: 'x',
        start_time: 1,
        end_time: 2,
      },
    ],
    [
      'a span in microseconds',
      { ...segment, trace_id: '67891233abcdef012345678912345678', start_time: 1_484_789_387_126_000, end_time: 1 },
    ],
    ['a Zipkin span', { traceId: '67891233abcdef01', id: '6b55dcc497934f1a', name: 'x', timestamp: 1 }],
    ['a header of another kind', { format: 'json', version: 1, records: [] }],
    ['a trace without documents', { Traces: [{ Segments: [{ Id: 'a' }] }] }],
  ])('does not claim %s', (_, value) => {
    expect(xray.json?.match(value, undefined)).toBe(0)
  })

  it('accounts for values of any type in every field and never throws', async () => {
    const names = [
      ...[
        'subsegments',
        'cause',
        'http',
        'aws',
        'sql',
        'annotations',
        'metadata',
        'links',
        'user',
        'name',
        'namespace',
        'type',
      ],
      ...['start_time', 'end_time', 'id', 'parent_id', '__proto__', 'constructor', 'toString'],
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...names), fc.jsonValue()), { maxLength: 6 }),
        async (fields) => {
          const document = JSON.stringify({ ...segment, ...Object.fromEntries(fields) })
          const { read, kept, rejects } = await drive(JSON.stringify({ TraceSegmentDocuments: [document] }))
          expect(kept + rejects.length).toBe(read)
        },
      ),
      { numRuns: 300 },
    )
  })
})
