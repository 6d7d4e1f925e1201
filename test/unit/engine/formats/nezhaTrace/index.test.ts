import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nezhaTrace } from '../../../../../src/engine/formats/nezhaTrace'
import { otlpTraces } from '../../../../../src/engine/formats/otlp'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const header = 'TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration'
const traceId = '898fbabdd1894463575af052c4cd7982'
const drive = (...lines: readonly string[]) => driveMember([nezhaTrace], [header, ...lines].join('\n'))

describe('a span of a Nezha trace', () => {
  it('gives the row of its line', async () => {
    const { spans, formats } = await drive(
      `${traceId},233d5101e107e112,root,shop-web-6f6cfc45b-h5m2n,/*,1674982159219000000,1674982159247160439,28160`,
      `${traceId},f613c6a34f920926,233d5101e107e112,db-0,"GET ""a"", b",1674982159219813595,1674982159246951110,27137`,
    )
    expect(formats).toEqual(['nezha-trace'])
    expect(spans).toMatchObject([
      {
        trace_id: traceId,
        span_id: '233d5101e107e112',
        parent_span_id: undefined,
        name: '/*',
        kind: 'unspecified',
        status: 'unset',
        service: 'shop-web',
        start_ns: 1_674_982_159_219_000_000n,
        duration_ns: 28_160_439n,
        resource: '{"service.name":"shop-web","k8s.pod.name":"shop-web-6f6cfc45b-h5m2n"}',
      },
      { parent_span_id: '233d5101e107e112', name: 'GET "a", b', service: 'db-0' },
    ])
  })

  it('rejects lines that are none', async () => {
    const { rejects, kept } = await drive(
      `${traceId},233d5101e107e112,root,pod,op,1674982159219000000,1674982159247160439,1`,
      `${traceId},233d5101e107e112`,
      `,233d5101e107e112,root,pod,op,1,2,1`,
      `${traceId},233d5101e107e112,root,pod,op,soon,2,1`,
      `${traceId},233d5101e107e112,root,pod,op,,,1`,
    )
    expect(kept).toBe(1)
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [3, 'The line has 2 columns where the header names 8.'],
      [4, 'The trace id is all zeros.'],
      [5, 'The start time is not a whole number of nanoseconds.'],
      [6, 'The span states no time.'],
    ])
  })

  it('is known by its header alone', () => {
    expect(nezhaTrace.csv?.match(header.split(','), undefined)).toEqual({ score: 0.95, header: true })
    expect(nezhaTrace.csv?.match(['TraceID', 'SpanID', 'ParentID'], undefined).score).toBe(0)
  })

  it.skipIf(!hasSharedData)(`agrees with the same spans as OTLP${sharedDataNotice}`, async () => {
    const csv = await driveMember([nezhaTrace], readFileSync(sharedData('traces', 'nezha', '08_50_trace.csv')))
    const otlp = await driveMember([otlpTraces], readFileSync(sharedData('traces', 'nezha', '08_50_trace.otlp.json')))
    expect([csv.spans.length, csv.rejects]).toEqual([4890, []])
    const facts = (spans: typeof csv.spans) =>
      spans
        .map((span) =>
          [
            span.trace_id,
            span.span_id,
            span.parent_span_id,
            span.name,
            span.service,
            span.start_ns,
            span.duration_ns,
          ].join(),
        )
        .sort()
    expect(facts(csv.spans)).toEqual(facts(otlp.spans))
  })
})
