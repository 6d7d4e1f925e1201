import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { prometheusQuery } from '../../../../../src/engine/formats/prometheusQuery'
import { driveMember } from '../../../../support/memberDriver'

const answer = (resultType: string, result: JsonValue): string =>
  JSON.stringify({ status: 'success', data: { resultType, result } })
const drive = (text: string) => driveMember([prometheusQuery], text)

describe('an answer of the query API', () => {
  it('gives each point of a range query with the digits of its time', async () => {
    const text = `{"status":"success","data":{"resultType":"matrix","result":[
      {"metric":{"__name__":"up","job":"api"},"values":[[1435781430.7812345,"1"],[1435781445,"NaN"]]},
      {"metric":{},"values":[[1435781430,"9007199254740993"]]}]}}`
    const { metrics, read, rejects } = await drive(text)
    expect([read, rejects]).toEqual([3, []])
    expect(metrics[0]).toEqual({
      table: 'metric_point',
      row: { ts: 1_435_781_430_781_234n, time_ns: 1_435_781_430_781_234_500n, value: 1 },
      series: { name: 'up', kind: 'unknown', attributes: '{"job":"api"}' },
    })
    expect(metrics.slice(1)).toMatchObject([
      { row: { ts: 1_435_781_445_000_000n, value: Number.NaN } },
      { row: { details: '{"value":"9007199254740993"}' }, series: { name: '', attributes: '{}' } },
    ])
  })

  it('waits for the labels where they come after the points', async () => {
    const { metrics } = await drive(
      '{"status":"success","data":{"resultType":"matrix","result":[{"values":[[1,"1"],[2,"2"]],"metric":{"__name__":"m"}}]}}',
    )
    expect(metrics.map(({ series }) => series.name)).toEqual(['m', 'm'])
  })

  it('gives each series of an instant query, and a scalar', async () => {
    const vector = answer('vector', [
      { metric: { __name__: 'up', job: 'api' }, value: [1435781451.781, '1'] },
      { metric: { __name__: 'up', job: 'db' }, value: [1435781451.781, '-Inf'] },
    ])
    const { metrics, read } = await drive(vector)
    expect(read).toBe(2)
    expect(metrics.map(({ row, series }) => [series.attributes, row.value, row.ts])).toEqual([
      ['{"job":"api"}', 1, 1_435_781_451_781_000n],
      ['{"job":"db"}', Number.NEGATIVE_INFINITY, 1_435_781_451_781_000n],
    ])
    const scalar = await drive(answer('scalar', [1435781451.5, '3.5']))
    expect(scalar.metrics).toMatchObject([{ row: { ts: 1_435_781_451_500_000n, value: 3.5 }, series: { name: '' } }])
  })

  it('keeps native histograms', async () => {
    const native = { count: '12', sum: '3.5', buckets: [[0, '0.1', '0.2', '5']] }
    const rate = { count: '0.4', sum: 'NaN', buckets: [] }
    const { metrics } = await drive(
      answer('matrix', [
        {
          metric: { __name__: 'h' },
          histograms: [
            [1, native],
            [2, rate],
          ],
        },
      ]),
    )
    expect(metrics.map(({ row }) => row)).toMatchObject([
      { count: 12n, sum: 3.5, value: undefined, details: '{"buckets":[[0,"0.1","0.2","5"]]}' },
      { count: undefined, sum: Number.NaN, details: '{"count":"0.4","buckets":[]}' },
    ])
  })

  it('skips an answer without a result, and rejects points that are none', async () => {
    const empty = await drive(answer('vector', []))
    expect([empty.read, empty.skips]).toEqual([1, ['The metric holds no points.']])
    const broken = await drive(
      answer('vector', [
        { metric: {}, value: [1] },
        { metric: {}, value: ['soon', '1'] },
        { metric: {}, value: [1, 'x'] },
        { metric: {}, value: [1, 2] },
        'text',
        { metric: { __proto__: 'a', a: 1 }, value: [1, '1'] },
      ]),
    )
    expect(broken.rejects.map(({ reason }) => reason)).toEqual([
      'A point is no pair of time and value.',
      'The time of a point is no number of seconds.',
      'The value of a point is no number in a text.',
      'The value of a point is no number in a text.',
      'This is no series and no point.',
    ])
    expect(broken.kept).toBe(1)
  })

  it.each([
    ['log lines of Loki', answer('streams', [{ stream: {}, values: [['1570818238000000000', 'line']] }])],
    ['an error', '{"status":"error","errorType":"bad_data","error":"x"}'],
    ['results of something else', '{"data":{"result":[{"metric":"x","values":[{"a":1}]}]}}'],
  ])('is not %s', async (_, text) => {
    expect((await drive(text)).formats).toEqual([])
  })

  it('accounts for values of any type and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('matrix', 'vector', 'scalar'), fc.jsonValue(), async (type, result) => {
        const { read, kept, rejects, skips } = await drive(answer(type, JSON.parse(JSON.stringify(result))))
        expect(kept + rejects.length + skips.length).toBeGreaterThanOrEqual(read)
      }),
      { numRuns: 300 },
    )
  })
})
