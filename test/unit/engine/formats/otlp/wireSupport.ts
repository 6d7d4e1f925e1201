/** Protobuf for tests: a small OTLP writer, and the framing of the top level that the import does. */
import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire'
import { otlpTraces } from '../../../../../src/engine/formats/otlp'
import type { BinaryReader as FormatBinaryReader } from '../../../../../src/engine/formats/types'
import { type DrivenSpans, driveBinary } from '../spans/drive'

type Framing = FormatBinaryReader['framing']

export function readerOf(framing: Framing): FormatBinaryReader {
  const reader = otlpTraces.binary?.find((candidate) => candidate.framing === framing)
  if (reader === undefined) throw new Error(`no reader for ${framing}`)
  return reader
}

/** Cuts field 1 at the top level of a whole file and drives each message. */
export function driveFile(bytes: Uint8Array): DrivenSpans {
  const reader = readerOf('protobuf-field-1')
  const wire = new BinaryReader(bytes)
  const driven: DrivenSpans[] = []
  while (wire.pos < bytes.length) {
    wire.tag()
    const message = wire.bytes()
    driven.push(driveBinary(reader, message, message.byteOffset - bytes.byteOffset))
  }
  return {
    spans: driven.flatMap((part) => part.spans),
    rejects: driven.flatMap((part) => part.rejects),
    skips: [],
    read: driven.reduce((sum, part) => sum + part.read, 0),
  }
}

export type Write = (writer: BinaryWriter) => BinaryWriter

export function message(...fields: readonly Write[]): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  for (const field of fields) field(writer)
  return new Uint8Array(writer.finish())
}

export const sub =
  (fieldNo: number, bytes: Uint8Array): Write =>
  (writer) =>
    writer.tag(fieldNo, 2).bytes(bytes)
export const str =
  (fieldNo: number, value: string): Write =>
  (writer) =>
    writer.tag(fieldNo, 2).string(value)
export const varint =
  (fieldNo: number, value: bigint): Write =>
  (writer) =>
    writer.tag(fieldNo, 0).int64(value)
export const fixed64 =
  (fieldNo: number, value: bigint): Write =>
  (writer) =>
    writer.tag(fieldNo, 1).fixed64(value)
export const double =
  (fieldNo: number, value: number): Write =>
  (writer) =>
    writer.tag(fieldNo, 1).double(value)
export const hexBytes = (fieldNo: number, value: string): Write => sub(fieldNo, Buffer.from(value, 'hex'))

export const keyValue = (fieldNo: number, key: string, ...value: readonly Write[]): Write =>
  sub(fieldNo, message(str(1, key), sub(2, message(...value))))

export const traceIdHex = '5b8efff798038103d269b633813fc60c'
export const spanIdHex = 'eee19b7ec3c1b174'
export const startNs = 1_544_712_660_000_000_123n

export const span = (...more: readonly Write[]): Uint8Array<ArrayBuffer> =>
  message(
    hexBytes(1, traceIdHex),
    hexBytes(2, spanIdHex),
    str(5, 'work'),
    fixed64(7, startNs),
    fixed64(8, startNs + 1_000n),
    ...more,
  )

export const resourceSpans = (...spans: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  message(
    sub(1, message(keyValue(1, 'service.name', str(1, 'shop')))),
    sub(2, message(sub(1, message(str(1, 'lib'), str(2, '1.0'))), ...spans.map((bytes) => sub(2, bytes)))),
  )

export const tracesData = (...resources: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  message(...resources.map((bytes) => sub(1, bytes)))
