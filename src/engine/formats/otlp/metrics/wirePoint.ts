/** Points of OTLP metrics in protobuf: NumberDataPoint, HistogramDataPoint, ExponentialHistogramDataPoint, SummaryDataPoint. */
import type { BinaryReader } from '@bufbuild/protobuf/wire'
import { detailsOf, type ExemplarDraft, type PointDraft } from '../../metrics/draft'
import { AttributeBuilder, type Attributes, type AttributeValue, integerValue } from '../../spans/attributes'
import { bytesId } from '../../spans/ids'
import { readMessage, WireType } from '../wire'
import { readKeyValue } from '../wireValues'

/** What all kinds of points have, under field numbers of their own. */
class PointBuilder {
  readonly #attributes = new AttributeBuilder()
  readonly #exemplars: ExemplarDraft[] = []
  #timeNs = 0n
  #startNs = 0n
  #flags = 0

  constructor(private readonly fields: { readonly attributes: number; readonly exemplars: number; flags: number }) {}

  /** True where the field was one of the common ones. */
  read(fieldNo: number, wireType: WireType, reader: BinaryReader): boolean {
    const { attributes, exemplars, flags } = this.fields
    if (wireType === WireType.LengthDelimited && fieldNo === attributes) readKeyValue(reader.bytes(), this.#attributes)
    else if (wireType === WireType.LengthDelimited && fieldNo === exemplars)
      this.#exemplars.push(exemplar(reader.bytes()))
    else if (wireType === WireType.Bit64 && fieldNo === 2) this.#startNs = BigInt(reader.fixed64())
    else if (wireType === WireType.Bit64 && fieldNo === 3) this.#timeNs = BigInt(reader.fixed64())
    else if (wireType === WireType.Varint && fieldNo === flags) this.#flags = reader.uint32()
    else return false
    return true
  }

  finish(
    rest: Pick<PointDraft, 'value' | 'count' | 'sum'>,
    details: readonly (readonly [string, AttributeValue | undefined])[],
  ): PointDraft {
    return {
      ...rest,
      attributes: this.#attributes.finish(),
      timeNs: set(this.#timeNs),
      startNs: set(this.#startNs),
      details: detailsOf([...details, ['flags', this.#flags === 0 ? undefined : this.#flags]]),
      exemplars: this.#exemplars,
    }
  }
}

export function numberPoint(bytes: Uint8Array): PointDraft {
  const point = new PointBuilder({ attributes: 7, exemplars: 5, flags: 8 })
  let value: number | bigint | undefined
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.Bit64 && fieldNo === 4) value = reader.double()
    else if (wireType === WireType.Bit64 && fieldNo === 6) value = BigInt(reader.sfixed64())
    else return point.read(fieldNo, wireType, reader)
    return true
  })
  return point.finish({ value, count: undefined, sum: undefined }, [])
}

export function histogramPoint(bytes: Uint8Array): PointDraft {
  const point = new PointBuilder({ attributes: 9, exemplars: 8, flags: 10 })
  const counts: bigint[] = []
  const bounds: number[] = []
  let count = 0n
  const optional: Optional = {}
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo === 6) return readFixed(wireType, reader, () => counts.push(BigInt(reader.fixed64())))
    if (fieldNo === 7) return readFixed(wireType, reader, () => bounds.push(reader.double()))
    if (wireType !== WireType.Bit64) return point.read(fieldNo, wireType, reader)
    if (fieldNo === 4) count = BigInt(reader.fixed64())
    else if (fieldNo === 5) optional.sum = reader.double()
    else if (fieldNo === 11) optional.min = reader.double()
    else if (fieldNo === 12) optional.max = reader.double()
    else return point.read(fieldNo, wireType, reader)
    return true
  })
  return point.finish({ value: undefined, count, sum: optional.sum }, [
    ['bounds', bounds],
    ['counts', counts.map(integerValue)],
    ['min', optional.min],
    ['max', optional.max],
  ])
}

interface Optional {
  sum?: number
  min?: number
  max?: number
  zeroThreshold?: number
}

export function exponentialPoint(bytes: Uint8Array): PointDraft {
  const point = new PointBuilder({ attributes: 1, exemplars: 11, flags: 10 })
  let count = 0n
  let zeroCount = 0n
  let scale = 0
  let positive: Attributes | undefined
  let negative: Attributes | undefined
  const optional: Optional = {}
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.Bit64) {
      if (fieldNo === 4) count = BigInt(reader.fixed64())
      else if (fieldNo === 5) optional.sum = reader.double()
      else if (fieldNo === 7) zeroCount = BigInt(reader.fixed64())
      else if (fieldNo === 12) optional.min = reader.double()
      else if (fieldNo === 13) optional.max = reader.double()
      else if (fieldNo === 14) optional.zeroThreshold = reader.double()
      else return point.read(fieldNo, wireType, reader)
    } else if (wireType === WireType.Varint && fieldNo === 6) scale = reader.sint32()
    else if (wireType === WireType.LengthDelimited && fieldNo === 8) positive = buckets(reader.bytes())
    else if (wireType === WireType.LengthDelimited && fieldNo === 9) negative = buckets(reader.bytes())
    else return point.read(fieldNo, wireType, reader)
    return true
  })
  return point.finish({ value: undefined, count, sum: optional.sum }, [
    ['scale', scale],
    ['zero_count', integerValue(zeroCount)],
    ['zero_threshold', optional.zeroThreshold],
    ['positive', positive],
    ['negative', negative],
    ['min', optional.min],
    ['max', optional.max],
  ])
}

function buckets(bytes: Uint8Array): Attributes {
  const counts: bigint[] = []
  let offset = 0
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (fieldNo === 1 && wireType === WireType.Varint) offset = reader.sint32()
    else if (fieldNo === 2 && wireType === WireType.Varint) counts.push(BigInt(reader.uint64()))
    else if (fieldNo === 2 && wireType === WireType.LengthDelimited)
      readPacked(reader, () => counts.push(BigInt(reader.uint64())))
    else return false
    return true
  })
  return new Map<string, AttributeValue>([
    ['offset', offset],
    ['counts', counts.map(integerValue)],
  ])
}

export function summaryPoint(bytes: Uint8Array): PointDraft {
  // Summaries have no exemplars.
  const point = new PointBuilder({ attributes: 7, exemplars: -1, flags: 8 })
  const quantiles: Attributes[] = []
  let count = 0n
  let sum = 0
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.Bit64 && fieldNo === 4) count = BigInt(reader.fixed64())
    else if (wireType === WireType.Bit64 && fieldNo === 5) sum = reader.double()
    else if (wireType === WireType.LengthDelimited && fieldNo === 6) quantiles.push(quantile(reader.bytes()))
    else return point.read(fieldNo, wireType, reader)
    return true
  })
  return point.finish({ value: undefined, count, sum }, [['quantiles', quantiles]])
}

function quantile(bytes: Uint8Array): Attributes {
  let at = 0
  let value = 0
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType !== WireType.Bit64) return false
    if (fieldNo === 1) at = reader.double()
    else if (fieldNo === 2) value = reader.double()
    else return false
    return true
  })
  return new Map<string, AttributeValue>([
    ['quantile', at],
    ['value', value],
  ])
}

function exemplar(bytes: Uint8Array): ExemplarDraft {
  const attributes = new AttributeBuilder()
  let value: number | bigint | undefined
  let timeNs = 0n
  let traceId = ''
  let spanId = ''
  readMessage(bytes, (fieldNo, wireType, reader) => {
    if (wireType === WireType.Bit64) {
      if (fieldNo === 2) timeNs = BigInt(reader.fixed64())
      else if (fieldNo === 3) value = reader.double()
      else if (fieldNo === 6) value = BigInt(reader.sfixed64())
      else return false
    } else if (wireType === WireType.LengthDelimited) {
      if (fieldNo === 4) spanId = bytesId(reader.bytes())
      else if (fieldNo === 5) traceId = bytesId(reader.bytes())
      else if (fieldNo === 7) readKeyValue(reader.bytes(), attributes)
      else return false
    } else return false
    return true
  })
  return { value, timeNs: set(timeNs), traceId, spanId, attributes: attributes.finish() }
}

/** A repeated fixed64 or double: packed, or one at a time as old writers do. */
function readFixed(wireType: WireType, reader: BinaryReader, one: () => void): boolean {
  if (wireType === WireType.Bit64) one()
  else if (wireType === WireType.LengthDelimited) readPacked(reader, one)
  else return false
  return true
}

function readPacked(reader: BinaryReader, one: () => void): void {
  const end = reader.uint32() + reader.pos
  while (reader.pos < end) one()
}

/** 0 is how protobuf writes an absent time. */
function set(ns: bigint): bigint | undefined {
  return ns === 0n ? undefined : ns
}
