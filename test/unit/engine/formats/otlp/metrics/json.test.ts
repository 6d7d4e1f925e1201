import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../../src/common/json'
import { otlpMetrics } from '../../../../../../src/engine/formats/otlp'
import { drive, exemplar, point, request, resource, spanId, startNs, timeNs, traceId } from './support'

const one = async (metric: JsonValue) => {
  const { metrics, rejects } = await drive(request(metric))
  if (metrics[0] === undefined) throw new Error(rejects.map(({ reason }) => reason).join())
  return metrics[0]
}

describe('a metric of OTLP/JSON', () => {
  it('gives a point and the series that it belongs to', async () => {
    const metric = {
      name: 'queue',
      unit: '{job}',
      description: 'waiting',
      gauge: { dataPoints: [{ ...point, asInt: '7' }] },
    }
    expect(await one(metric)).toEqual({
      table: 'metric_point',
      row: { ts: 1_767_323_045_123_456n, time_ns: BigInt(timeNs), start_ns: BigInt(startNs), value: 7 },
      series: {
        name: 'queue',
        unit: '{job}',
        kind: 'gauge',
        description: 'waiting',
        service: 'shop',
        scope_name: 'lib',
        scope_version: '1.0',
        attributes: '{"route":"/pay"}',
        resource: '{"service.name":"shop"}',
      },
    })
  })

  it('keeps temporality and monotony of a sum', async () => {
    const sum = (more: Readonly<Record<string, JsonValue>>) =>
      one({ name: 'c', sum: { dataPoints: [{ ...point, asDouble: 1.5 }], ...more } })
    expect((await sum({ aggregationTemporality: 2, isMonotonic: true })).series).toMatchObject({
      kind: 'sum',
      temporality: 'cumulative',
      monotonic: true,
    })
    expect((await sum({ aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA' })).series).toMatchObject({
      temporality: 'delta',
      monotonic: false,
    })
    expect((await sum({ aggregationTemporality: 0 })).series.temporality).toBeUndefined()
  })

  it('keeps what is no finite number, and all digits of long integers', async () => {
    const values = ['NaN', 'Infinity', '-Infinity', 1e300].map((asDouble) => ({ ...point, asDouble }))
    const { metrics } = await drive(request({ name: 'g', gauge: { dataPoints: values } }))
    expect(metrics.map(({ row }) => row.value)).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e300,
    ])
    const long = await one({ name: 'g', gauge: { dataPoints: [{ ...point, asInt: '-9007199254740993' }] } })
    expect(long.row).toMatchObject({ value: -9_007_199_254_740_992, details: '{"value":"-9007199254740993"}' })
    const bare = await drive(
      `{"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"g","gauge":{"dataPoints":[{"timeUnixNano":${timeNs},"asInt":9007199254740993}]}}]}]}]}`,
    )
    expect(bare.metrics[0]?.row).toMatchObject({ time_ns: BigInt(timeNs), details: '{"value":"9007199254740993"}' })
  })

  it('keeps buckets, bounds and exemplars of a histogram', async () => {
    const { row, series } = await one({
      name: 'h',
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [
          {
            ...point,
            count: '3',
            sum: 4.5,
            min: 0.5,
            max: 3,
            bucketCounts: ['1', '2'],
            explicitBounds: [1],
            exemplars: [exemplar],
          },
        ],
      },
    })
    expect(series).toMatchObject({ kind: 'histogram', temporality: 'delta', monotonic: undefined })
    expect(row).toMatchObject({ value: undefined, count: 3n, sum: 4.5, exemplar_trace_ids: [traceId] })
    expect(JSON.parse(row.details ?? '')).toEqual({
      bounds: [1],
      counts: [1, 2],
      min: 0.5,
      max: 3,
      exemplars: [
        {
          value: 0.25,
          time_unix_nano: '1767323045000000001',
          trace_id: traceId,
          span_id: spanId,
          attributes: { 'user.id': 'u-7' },
        },
      ],
    })
  })

  it('keeps scale and both sides of an exponential histogram', async () => {
    const { row, series } = await one({
      name: 'e',
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            ...point,
            ...{ count: '18446744073709551615', sum: 10, scale: -1, zeroCount: '1', zeroThreshold: 0.001 },
            positive: { offset: 1, bucketCounts: ['0', '2'] },
            negative: { offset: -3, bucketCounts: ['9007199254740993'] },
          },
        ],
      },
    })
    expect(series).toMatchObject({ kind: 'exponential_histogram', temporality: 'cumulative' })
    expect(row.count).toBe(18_446_744_073_709_551_615n)
    expect(JSON.parse(row.details ?? '')).toEqual({
      scale: -1,
      zero_count: 1,
      zero_threshold: 0.001,
      positive: { offset: 1, counts: [0, 2] },
      negative: { offset: -3, counts: ['9007199254740993'] },
    })
  })

  it('keeps quantiles of a summary, and flags of a point without a value', async () => {
    const { row } = await one({
      name: 's',
      summary: {
        dataPoints: [
          {
            ...point,
            count: '2',
            sum: 3,
            quantileValues: [
              { quantile: 0.5, value: 1 },
              { quantile: 1, value: 'NaN' },
            ],
          },
        ],
      },
    })
    expect(row).toMatchObject({ count: 2n, sum: 3 })
    expect(row.details).toBe('{"quantiles":[{"quantile":0.5,"value":1},{"quantile":1,"value":"NaN"}]}')
    const gone = await one({ name: 'g', gauge: { dataPoints: [{ timeUnixNano: timeNs, flags: 1 }] } })
    expect(gone.row).toMatchObject({ value: undefined, details: '{"flags":1}' })
  })

  it.each([
    [
      'snake_case',
      {
        resource_metrics: [
          {
            resource,
            scope_metrics: [
              {
                metrics: [
                  { name: 'm', sum: { is_monotonic: true, data_points: [{ as_int: 1, time_unix_nano: timeNs }] } },
                ],
              },
            ],
          },
        ],
      },
    ],
    [
      'before 0.15',
      {
        resourceMetrics: [
          {
            resource,
            instrumentationLibraryMetrics: [
              {
                metrics: [{ name: 'm', sum: { isMonotonic: true, dataPoints: [{ asInt: 1, timeUnixNano: timeNs }] } }],
              },
            ],
          },
        ],
      },
    ],
    [
      'before 0.9',
      {
        resourceMetrics: [
          {
            resource,
            instrumentationLibraryMetrics: [
              {
                metrics: [
                  {
                    name: 'm',
                    intSum: { isMonotonic: true, dataPoints: [{ value: 1, labels: [], timeUnixNano: timeNs }] },
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
    [
      'mixed case',
      {
        resourceMetrics: [
          {
            resource,
            scope_metrics: [
              {
                metrics: [{ name: 'm', sum: { isMonotonic: true, dataPoints: [{ asInt: 1, timeUnixNano: timeNs }] } }],
              },
            ],
          },
        ],
      },
    ],
    [
      'one resource',
      {
        resource,
        scopeMetrics: [
          { metrics: [{ name: 'm', sum: { isMonotonic: true, dataPoints: [{ asInt: 1, timeUnixNano: timeNs }] } }] },
        ],
      },
    ],
  ])('is found in %s', async (_, document) => {
    const { metrics, rejects } = await drive(JSON.stringify(document))
    expect(rejects).toEqual([])
    expect(metrics).toMatchObject([
      { row: { value: 1, time_ns: BigInt(timeNs) }, series: { name: 'm', monotonic: true, service: 'shop' } },
    ])
  })

  it('has no time where none is stated, and is skipped where it holds no point', async () => {
    const { metrics, skips } = await drive(
      request({ name: 'a', gauge: { dataPoints: [{ asInt: 1 }] } }, { name: 'b', gauge: {} }, { name: 'c' }),
    )
    expect(metrics).toMatchObject([{ row: { ts: undefined, time_ns: undefined } }])
    expect(skips).toEqual(['The metric holds no points.', 'The metric holds no points.'])
  })

  it.each<[string, JsonValue]>([
    ['The metric is no object.', 'text'],
    ['The metric has no name.', { gauge: { dataPoints: [{ ...point, asInt: 1 }] } }],
    ['A point of the metric is no object.', { name: 'm', gauge: { dataPoints: [1] } }],
    ['The value of a point is no whole number.', { name: 'm', gauge: { dataPoints: [{ ...point, asInt: 'x' }] } }],
    ['A value of a point is no number.', { name: 'm', gauge: { dataPoints: [{ ...point, asDouble: 'x' }] } }],
    ['A count of a point is no whole number.', { name: 'm', histogram: { dataPoints: [{ ...point, count: -1 }] } }],
    [
      'The count of a point is no unsigned 64-bit number.',
      { name: 'm', histogram: { dataPoints: [{ count: '18446744073709551616' }] } },
    ],
    [
      'The time of a point is not within 1677 to 2262.',
      { name: 'm', gauge: { dataPoints: [{ timeUnixNano: '99999999999999999999' }] } },
    ],
    ['An exemplar is no object.', { name: 'm', gauge: { dataPoints: [{ ...point, exemplars: [1] }] } }],
  ])('is rejected with “%s”', async (reason, metric) => {
    const { rejects, metrics } = await drive(
      request(metric, { name: 'good', gauge: { dataPoints: [{ ...point, asInt: 1 }] } }),
    )
    expect(rejects.map((reject) => reject.reason)).toEqual([reason])
    expect(metrics).toHaveLength(1)
  })

  it('accounts for values of any type in every field and never throws', async () => {
    const kinds = ['gauge', 'sum', 'histogram', 'exponentialHistogram', 'summary']
    const fields = [
      ...[
        'attributes',
        'timeUnixNano',
        'startTimeUnixNano',
        'asInt',
        'asDouble',
        'count',
        'sum',
        'min',
        'bucketCounts',
      ],
      ...['explicitBounds', 'scale', 'positive', 'quantileValues', 'exemplars', 'flags', '__proto__', 'constructor'],
    ]
    const points = fc
      .array(fc.tuple(fc.constantFrom(...fields), fc.jsonValue()), { maxLength: 6 })
      .map(Object.fromEntries)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...kinds), fc.array(points, { maxLength: 3 }), async (kind, dataPoints) => {
        const { read, kept, rejects, skips } = await drive(request({ name: 'm', [kind]: { dataPoints } }))
        expect(kept + rejects.length + skips.length).toBe(read)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    ['a name and a list', { name: 'm', metrics: [] }],
    ['a gauge without points', { name: 'm', gauge: 7 }],
    ['logs', { resourceLogs: [{ scopeLogs: [{ logRecords: [] }] }] }],
  ])('is not seen in %s', (_, value) => {
    expect(otlpMetrics.json?.match(value, undefined)).toBe(0)
  })
})
