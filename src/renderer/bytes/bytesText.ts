/** What is drawn of a stretch of bytes: which of them are the record's, and the text that they are. */
import type { SourceBytes } from '../../contract/import'

export interface ByteRange {
  readonly offset: number
  readonly length: number
}

/** Shown before the record, so that it is seen where it stands. */
const leadBytes = 128
export const windowBytes = 4_096

/** Where to begin so that the record stands a little below the top; at a row of a hex dump. */
export function windowStart(offset: number): number {
  return Math.max(0, Math.floor((offset - leadBytes) / 16) * 16)
}

export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

export interface Parts<T> {
  readonly before: T
  readonly record: T
  readonly after: T
}

/** The bytes before, of and after the record. */
export function splitAtRecord(bytes: Uint8Array, offset: number, record: ByteRange): Parts<Uint8Array> {
  const start = Math.min(Math.max(0, record.offset - offset), bytes.length)
  const end = Math.min(Math.max(start, record.offset + record.length - offset), bytes.length)
  return { before: bytes.subarray(0, start), record: bytes.subarray(start, end), after: bytes.subarray(end) }
}

/** As text; a character that the window's edges cut through is left out, broken bytes become U+FFFD. */
export function textParts(source: SourceBytes, bytes: Uint8Array, record: ByteRange): Parts<string> {
  const { encoding, offset } = source
  const from = offset === 0 ? 0 : leadingRest(bytes, encoding)
  const parts = splitAtRecord(bytes.subarray(from), offset + from, record)
  const decoder = new TextDecoder(encoding, { ignoreBOM: true })
  const before = decoder.decode(parts.before)
  const lasting = parts.after.length === 0 && !source.atEnd
  return {
    before,
    record: new TextDecoder(encoding, { ignoreBOM: true }).decode(parts.record, { stream: lasting }),
    after: new TextDecoder(encoding, { ignoreBOM: true }).decode(parts.after, { stream: !source.atEnd }),
  }
}

/** Bytes at the start that go on with a character before it. */
function leadingRest(bytes: Uint8Array, encoding: SourceBytes['encoding']): number {
  if (encoding !== 'utf-8') {
    const high = bytes[encoding === 'utf-16le' ? 1 : 0] ?? 0
    return high >= 0xdc && high < 0xe0 ? 2 : 0
  }
  let count = 0
  while (count < 3 && ((bytes[count] ?? 0) & 0xc0) === 0x80) count++
  return count
}
