/** Points of query results: `[time, "value"]`, native histograms, and the series that they belong to. */
import { get, isObject, type JsonValue, list } from '../../../common/json'
import { decimalNs, sampleValue } from '../metrics/decimal'
import { detailsOf, type MetricDraft, type PointDraft } from '../metrics/draft'
import { emitMetrics } from '../metrics/session'
import { AttributeBuilder, type Attributes, noAttributes, plainValue } from '../spans/attributes'
import { Malformed } from '../spans/malformed'
import { bigintOf } from '../spans/numbers'
import type { JsonContext, JsonLayout, JsonSession, RecordAt, SessionOptions } from '../types'

/** A matrix can be large, so it is cut into its points. */
export const matrixLayouts: readonly JsonLayout[] = ['values', 'histograms'].map((points) => ({
  id: `prometheus-query:${points}`,
  records: ['data', 'result', '*', points, '*'],
  context: [['data', 'result', '*', 'metric']],
}))

export function openQuery({ sink }: SessionOptions): JsonSession {
  return {
    record: (value, context, at) => emitMetrics(sink, at, () => read(value, context, at)),
    end: () => undefined,
  }
}

function read(value: JsonValue, context: JsonContext, at: RecordAt): readonly MetricDraft[] {
  if (Array.isArray(value)) return [series(get(context, 'metric'), [pointOf(value, firstNumber(at.raw()))])]
  if (!isObject(value)) throw new Malformed('This is no series and no point.')
  const points = [
    get(value, 'value'),
    get(value, 'histogram'),
    ...list(get(value, 'values')),
    ...list(get(value, 'histograms')),
  ]
  return [
    series(
      get(value, 'metric'),
      points.filter((point) => point !== undefined).map((point) => pointOf(point, undefined)),
    ),
  ]
}

/** Results of functions have no name. */
function series(metric: JsonValue | undefined, points: readonly PointDraft[]): MetricDraft {
  const labels = new AttributeBuilder()
  let name = ''
  if (isObject(metric))
    for (const [key, value] of Object.entries(metric)) {
      if (key === '__name__' && typeof value === 'string') name = value
      else labels.set(key, plainValue(value))
    }
  const attributes = labels.finish()
  return {
    name,
    unit: '',
    description: '',
    kind: 'unknown',
    temporality: undefined,
    monotonic: undefined,
    scopeName: '',
    scopeVersion: '',
    resource: noAttributes,
    points: points.map((point) => ({ ...point, attributes })),
  }
}

/** The time's own digits: a double does not hold all that a text states. */
function firstNumber(text: string): string | undefined {
  return /^\[\s*([-+\d.eE]{1,40})\s*,/.exec(text)?.[1]
}

function pointOf(value: JsonValue, timeText: string | undefined): PointDraft {
  if (!Array.isArray(value) || value.length !== 2) throw new Malformed('A point is no pair of time and value.')
  const [time, what]: readonly JsonValue[] = value
  const timeNs = typeof time === 'number' ? decimalNs(timeText ?? String(time)) : undefined
  if (timeNs === undefined) throw new Malformed('The time of a point is no number of seconds.')
  const point = { attributes: noAttributes, timeNs, startNs: undefined, exemplars: [] }
  if (isObject(what)) return { ...point, value: undefined, ...histogram(what) }
  const number = typeof what === 'string' ? sampleValue(what) : undefined
  if (number === undefined) throw new Malformed('The value of a point is no number in a text.')
  return { ...point, value: number, count: undefined, sum: undefined, details: noAttributes }
}

/** A native histogram: count and sum as text, buckets as `[boundary rule, lower, upper, count]`. */
function histogram(value: JsonValue): Pick<PointDraft, 'count' | 'sum' | 'details'> {
  const count = get(value, 'count')
  const whole = bigintOf(count)
  const sum = sampleValue(String(get(value, 'sum') ?? ''))
  const details: Attributes = detailsOf([
    // Rates of histograms have counts with decimals.
    ['count', whole === undefined && count !== undefined ? plainValue(count) : undefined],
    ['buckets', list(get(value, 'buckets')).map((bucket) => plainValue(bucket))],
  ])
  return { count: whole, sum: sum === undefined ? undefined : Number(sum), details }
}
