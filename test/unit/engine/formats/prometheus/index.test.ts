import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prometheus } from '../../../../../src/engine/formats/prometheus'
import { driveMember } from '../../../../support/memberDriver'

const drive = (...lines: readonly string[]) => driveMember([prometheus], `${lines.join('\n')}\n`)

describe('a scrape in the Prometheus text format', () => {
  it('gives a point without a time for each sample, with what its family says', async () => {
    const { metrics, read, skips, rejects } = await drive(
      '# HELP http_requests_total Requests,\\nby code.',
      '# TYPE http_requests_total counter',
      'http_requests_total{code="200"} 1027',
      'http_requests_total{code="500"} 3',
      '',
      '# a remark',
      '# TYPE temperature gauge',
      'temperature NaN',
    )
    expect([read, skips, rejects]).toEqual([3, [], []])
    expect(metrics[0]).toEqual({
      table: 'metric_point',
      row: { value: 1027 },
      series: {
        name: 'http_requests_total',
        kind: 'counter',
        monotonic: true,
        description: 'Requests,\nby code.',
        attributes: '{"code":"200"}',
      },
    })
    expect(metrics[1]).toMatchObject({ series: { kind: 'counter', attributes: '{"code":"500"}' } })
    expect(metrics[2]).toMatchObject({
      row: { ts: undefined, value: Number.NaN },
      series: { kind: 'gauge', monotonic: undefined },
    })
  })

  it('knows the samples of histograms and summaries by their suffix, and no others', async () => {
    const { metrics } = await drive(
      '# TYPE h histogram',
      'h_bucket{le="0.1"} 1',
      'h_bucket{le="+Inf"} 2',
      'h_sum 0.3',
      'h_count 2',
      'h_other 1',
      '# TYPE s summary',
      's{quantile="0.5"} 1',
      's_sum 3',
      's_count 2',
      's_bucket 1',
    )
    expect(metrics.map(({ series }) => `${series.name} ${series.kind}`)).toEqual([
      ...['h_bucket histogram', 'h_bucket histogram', 'h_sum histogram', 'h_count histogram', 'h_other unknown'],
      ...['s summary', 's_sum summary', 's_count summary', 's_bucket unknown'],
    ])
  })

  it('takes milliseconds as the time, also before 1970', async () => {
    const { metrics } = await drive(
      '# TYPE m untyped',
      'm{n="1"} 1 1395066363123',
      'm{n="2"} 1 -3982045',
      'm{n="3"} 1 1395066363',
      'm{n="4"} 1 0',
    )
    expect(metrics.map(({ row }) => row.ts)).toEqual([
      1_395_066_363_123_000n,
      -3_982_045_000n,
      1_395_066_363_000_000n,
      0n,
    ])
    expect(metrics[0]?.series.kind).toBe('unknown')
  })

  it('keeps all digits of long counters', async () => {
    const { metrics } = await drive('# TYPE m counter', 'm 9007199254740993')
    expect(metrics[0]?.row).toMatchObject({ value: 9_007_199_254_740_992, details: '{"value":"9007199254740993"}' })
  })

  it('rejects lines that are no sample with their place, and goes on', async () => {
    const { metrics, rejects, read } = await drive(
      '# TYPE m gauge',
      ...Array.from({ length: 30 }, (_, index) => `m{n="${index}"} ${index}`),
      'm{n="x"} many',
      'Internal Server Error (500)',
      'm{n="y"} 1 later',
      'm 1 99999999999999999999',
      'm{n="z"} 1',
    )
    expect([metrics.length, read]).toEqual([31, 35])
    expect(rejects.map(({ line, reason }) => [line, reason])).toEqual([
      [32, 'The value of the sample is no number.'],
      [33, 'The line is no sample: a name, labels and a value.'],
      [34, 'The time of the sample is no number.'],
      [35, 'The time of a point is not within 1677 to 2262.'],
    ])
  })

  it('skips comments that no sample follows', async () => {
    const { kept, skips } = await drive('# TYPE a gauge', 'a 1', '# TYPE b gauge', '# HELP b nothing')
    expect([kept, skips]).toEqual([1, ['comments without a sample']])
  })
})

describe('OpenMetrics', () => {
  it('has times in seconds, units, more types, exemplars and an end', async () => {
    const { metrics, read, skips, rejects } = await drive(
      '# TYPE foo_seconds counter',
      '# UNIT foo_seconds seconds',
      'foo_seconds_total{a="b"} 17.0 1520879607.789 # {trace_id="5B8EFFF798038103D269B633813FC60C",span_id="eee19b7ec3c1b174"} 0.5 1520879607',
      'foo_seconds_created{a="b"} 1520430000.123',
      '# TYPE build info',
      'build_info{version="1"} 1 1520879607',
      '# TYPE state stateset',
      'state{state="on"} 1',
      '# TYPE gh gaugehistogram',
      'gh_bucket{le="+Inf"} 4',
      'gh_gsum 3',
      '# EOF',
    )
    expect([read, skips, rejects]).toEqual([6, [], []])
    expect(metrics.map(({ series, row }) => [series.name, series.kind, series.unit, row.ts])).toEqual([
      ['foo_seconds_total', 'counter', 'seconds', 1_520_879_607_789_000n],
      ['foo_seconds_created', 'unknown', undefined, undefined],
      ['build_info', 'info', undefined, 1_520_879_607_000_000n],
      ['state', 'state_set', undefined, undefined],
      ['gh_bucket', 'gauge_histogram', undefined, undefined],
      ['gh_gsum', 'gauge_histogram', undefined, undefined],
    ])
    expect(metrics[0]?.row.exemplar_trace_ids).toEqual(['5b8efff798038103d269b633813fc60c'])
    expect(JSON.parse(metrics[0]?.row.details ?? '').exemplars).toEqual([
      {
        value: 0.5,
        time_unix_nano: '1520879607000000000',
        trace_id: '5b8efff798038103d269b633813fc60c',
        span_id: 'eee19b7ec3c1b174',
        attributes: { trace_id: '5B8EFFF798038103D269B633813FC60C', span_id: 'eee19b7ec3c1b174' },
      },
    ])
  })
})

describe('recognising a scrape', () => {
  const score = (...lines: readonly string[]) => prometheus.text?.match(lines) ?? 0

  it('needs metadata, or samples with labels', () => {
    expect(score('# TYPE a gauge', 'a 1')).toBeGreaterThan(0.9)
    expect(score('a{b="c"} 1', 'd 2')).toBeGreaterThanOrEqual(0.5)
  })

  it.each([
    ['words and numbers', ['total 12', 'drwx 4']],
    ['W3C logs', ['#Version: 1.0', '#Fields: date time cs-method', '2026-01-02 03:04:05 GET']],
    ['access logs', ['198.51.100.7 - alice [02/Jan/2026:03:04:05 +0000] "GET / HTTP/1.1" 200 5']],
    ['PostgreSQL logs', ['2026-01-02 03:04:05 UTC [7] LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,<none>']],
    ['shell scripts', ['# HELP usage of this', 'set -e', 'echo "a" 1', 'exit 1']],
    ['nothing but comments', ['# a', '# b']],
    ['metadata only', ['# TYPE a gauge']],
  ])('does not claim %s', (_, lines) => {
    expect(score(...lines)).toBeLessThan(0.5)
  })

  it('accounts for any text after a good beginning', async () => {
    const line = fc.oneof(fc.string({ maxLength: 40 }), fc.stringMatching(/^[a#]{1,2} ?[{"}= 1EOFTYPE]{0,12}$/))
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 20 }), async (lines) => {
        const head = Array.from({ length: 300 }, (_, index) => `m{n="${index}"} 1`)
        const { kept, rejects, skips, read } = await drive('# TYPE m gauge', ...head, ...lines)
        expect(kept).toBeGreaterThanOrEqual(300)
        expect(kept + rejects.length + skips.length).toBeGreaterThanOrEqual(read)
      }),
      { numRuns: 100 },
    )
  })
})
