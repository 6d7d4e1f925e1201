/**
 * The text of a member as UTF-8, whatever it is written in: with or without a byte order mark, or UTF-16 with one.
 * Records are framed in this text; `places` says where they stand in the member's own bytes.
 */
import { TextDecoder } from 'node:util'
import { Utf16Places } from './utf16Places'

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

/** From offsets in the text as UTF-8 to offsets in the bytes of the member. */
export interface Places {
  source(textOffset: number): number
}

export const encodingOf = (head: Uint8Array): Encoding =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'

const markBytes = 3

/** Whether bytes begin as a byte order mark does. A length in binary data may begin so too. */
export const hasMark = (head: Uint8Array): boolean =>
  encodingOf(head) !== 'utf-8' || (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)

export class MemberText {
  readonly #chunks: AsyncIterable<Uint8Array>
  /** Known once the first bytes were read; undefined where the text is the bytes. */
  places: Places | undefined

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    const { head, rest } = await firstBytes(this.#chunks)
    const encoding = encodingOf(head)
    if (encoding !== 'utf-8') yield* this.#utf16(rest, encoding)
    else if (hasMark(head)) {
      this.places = { source: (offset) => offset + markBytes }
      yield* without(rest, markBytes)
    } else yield* rest
  }

  async *#utf16(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<Uint8Array> {
    const decoder = new TextDecoder(encoding)
    const places = new Utf16Places()
    this.places = places
    for await (const chunk of chunks) {
      places.read(chunk.length)
      const text = Buffer.from(decoder.decode(chunk, { stream: true }))
      places.add(text)
      if (text.length > 0) yield text
    }
    const rest = Buffer.from(decoder.decode())
    places.add(rest)
    if (rest.length > 0) yield rest
  }
}

async function firstBytes(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ head: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  let head: Uint8Array = new Uint8Array(0)
  let done = false
  while (head.length < markBytes && !done) {
    const next = await iterator.next()
    if (next.done === true) done = true
    else head = head.length === 0 ? next.value : Buffer.concat([head, next.value])
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head
      if (done) return
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head, rest: rest() }
}

async function* without(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes
  for await (const chunk of chunks) {
    const part = chunk.subarray(left)
    left -= chunk.length - part.length
    if (part.length > 0) yield part
  }
}
