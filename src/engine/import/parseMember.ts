/** Turns the bytes of one member into records of formats. */
import type { Format, SessionOptions } from '../formats/types'
import type { Member } from './containers/member'
import { peek } from './containers/member'
import { type Detected, detect, detectBinary, sniffBytes } from './detect'
import { CsvFramer } from './framing/csv'
import { LineFramer } from './framing/lines'
import { ProtobufFramer } from './framing/protobuf'
import { jsonDriver } from './parseJson'
import { placedSink } from './placedSink'
import type { MemberSink } from './recordSink'
import { hasMark, MemberText } from './utf'

export interface MemberInput {
  readonly formats: readonly Format[]
  readonly sink: MemberSink
  sessionOptions(format: Format): Omit<SessionOptions, 'sink'>
  readonly limits: Set<string>
  formatSeen(format: Format): void
}

export interface MemberDriver {
  /** False: nothing here is known, stop reading. */
  push(chunk: Uint8Array): boolean
  /** Why nothing of the member is known; undefined where something was, or there was nothing to know. */
  end(): string | undefined
}

/** Reads the member to its end. `afterChunk` is awaited between chunks. Returns the refusal, if it is one. */
export async function parseMember(
  member: Member,
  input: MemberInput,
  afterChunk: () => Promise<void>,
): Promise<{ readonly refusal: string | undefined; readonly empty: boolean }> {
  const { head, complete, rest, text, binary } = await open(member, input.formats)
  const formats = input.formats.filter((format) => format.claims?.(head, complete) !== false)
  const detected = binary ?? detect(head, complete, formats)
  if (detected.carrier === 'empty') return { refusal: undefined, empty: true }
  if (detected.carrier === 'unknown') return { refusal: detected.why, empty: false }
  const sink = text.places === undefined ? input.sink : placedSink(input.sink, text.places)
  const driver = driverOf(detected, { ...input, formats, sink })
  for await (const chunk of rest) {
    // Large chunks are cut so that one step of parsing stays short and memory stays bounded.
    let going = true
    for (let from = 0; from < chunk.length && going; from += stepBytes) {
      going = driver.push(chunk.subarray(from, from + stepBytes))
      await afterChunk()
    }
    if (!going) break
  }
  const refusal = driver.end()
  return { refusal, empty: false }
}

const stepBytes = 256 * 1024
const longestMark = 3

/** The member's text, or its bytes where they begin like a byte order mark and are of a binary format nevertheless. */
async function open(member: Member, formats: readonly Format[]) {
  const first = await peek(member.chunks, longestMark)
  let chunks = first.rest
  if (hasMark(first.head)) {
    const bytes = await peek(chunks, sniffBytes)
    const binary = detectBinary(bytes.head, bytes.complete, formats)
    if (binary !== undefined) return { ...bytes, binary, text: { places: undefined } }
    chunks = bytes.rest
  }
  const text = new MemberText(chunks)
  return { ...(await peek(text.chunks(), sniffBytes)), binary: undefined, text }
}

function driverOf(detected: Exclude<Detected, { carrier: 'empty' | 'unknown' }>, input: MemberInput): MemberDriver {
  switch (detected.carrier) {
    case 'json':
      return jsonDriver(input, detected.lineMode)
    case 'csv':
      return csvDriver(detected, input)
    case 'text':
      return textDriver(detected, input)
    case 'binary':
      return binaryDriver(detected, input)
  }
}

function csvDriver(
  { format, reader, header }: Extract<Detected, { carrier: 'csv' }>,
  input: MemberInput,
): MemberDriver {
  const { sink } = input
  input.formatSeen(format)
  let session = header ? undefined : reader.open({ ...input.sessionOptions(format), sink }, undefined)
  const framer = new CsvFramer({
    ...(reader.delimiter === undefined ? {} : { delimiter: reader.delimiter }),
    onFault: (fault) => sink.foreign(fault),
    onRecord: ({ bytes, offset, line, fields }) => {
      if (session === undefined) {
        session = reader.open({ ...input.sessionOptions(format), sink }, fields)
        return
      }
      const text = bytes.toString('utf8')
      session.record(fields, { recordNo: sink.nextRecordNo(), line, offset, length: bytes.length, raw: () => text })
    },
  })
  return {
    push(chunk) {
      framer.push(chunk)
      return true
    },
    end() {
      framer.end()
      session?.end()
      return undefined
    },
  }
}

function textDriver(
  { format, reader, sample }: Extract<Detected, { carrier: 'text' }>,
  input: MemberInput,
): MemberDriver {
  const { sink } = input
  input.formatSeen(format)
  const session = reader.open({ ...input.sessionOptions(format), sink }, sample)
  const framer = new LineFramer({
    begins: reader.begins(sample),
    onFault: (fault) => sink.foreign(fault),
    onRecord: ({ bytes, offset, line, text, raw }) =>
      session.record(text, { recordNo: sink.nextRecordNo(), line, offset, length: bytes.length, raw: () => raw }),
  })
  return {
    push(chunk) {
      framer.push(chunk)
      return true
    },
    end() {
      framer.end()
      session.end()
      return undefined
    },
  }
}

function binaryDriver({ format, reader }: Extract<Detected, { carrier: 'binary' }>, input: MemberInput): MemberDriver {
  const { sink } = input
  input.formatSeen(format)
  const session = reader.open({ ...input.sessionOptions(format), sink })
  const framer = new ProtobufFramer({
    framing: reader.framing,
    onFault: (fault) => sink.foreign(fault),
    onMessage: (bytes, offset) => session.message(bytes, offset, () => sink.nextRecordNo()),
  })
  return {
    push(chunk) {
      framer.push(chunk)
      return true
    },
    end() {
      framer.end()
      session.end()
      return undefined
    },
  }
}
