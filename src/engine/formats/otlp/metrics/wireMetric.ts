/** One metric of OTLP in protobuf with all its points; field numbers from opentelemetry-proto metrics.proto. */
import type { MetricSeriesRow } from '../../../db/rows'
import type { MetricDraft, PointDraft } from '../../metrics/draft'
import { emitMetrics } from '../../metrics/session'
import type { Attributes } from '../../spans/attributes'
import { Malformed } from '../../spans/malformed'
import type { RecordAt, Sink } from '../../types'
import { readMessage, WireType } from '../wire'
import type { WireScope } from '../wireResource'
import { temporalityOf } from './temporality'
import { exponentialPoint, histogramPoint, numberPoint, summaryPoint } from './wirePoint'

export function emitWireMetric(
  sink: Sink,
  at: RecordAt,
  bytes: Uint8Array,
  resource: Attributes,
  scope: WireScope,
): void {
  emitMetrics(sink, at, () => [wireMetric(bytes, resource, scope)])
}

type Kind = MetricSeriesRow['kind']

/** Which field holds the data of which kind, and how a point of it is read. */
const kinds: ReadonlyMap<number, readonly [Kind, (bytes: Uint8Array) => PointDraft]> = new Map([
  [5, ['gauge', numberPoint]],
  [7, ['sum', numberPoint]],
  [9, ['histogram', histogramPoint]],
  [10, ['exponential_histogram', exponentialPoint]],
  [11, ['summary', summaryPoint]],
])

export function isKindField(fieldNo: number): boolean {
  return kinds.has(fieldNo)
}

function wireMetric(bytes: Uint8Array, resource: Attributes, scope: WireScope): MetricDraft {
  const text = { name: '', unit: '', description: '' }
  let kind: Kind = 'unknown'
  let data: Data = { points: [], temporality: undefined, monotonic: false }
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType !== WireType.LengthDelimited) return false
    const known = kinds.get(fieldNo)
    if (fieldNo === 1) text.name = reader.string()
    else if (fieldNo === 2) text.description = reader.string()
    else if (fieldNo === 3) text.unit = reader.string()
    else if (known !== undefined) {
      kind = known[0]
      data = dataOf(reader.bytes(), known[1])
    } else return false
    return true
  })
  if (text.name === '') throw new Malformed('The metric has no name.')
  return {
    ...text,
    kind,
    temporality: data.temporality,
    monotonic: isSum(kind) ? data.monotonic : undefined,
    scopeName: scope.name,
    scopeVersion: scope.version,
    resource,
    points: data.points,
  }
}

function isSum(kind: Kind): boolean {
  return kind === 'sum'
}

interface Data {
  readonly points: readonly PointDraft[]
  readonly temporality: MetricSeriesRow['temporality']
  readonly monotonic: boolean
}

function dataOf(bytes: Uint8Array, read: (bytes: Uint8Array) => PointDraft): Data {
  const points: PointDraft[] = []
  let temporality: MetricSeriesRow['temporality']
  let monotonic = false
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo === 1 && wireType === WireType.LengthDelimited) points.push(read(reader.bytes()))
    else if (fieldNo === 2 && wireType === WireType.Varint) temporality = temporalityOf(reader.int32())
    else if (fieldNo === 3 && wireType === WireType.Varint) monotonic = reader.bool()
    else return false
    return true
  })
  return { points, temporality, monotonic }
}
