/** One metric of OTLP/JSON (metrics.proto) with all its points. */
import { get, isObject, type JsonObject, type JsonValue, list } from '../../../../common/json'
import type { MetricSeriesRow } from '../../../db/rows'
import { detailsOf, type ExemplarDraft, type MetricDraft, type PointDraft } from '../../metrics/draft'
import type { Attributes, AttributeValue } from '../../spans/attributes'
import { integerValue } from '../../spans/attributes'
import { otlpId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../../spans/ids'
import { Malformed } from '../../spans/malformed'
import { bigintOf, flagsOf, nanoseconds } from '../../spans/numbers'
import type { JsonContext } from '../../types'
import { scopeIn } from '../jsonContainer'
import { jsonAttributes, resourceOf } from '../jsonValues'
import { field, textField } from '../keys'
import { temporalityOf } from './temporality'

type Kind = MetricSeriesRow['kind']

/** The key under which a metric's data stand; the last ones are of OTLP before 0.9. */
const kindKeys: readonly (readonly [string, Kind])[] = [
  ['gauge', 'gauge'],
  ['sum', 'sum'],
  ['histogram', 'histogram'],
  ['exponentialHistogram', 'exponential_histogram'],
  ['exponential_histogram', 'exponential_histogram'],
  ['summary', 'summary'],
  ['intGauge', 'gauge'],
  ['int_gauge', 'gauge'],
  ['doubleGauge', 'gauge'],
  ['double_gauge', 'gauge'],
  ['intSum', 'sum'],
  ['int_sum', 'sum'],
  ['doubleSum', 'sum'],
  ['double_sum', 'sum'],
  ['intHistogram', 'histogram'],
  ['int_histogram', 'histogram'],
  ['doubleHistogram', 'histogram'],
  ['double_histogram', 'histogram'],
  ['doubleSummary', 'summary'],
  ['double_summary', 'summary'],
]

/** Throws `Malformed`. */
export function jsonMetric(metric: JsonValue, context: JsonContext): MetricDraft {
  if (!isObject(metric)) throw new Malformed('The metric is no object.')
  const [kind, data] = dataOf(metric)
  const name = textField(metric, 'name')
  if (name === '') throw new Malformed('The metric has no name.')
  const scope = scopeIn(context)
  return {
    name,
    unit: textField(metric, 'unit'),
    description: textField(metric, 'description'),
    kind,
    temporality: temporalityOf(data && field(data, 'aggregationTemporality', 'aggregation_temporality')),
    monotonic: kind === 'sum' ? data !== undefined && field(data, 'isMonotonic', 'is_monotonic') === true : undefined,
    scopeName: scope === undefined ? '' : textField(scope, 'name'),
    scopeVersion: scope === undefined ? '' : textField(scope, 'version'),
    resource: resourceOf(get(context, 'resource')),
    points: data === undefined ? [] : list(field(data, 'dataPoints', 'data_points')).map((item) => point(item, kind)),
  }
}

/** A metric that stands alone: its name and the points of one of the kinds. */
export function isBareMetric(metric: JsonObject): boolean {
  if (typeof metric.name !== 'string') return false
  const [, data] = dataOf(metric)
  return data !== undefined && Array.isArray(field(data, 'dataPoints', 'data_points'))
}

function dataOf(metric: JsonObject): readonly [Kind, JsonObject | undefined] {
  for (const [key, kind] of kindKeys) {
    const data = get(metric, key)
    if (isObject(data)) return [kind, data]
  }
  return ['unknown', undefined]
}

function point(value: JsonValue, kind: Kind): PointDraft {
  if (!isObject(value)) throw new Malformed('A point of the metric is no object.')
  const single = kind === 'gauge' || kind === 'sum'
  return {
    attributes: jsonAttributes(field(value, 'attributes', 'labels')),
    timeNs: nanoseconds(field(value, 'timeUnixNano', 'time_unix_nano'), 'The time of a point'),
    startNs: nanoseconds(field(value, 'startTimeUnixNano', 'start_time_unix_nano'), 'The start time of a point'),
    value: single ? numberOf(value) : undefined,
    count: single ? undefined : unsigned(field(value, 'count')),
    sum: single ? undefined : double(field(value, 'sum')),
    details: detailsOf([...(single ? [] : kindDetails(value, kind)), ['flags', flagsOf(field(value, 'flags'))]]),
    exemplars: list(field(value, 'exemplars')).map(exemplar),
  }
}

function kindDetails(point: JsonObject, kind: Kind): readonly (readonly [string, AttributeValue | undefined])[] {
  const range = [
    ['min', double(field(point, 'min'))],
    ['max', double(field(point, 'max'))],
  ] as const
  if (kind === 'histogram')
    return [
      ['bounds', list(field(point, 'explicitBounds', 'explicit_bounds')).map(listedDouble)],
      ['counts', counts(point)],
      ...range,
    ]
  if (kind === 'exponential_histogram')
    return [
      ['scale', Number(bigintOf(field(point, 'scale')) ?? 0n)],
      ['zero_count', integerValue(unsigned(field(point, 'zeroCount', 'zero_count')) ?? 0n)],
      ['zero_threshold', double(field(point, 'zeroThreshold', 'zero_threshold'))],
      ['positive', buckets(get(point, 'positive'))],
      ['negative', buckets(get(point, 'negative'))],
      ...range,
    ]
  return [['quantiles', list(field(point, 'quantileValues', 'quantile_values')).map(quantile)]]
}

function counts(holder: JsonObject): readonly AttributeValue[] {
  return list(field(holder, 'bucketCounts', 'bucket_counts')).map((item) => integerValue(unsigned(item) ?? 0n))
}

function buckets(value: JsonValue | undefined): Attributes | undefined {
  if (!isObject(value)) return undefined
  return new Map<string, AttributeValue>([
    ['offset', Number(bigintOf(field(value, 'offset')) ?? 0n)],
    ['counts', counts(value)],
  ])
}

function quantile(value: JsonValue): Attributes {
  return new Map<string, AttributeValue>([
    ['quantile', double(get(value, 'quantile')) ?? 0],
    ['value', double(get(value, 'value')) ?? 0],
  ])
}

function exemplar(value: JsonValue): ExemplarDraft {
  if (!isObject(value)) throw new Malformed('An exemplar is no object.')
  return {
    value: numberOf(value),
    timeNs: nanoseconds(field(value, 'timeUnixNano', 'time_unix_nano'), 'The time of an exemplar'),
    traceId: otlpId(textField(value, 'traceId', 'trace_id'), TRACE_ID_DIGITS),
    spanId: otlpId(textField(value, 'spanId', 'span_id'), SPAN_ID_DIGITS),
    attributes: jsonAttributes(field(value, 'filteredAttributes', 'filtered_attributes', 'filteredLabels')),
  }
}

/** `value` is of OTLP before 0.9, where the kind told its type. */
function numberOf(holder: JsonObject): number | bigint | undefined {
  const whole = field(holder, 'asInt', 'as_int')
  if (whole !== undefined) {
    const integer = bigintOf(whole)
    if (integer === undefined) throw new Malformed('The value of a point is no whole number.')
    return integer
  }
  return double(field(holder, 'asDouble', 'as_double', 'value'))
}

function unsigned(value: JsonValue | undefined): bigint | undefined {
  if (value === undefined || value === null) return undefined
  const integer = bigintOf(value)
  if (integer === undefined || integer < 0n) throw new Malformed('A count of a point is no whole number.')
  return integer
}

function listedDouble(value: JsonValue): number {
  return double(value) ?? Number.NaN
}

/** Numbers, their text, and the words for what JSON numbers cannot say. */
function double(value: JsonValue | undefined): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  if (typeof value === 'string' && /^(?:NaN|-?Infinity|[+-]?[\d.]+(?:e[+-]?\d+)?)$/i.test(value)) {
    const number = Number(value)
    if (!Number.isNaN(number) || value === 'NaN') return number
  }
  throw new Malformed('A value of a point is no number.')
}
