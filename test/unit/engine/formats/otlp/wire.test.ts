import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formats } from '../../../../../src/engine/formats/registry'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { driveBinary } from '../spans/drive'
import * as wire from './wireSupport'

const resourceReader = wire.readerOf('protobuf-field-1')
const prefixedReaders = [wire.readerOf('length-prefixed-be32'), wire.readerOf('length-prefixed-varint')]
const drive = (bytes: Uint8Array, offset = 0) => driveBinary(resourceReader, bytes, offset)
const one = (...fields: readonly wire.Write[]) => {
  const driven = drive(wire.resourceSpans(wire.span(...fields)))
  const [first] = driven.spans
  if (first === undefined) throw new Error(driven.rejects.map((reject) => reject.reason).join())
  return first
}

function bigEndian(bytes: Uint8Array): Uint8Array {
  const prefix = Buffer.alloc(4)
  prefix.writeUInt32BE(bytes.length)
  return Buffer.concat([prefix, bytes])
}

function varintPrefixed(bytes: Uint8Array): Uint8Array {
  return wire.message((writer) => writer.bytes(bytes))
}

describe('a span of OTLP protobuf', () => {
  it('gives the row of its fields', () => {
    const span = one(
      wire.hexBytes(4, 'eee19b7ec3c1b173'),
      wire.str(3, 'a=1'),
      wire.varint(6, 3n),
      wire.keyValue(9, 'db.namespace', wire.str(1, 'shop')),
      wire.sub(11, wire.message(wire.fixed64(1, wire.startNs + 5n), wire.str(2, 'fetched'))),
      wire.sub(13, wire.message(wire.hexBytes(1, wire.traceIdHex), wire.hexBytes(2, 'eee19b7ec3c1b170'))),
      wire.sub(15, wire.message(wire.str(2, 'boom'), wire.varint(3, 2n))),
      (writer) => writer.tag(16, 5).fixed32(257),
    )
    expect(span.row).toMatchObject({
      trace_id: wire.traceIdHex,
      span_id: wire.spanIdHex,
      parent_span_id: 'eee19b7ec3c1b173',
      name: 'work',
      kind: 'client',
      service: 'shop',
      start_ns: wire.startNs,
      duration_ns: 1_000n,
      status: 'error',
      status_message: 'boom',
      trace_state: 'a=1',
      flags: 257,
      scope_name: 'lib',
      scope_version: '1.0',
      db_name: 'shop',
    })
    expect(span.events).toEqual([{ name: 'fetched', time_ns: wire.startNs + 5n, attributes: '{}' }])
    expect(span.links).toEqual([
      { linked_trace_id: wire.traceIdHex, linked_span_id: 'eee19b7ec3c1b170', attributes: '{}' },
    ])
  })

  it('keeps each kind of attribute value', () => {
    const list = wire.message(wire.sub(1, wire.message(wire.varint(3, 1n))), wire.sub(1, wire.message()))
    const map = wire.message(wire.keyValue(1, 'x', wire.varint(2, 1n)))
    const span = one(
      wire.keyValue(9, 's', wire.str(1, 'ö')),
      wire.keyValue(9, 'b', wire.varint(2, 0n)),
      wire.keyValue(9, 'i', wire.varint(3, -5n)),
      wire.keyValue(9, 'big', wire.varint(3, -(2n ** 63n))),
      wire.keyValue(9, 'd', wire.double(4, Number.POSITIVE_INFINITY)),
      wire.keyValue(9, 'list', wire.sub(5, list)),
      wire.keyValue(9, 'map', wire.sub(6, map)),
      wire.keyValue(9, 'bytes', wire.hexBytes(7, '00003039')),
    )
    expect(span.row.attributes).toBe(
      '{"s":"ö","b":false,"i":-5,"big":"-9223372036854775808","d":"Infinity","list":[1,null],"map":{"x":true},"bytes":"AAAwOQ=="}',
    )
  })

  it('skips fields that it does not know, and fields of another wire type than theirs', () => {
    const span = one(
      wire.str(99, 'future'),
      wire.varint(7, 1n),
      (writer) => writer.tag(98, 3).tag(1, 0).uint32(7).tag(98, 4),
      wire.varint(5, 1n),
    )
    expect(span.row).toMatchObject({ name: 'work', start_ns: wire.startNs })
  })

  it('states offset and length of the span within the member', () => {
    const bytes = wire.span()
    const message = wire.resourceSpans(wire.span(wire.str(3, 'x=y')), bytes, wire.message(wire.str(5, 'no ids')))
    const { spans, rejects } = drive(message, 1_000)
    expect(spans.length).toBe(2)
    const [reject] = rejects
    expect(reject?.reason).toBe('The trace id is missing.')
    const start = (reject?.at.offset ?? 0) - 1_000
    expect(Buffer.from(message.subarray(start, start + (reject?.at.length ?? 0))).toString('latin1')).toContain(
      'no ids',
    )
    expect(Buffer.from(reject?.at.raw() ?? '', 'base64').toString('latin1')).toContain('no ids')
  })

  it('rejects attributes that nest without end, and keeps the other spans', () => {
    let value = wire.message(wire.str(1, 'deep'))
    for (let depth = 0; depth < 200; depth++) value = wire.message(wire.sub(5, wire.message(wire.sub(1, value))))
    const deep = wire.span(wire.sub(9, wire.message(wire.str(1, 'k'), wire.sub(2, value))))
    const driven = drive(wire.resourceSpans(deep, wire.span()))
    expect(driven.rejects.map((reject) => reject.reason)).toEqual(['An attribute nests deeper than 100 levels.'])
    expect(driven.spans.length).toBe(1)
  })

  it('keeps the spans before a break and rejects the rest at its offset', () => {
    const whole = wire.resourceSpans(wire.span(), wire.span())
    const broken = Buffer.concat([whole, Buffer.from([0x12, 0x7f, 0x01])])
    const { spans, rejects } = drive(broken, 10)
    expect(spans.length).toBe(2)
    expect(rejects.map(({ at, reason }) => [at.offset, at.length, reason])).toEqual([
      [10 + whole.length, 3, `The protobuf message breaks at its byte ${whole.length}.`],
    ])
  })

  it('numbers what is whole before the break that follows it, at each level', () => {
    const breakOff = Buffer.from([0x12, 0x7f, 0x01])
    const scope = Buffer.concat([wire.message(wire.sub(2, wire.span()), wire.sub(2, wire.span())), breakOff])
    const resource = Buffer.concat([wire.message(wire.sub(2, scope)), breakOff])
    const request = Buffer.concat([wire.message(wire.sub(1, resource)), Buffer.from([0x0a, 0x7f, 0x01])])
    const [reader] = prefixedReaders
    if (reader === undefined) throw new Error('no reader')
    const { spans, rejects } = driveBinary(reader, request)
    expect(spans.length).toBe(2)
    expect(rejects.map(({ at }) => at.recordNo)).toEqual([2, 3, 4])
    const offsets = rejects.map(({ at }) => at.offset)
    expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  })

  it.each([
    ['FF FE', 0x7f + (0x7e << 7) + (1 << 14), [0xff, 0xfe]],
    ['FE FF', 0x7e + (0x7f << 7) + (1 << 14), [0xfe, 0xff]],
    ['EF BB BF', 0x6f + (0x3b << 7) + (0x3f << 14) + (1 << 21), [0xef, 0xbb, 0xbf]],
  ])('is protobuf where its length begins with %s, like the mark of a text', async (_name, length, first) => {
    const pad = (bytes: number) => wire.resourceSpans(wire.span(wire.str(3, 'x'.repeat(bytes))))
    let padding = length - 200
    const sizeWith = (bytes: number) => wire.message(wire.sub(1, pad(bytes))).length
    padding += length - sizeWith(padding)
    const request = wire.message(wire.sub(1, pad(padding)))
    expect(request.length).toBe(length)
    const file = Buffer.concat([varintPrefixed(request), varintPrefixed(wire.message(wire.sub(1, pad(5))))])
    expect([...file.subarray(0, first.length)]).toEqual(first)
    const driven = await driveMember(formats, file, [1, 2, 5_000])
    expect(driven).toMatchObject({ formats: ['otlp-traces'], kept: 2, rejects: [] })
    expect(driven.places[1]?.offset).toBeGreaterThan(length)
  })

  it('accounts for truncated and altered messages without throwing', () => {
    const whole = wire.resourceSpans(
      wire.span(wire.keyValue(9, 'k', wire.str(1, 'value')), wire.varint(6, 2n)),
      wire.span(wire.sub(15, wire.message(wire.varint(3, 2n)))),
    )
    for (let length = 0; length < whole.length; length++) drive(whole.slice(0, length))
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        (changes) => {
          const altered = whole.slice()
          for (const [index, byte] of changes) altered[index] = byte
          const driven = drive(altered)
          expect(driven.spans.length + driven.rejects.length).toBe(driven.read)
          for (const reader of prefixedReaders) driveBinary(reader, altered)
        },
      ),
      { numRuns: 2_000 },
    )
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void drive(bytes)))
  })

  it('reads a message of many small repeated attributes in linear time', () => {
    const many = Array.from({ length: 100_000 }, (_, index) =>
      wire.message(wire.keyValue(9, 'k', wire.varint(3, BigInt(index)))),
    )
    const message = wire.resourceSpans(Buffer.concat([wire.span(), ...many]))
    const started = performance.now()
    expect(drive(message).spans[0]?.row.attributes?.length).toBeGreaterThan(500_000)
    expect(performance.now() - started).toBeLessThan(5_000)
  })
})

describe('recognising OTLP protobuf', () => {
  const traces = wire.tracesData(wire.resourceSpans(wire.span(wire.varint(6, 2n))))
  const scores = (bytes: Uint8Array, complete = true) =>
    (['protobuf-field-1', 'length-prefixed-be32', 'length-prefixed-varint'] as const).map((framing) =>
      wire.readerOf(framing).match(bytes, complete),
    )

  it('tells the three framings apart', () => {
    expect(scores(traces)).toEqual([1, 0, 0])
    expect(scores(bigEndian(traces))).toEqual([0, 1, 0])
    expect(scores(varintPrefixed(traces))).toEqual([0, 0, 1])
  })

  it('reads whole requests out of prefixed streams', () => {
    for (const reader of prefixedReaders) {
      const two = wire.tracesData(wire.resourceSpans(wire.span()), wire.resourceSpans(wire.span()))
      expect(driveBinary(reader, two).spans.length).toBe(2)
    }
  })

  it('needs the first span only, so the head of a large file is enough', () => {
    const large = wire.tracesData(wire.resourceSpans(...Array.from({ length: 100 }, () => wire.span())))
    expect(scores(large.slice(0, 300), false)[0]).toBe(1)
  })

  it('does not claim OTLP logs and metrics, other binary or text', () => {
    const log = wire.message(wire.fixed64(1, wire.startNs), wire.varint(2, 9n), wire.sub(5, wire.message()))
    const metric = wire.message(wire.str(1, 'a name of 16 ch.'), wire.str(2, '8 chars.'), wire.sub(5, wire.message()))
    for (const bytes of [
      wire.tracesData(wire.resourceSpans(log)),
      wire.tracesData(wire.resourceSpans(metric)),
      bigEndian(wire.tracesData(wire.resourceSpans(log))),
      Buffer.from('\n{"resourceSpans":[]}\n'),
      Buffer.from([]),
      Buffer.from([0x0a]),
      Buffer.from([0, 0, 0, 0]),
    ]) {
      expect(scores(bytes)).toEqual([0, 0, 0])
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => scores(bytes).every((score) => score === 0)))
  })

  it.skipIf(!hasSharedData)(`recognises recorded files by their first 4 KiB${sharedDataNotice}`, () => {
    for (const path of ['joint-postgres-otlp/orders-api.otlp.pb', 'traces/nezha/08_50_trace.otlp.pb']) {
      const bytes = readFileSync(sharedData(path))
      expect(scores(bytes.subarray(0, 4_096), false)).toEqual([1, 0, 0])
    }
  })
})
