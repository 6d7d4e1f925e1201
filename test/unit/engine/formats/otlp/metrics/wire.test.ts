import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../../src/common/json'
import { otlpLogs, otlpMetrics, otlpTraces } from '../../../../../../src/engine/formats/otlp'
import { driveMember } from '../../../../../support/memberDriver'
import * as wire from '../wireSupport'
import { drive, exemplar, point, request, spanId, startNs, timeNs, traceId } from './support'

describe('a metric of OTLP in protobuf', () => {
  const packed =
    (fieldNo: number, write: (writer: Parameters<wire.Write>[0]) => void): wire.Write =>
    (writer) => {
      writer.tag(fieldNo, 2).fork()
      write(writer)
      return writer.join()
    }
  const times = [wire.fixed64(2, BigInt(startNs)), wire.fixed64(3, BigInt(timeNs))]
  const wireExemplar = wire.message(
    wire.keyValue(7, 'user.id', wire.str(1, 'u-7')),
    wire.fixed64(2, 1_767_323_045_000_000_001n),
    wire.double(3, 0.25),
    wire.hexBytes(4, spanId),
    wire.hexBytes(5, traceId),
  )
  const route = (fieldNo: number) => wire.keyValue(fieldNo, 'route', wire.str(1, '/pay'))
  const metric = (name: string, fieldNo: number, data: Uint8Array) =>
    wire.message(wire.str(1, name), wire.str(2, 'what it is'), wire.str(3, 's'), wire.sub(fieldNo, data))
  const resourceMetrics = (...metrics: readonly Uint8Array[]) =>
    wire.message(
      wire.sub(1, wire.message(wire.keyValue(1, 'service.name', wire.str(1, 'shop')))),
      wire.sub(
        2,
        wire.message(
          wire.sub(1, wire.message(wire.str(1, 'lib'), wire.str(2, '1.0'))),
          ...metrics.map((bytes) => wire.sub(2, bytes)),
        ),
      ),
    )

  const inWire = [
    metric('g', 5, wire.message(wire.sub(1, wire.message(route(7), ...times, wire.double(4, 1.5))))),
    metric(
      'c',
      7,
      wire.message(
        wire.sub(
          1,
          wire.message(
            route(7),
            ...times,
            (writer) => writer.tag(6, 1).sfixed64(-9_007_199_254_740_993n),
            wire.sub(5, wireExemplar),
          ),
        ),
        wire.varint(2, 2n),
        wire.varint(3, 1n),
      ),
    ),
    metric(
      'h',
      9,
      wire.message(
        wire.sub(
          1,
          wire.message(
            route(9),
            ...times,
            wire.fixed64(4, 3n),
            wire.double(5, 4.5),
            packed(6, (writer) => writer.fixed64(1n).fixed64(2n)),
            packed(7, (writer) => writer.double(1)),
            wire.sub(8, wireExemplar),
            wire.varint(10, 1n),
            wire.double(11, 0.5),
            wire.double(12, 3),
          ),
        ),
        wire.varint(2, 1n),
      ),
    ),
    metric(
      'e',
      10,
      wire.message(
        wire.sub(
          1,
          wire.message(
            route(1),
            ...times,
            wire.fixed64(4, 3n),
            wire.double(5, 10),
            (writer) => writer.tag(6, 0).sint32(-1),
            wire.fixed64(7, 1n),
            wire.sub(
              8,
              wire.message(
                (writer) => writer.tag(1, 0).sint32(1),
                packed(2, (writer) => writer.uint64(0n).uint64(2n)),
              ),
            ),
            wire.sub(
              9,
              wire.message(
                (writer) => writer.tag(1, 0).sint32(-3),
                packed(2, (writer) => writer.uint64(9_007_199_254_740_993n)),
              ),
            ),
            wire.double(14, 0.001),
          ),
        ),
        wire.varint(2, 2n),
      ),
    ),
    metric(
      's',
      11,
      wire.message(
        wire.sub(
          1,
          wire.message(
            route(7),
            ...times,
            wire.fixed64(4, 2n),
            wire.double(5, 3),
            wire.sub(6, wire.message(wire.double(1, 0.5), wire.double(2, 1))),
          ),
        ),
      ),
    ),
  ]
  const named = (name: string) => ({ name, description: 'what it is', unit: 's' })
  const inJson: readonly JsonValue[] = [
    { ...named('g'), gauge: { dataPoints: [{ ...point, asDouble: 1.5 }] } },
    {
      ...named('c'),
      sum: {
        aggregationTemporality: 2,
        isMonotonic: true,
        dataPoints: [{ ...point, asInt: '-9007199254740993', exemplars: [exemplar] }],
      },
    },
    {
      ...named('h'),
      histogram: {
        aggregationTemporality: 1,
        dataPoints: [
          {
            ...point,
            count: '3',
            sum: 4.5,
            min: 0.5,
            max: 3,
            flags: 1,
            bucketCounts: ['1', '2'],
            explicitBounds: [1],
            exemplars: [exemplar],
          },
        ],
      },
    },
    {
      ...named('e'),
      exponentialHistogram: {
        aggregationTemporality: 2,
        dataPoints: [
          {
            ...point,
            ...{ count: '3', sum: 10, scale: -1, zeroCount: '1', zeroThreshold: 0.001 },
            positive: { offset: 1, bucketCounts: ['0', '2'] },
            negative: { offset: -3, bucketCounts: ['9007199254740993'] },
          },
        ],
      },
    },
    {
      ...named('s'),
      summary: { dataPoints: [{ ...point, count: '2', sum: 3, quantileValues: [{ quantile: 0.5, value: 1 }] }] },
    },
  ]
  const file = wire.message(wire.sub(1, resourceMetrics(...inWire)))

  it('gives the rows that its JSON gives, for every kind', async () => {
    const fromWire = await drive(file)
    const fromJson = await drive(request(...inJson))
    expect(fromWire.formats).toEqual(['otlp-metrics'])
    expect(fromWire.metrics).toHaveLength(5)
    expect(fromWire.rows).toEqual(fromJson.rows)
  })

  it('is read from streams with either prefix', async () => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(file.length)
    const fixed = await drive(Buffer.concat([length, file, length, file]))
    const varint = await drive(wire.message((writer) => writer.bytes(file).bytes(file)))
    expect([fixed.metrics.length, varint.metrics.length]).toEqual([10, 10])
  })

  it('is told from the other signals, whatever kind comes first', async () => {
    for (const bytes of inWire) {
      const driven = await driveMember(
        [otlpTraces, otlpLogs, otlpMetrics],
        wire.message(wire.sub(1, resourceMetrics(bytes))),
      )
      expect(driven.formats).toEqual(['otlp-metrics'])
    }
    const [reader] = otlpMetrics.binary ?? []
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => reader?.match(bytes, true) === 0))
  })

  it('reads buckets that are not packed', async () => {
    const data = wire.message(
      wire.sub(1, wire.message(...times, wire.fixed64(6, 1n), wire.fixed64(6, 2n), wire.double(7, 1))),
    )
    const { metrics } = await drive(wire.message(wire.sub(1, resourceMetrics(metric('h', 9, data)))))
    expect(metrics[0]?.row.details).toBe('{"bounds":[1],"counts":[1,2]}')
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
