/** What the metric formats read, and the rows that it becomes. */
import type { MetricPointRow, MetricSeriesRow } from '../../db/rows'
import {
  AttributeBuilder,
  type Attributes,
  type AttributeValue,
  attributesText,
  integerValue,
  noAttributes,
  scalarText,
} from '../spans/attributes'
import { idProblem, TRACE_ID_DIGITS } from '../spans/ids'
import { Malformed } from '../spans/malformed'
import type { EmittedRow } from '../types'

/** Ids are lower-case text of any form; empty where absent. */
export interface ExemplarDraft {
  readonly value: number | bigint | undefined
  readonly timeNs: bigint | undefined
  readonly traceId: string
  readonly spanId: string
  readonly attributes: Attributes
}

/** One value of a series, or one histogram or summary; whole numbers come as bigint so that their digits stay. */
export interface PointDraft {
  readonly attributes: Attributes
  readonly timeNs: bigint | undefined
  readonly startNs: bigint | undefined
  readonly value: number | bigint | undefined
  readonly count: bigint | undefined
  readonly sum: number | undefined
  /** What the kind has besides: bounds and counts, quantiles, minimum and maximum. */
  readonly details: Attributes
  readonly exemplars: readonly ExemplarDraft[]
}

export interface MetricDraft {
  readonly name: string
  readonly unit: string
  readonly description: string
  readonly kind: MetricSeriesRow['kind']
  readonly temporality: MetricSeriesRow['temporality']
  readonly monotonic: boolean | undefined
  readonly scopeName: string
  readonly scopeVersion: string
  readonly resource: Attributes
  readonly points: readonly PointDraft[]
}

const MAX_INT64 = 2n ** 63n - 1n
const MAX_UINT64 = 2n ** 64n - 1n

/** A row for each point. Throws `Malformed` where a time or a count cannot be used. */
export function finishMetric(metric: MetricDraft): readonly EmittedRow[] {
  const resource = metric.resource.size === 0 ? undefined : resourceText(metric.resource)
  return metric.points.map((point) => ({
    table: 'metric_point',
    row: pointRow(point),
    series: {
      name: metric.name,
      unit: metric.unit || undefined,
      kind: metric.kind,
      temporality: metric.temporality,
      monotonic: metric.monotonic,
      description: metric.description || undefined,
      service: scalarText(metric.resource.get('service.name')),
      scope_name: metric.scopeName || undefined,
      scope_version: metric.scopeVersion || undefined,
      attributes: attributesText(point.attributes),
      resource,
    },
  }))
}

/** Throws `Malformed`. */
export function pointRow(point: PointDraft): MetricPointRow {
  const timeNs = within(point.timeNs, 'The time of a point')
  if (point.count !== undefined && (point.count < 0n || point.count > MAX_UINT64))
    throw new Malformed('The count of a point is no unsigned 64-bit number.')
  const traces = point.exemplars
    .map(({ traceId }) => traceId)
    .filter((id) => idProblem(id, TRACE_ID_DIGITS, '') === undefined)
  return {
    ts: timeNs === undefined ? undefined : floorUs(timeNs),
    time_ns: timeNs,
    start_ns: within(point.startNs, 'The start time of a point'),
    value: point.value === undefined ? undefined : Number(point.value),
    count: point.count,
    sum: point.sum,
    details: detailsText(point),
    exemplar_trace_ids: traces.length === 0 ? undefined : [...new Set(traces)],
  }
}

/** Down also before 1970, so that points keep their order. */
function floorUs(ns: bigint): bigint {
  return ns < 0n ? (ns - 999n) / 1000n : ns / 1000n
}

/** Unlike spans, points may be from before 1970: some texts state such times. */
function within(ns: bigint | undefined, what: string): bigint | undefined {
  if (ns !== undefined && (ns < -MAX_INT64 || ns > MAX_INT64))
    throw new Malformed(`${what} is not within 1677 to 2262.`)
  return ns
}

function detailsText(point: PointDraft): string | undefined {
  const { value, details, exemplars } = point
  const exact = typeof value === 'bigint' ? integerValue(value) : undefined
  const digits = typeof exact === 'string'
  if (details.size === 0 && exemplars.length === 0 && !digits) return undefined
  const all = new AttributeBuilder()
  if (digits) all.set('value', exact)
  for (const [key, item] of details) all.set(key, item)
  if (exemplars.length > 0) all.set('exemplars', exemplars.map(exemplarValue))
  return attributesText(all.finish())
}

function exemplarValue({ value, timeNs, traceId, spanId, attributes }: ExemplarDraft): AttributeValue {
  const entries: [string, AttributeValue][] = []
  if (value !== undefined) entries.push(['value', typeof value === 'bigint' ? integerValue(value) : value])
  if (timeNs !== undefined) entries.push(['time_unix_nano', `${timeNs}`])
  if (traceId !== '') entries.push(['trace_id', traceId])
  if (spanId !== '') entries.push(['span_id', spanId])
  if (attributes.size > 0) entries.push(['attributes', attributes])
  return new Map(entries)
}

/** Entries that are there, in order. */
export function detailsOf(entries: readonly (readonly [string, AttributeValue | undefined])[]): Attributes {
  const details = new Map<string, AttributeValue>()
  for (const [key, value] of entries) if (value !== undefined) details.set(key, value)
  return details.size === 0 ? noAttributes : details
}

const texts = new WeakMap<Attributes, string>()

/** Resources are shared by many metrics that come one after the other. */
function resourceText(resource: Attributes): string {
  const known = texts.get(resource)
  if (known !== undefined) return known
  const text = attributesText(resource)
  texts.set(resource, text)
  return text
}
