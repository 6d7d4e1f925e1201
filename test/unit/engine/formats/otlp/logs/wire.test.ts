import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { otlpLogs, otlpMetrics, otlpTraces } from '../../../../../../src/engine/formats/otlp'
import { driveMember } from '../../../../../support/memberDriver'
import * as wire from '../wireSupport'
import { drive, request, timeNs } from './support'

const traceId = '5b8efff798038103d269b633813fc60c'
const spanId = 'eee19b7ec3c1b174'

const logRecord = (...more: readonly wire.Write[]) =>
  wire.message(
    wire.fixed64(1, BigInt(timeNs)),
    wire.varint(2, 9n),
    wire.str(3, 'Info'),
    wire.sub(5, wire.message(wire.str(1, 'paid'))),
    wire.keyValue(6, 'user.id', wire.str(1, 'u-7')),
    wire.keyValue(6, 'action', wire.str(1, 'pay')),
    (writer) => writer.tag(8, 5).fixed32(1),
    wire.hexBytes(9, traceId),
    wire.hexBytes(10, spanId),
    wire.fixed64(11, BigInt(timeNs) + 5n),
    wire.str(12, 'cart.paid'),
    ...more,
  )
const resource = wire.message(
  wire.keyValue(1, 'service.name', wire.str(1, 'shop')),
  wire.keyValue(1, 'service.version', wire.str(1, '2.1')),
)
const resourceLogs = (...records: readonly Uint8Array[]) =>
  wire.message(
    wire.sub(1, resource),
    wire.sub(
      2,
      wire.message(
        wire.sub(1, wire.message(wire.str(1, 'lib'), wire.str(2, '1.0'))),
        ...records.map((bytes) => wire.sub(2, bytes)),
      ),
    ),
  )
const file = wire.message(wire.sub(1, resourceLogs(logRecord())))
const sameInJson = {
  timeUnixNano: timeNs,
  observedTimeUnixNano: String(BigInt(timeNs) + 5n),
  severityNumber: 9,
  severityText: 'Info',
  body: { stringValue: 'paid' },
  attributes: [
    { key: 'user.id', value: { stringValue: 'u-7' } },
    { key: 'action', value: { stringValue: 'pay' } },
  ],
  traceId,
  spanId,
  eventName: 'cart.paid',
  flags: 1,
}

describe('a log record of OTLP in protobuf', () => {
  it('gives the rows that its JSON gives', async () => {
    const fromWire = await drive(file)
    const fromJson = await drive(request(sameInJson))
    expect(fromWire.formats).toEqual(['otlp-logs'])
    expect(fromWire.rows).toEqual(fromJson.rows)
    expect(fromWire.events).toHaveLength(1)
  })

  it('is read from streams with either prefix', async () => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(file.length)
    const fixed = await drive(Buffer.concat([length, file, length, file]))
    const varint = await drive(wire.message((writer) => writer.bytes(file).bytes(file)))
    expect([fixed.logs.length, varint.logs.length]).toEqual([2, 2])
  })

  it('is told from spans and metrics by its own fields', async () => {
    const spans = wire.tracesData(wire.resourceSpans(wire.span()))
    for (const [bytes, id] of [
      [file, 'otlp-logs'],
      [spans, 'otlp-traces'],
    ] as const) {
      const driven = await driveMember([otlpTraces, otlpLogs, otlpMetrics], bytes)
      expect([driven.formats, driven.rejects]).toEqual([[id], []])
    }
    const [reader] = otlpLogs.binary ?? []
    expect(reader?.match(spans, true)).toBe(0)
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => reader?.match(bytes, true) === 0))
  })

  it('keeps the records before a break and rejects the rest', async () => {
    const broken = wire.message(
      wire.sub(1, Buffer.concat([resourceLogs(logRecord(), logRecord()), Buffer.from([0x12, 0x7f, 1])])),
    )
    const { logs, rejects } = await drive(broken)
    expect(logs).toHaveLength(2)
    expect(rejects.map(({ reason }) => reason)).toEqual([expect.stringContaining('The protobuf message breaks')])
  })

  it('accounts for altered messages without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(file.length - 1), fc.nat(255)), { minLength: 1, maxLength: 5 }),
        async (changes) => {
          const altered = file.slice()
          for (const [index, byte] of changes) altered[index] = byte
          const { read, kept, skips } = await drive(altered)
          expect(kept + skips.length).toBeLessThanOrEqual(read)
        },
      ),
      { numRuns: 300 },
    )
  })
})
