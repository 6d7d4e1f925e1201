import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { otlpLogs, otlpMetrics, otlpTraces } from '../../../../../src/engine/formats/otlp'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const all = [otlpTraces, otlpLogs, otlpMetrics]
const drive = (...path: string[]) => driveMember(all, readFileSync(sharedData(...path)))

describe.skipIf(!hasSharedData)(`the examples of the specification${sharedDataNotice}`, () => {
  it('gives a log record and an event', async () => {
    const logs = await drive('otlp-logs', 'otlp-spec-examples', 'logs.json')
    expect([logs.read, logs.logs.length, logs.events.length]).toEqual([1, 1, 0])
    expect(logs.logs[0]).toMatchObject({
      service: 'my.service',
      severity: 'Information',
      body: 'Example log record',
      trace_id: '5b8efff798038103d269b633813fc60c',
      span_id: 'eee19b7ec3c1b174',
      time_ns: 1_544_712_660_300_000_000n,
    })
    const events = await drive('otlp-logs', 'otlp-spec-examples', 'events.json')
    expect(events.logs).toMatchObject([{ event_name: 'browser.page_view' }])
    expect(events.events).toEqual([])
  })

  it('gives the four kinds of metrics', async () => {
    const { read, metrics } = await drive('metrics', 'otlp-spec-examples', 'metrics.json')
    expect(read).toBe(4)
    expect(metrics.map(({ series }) => series.kind)).toEqual(['sum', 'gauge', 'histogram', 'exponential_histogram'])
    expect(metrics.map(({ row }) => [row.value, row.count, row.sum])).toEqual([
      [5, undefined, undefined],
      [10, undefined, undefined],
      [undefined, 2n, 2],
      [undefined, 3n, 10],
    ])
  })
})

describe.skipIf(!hasSharedData)(`spans of Tempo${sharedDataNotice}`, () => {
  it.each([
    ['trace-with-both-db-attributes.json', 19],
    ['trace-with-expired-edges.json', 5],
    ['vulture-trace.json', 6],
  ])('are all read from %s', async (name, count) => {
    const { spans, rejects } = await drive('traces', 'otlp', 'tempo', name)
    expect([spans.length, rejects]).toEqual([count, []])
  })
})
