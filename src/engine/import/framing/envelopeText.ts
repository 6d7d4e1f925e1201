/** A framed value that holds records: the exact text of each, and where it stands in the member. */
import { isUtf8 } from 'node:buffer'
import { SliceIndex } from './sliceIndex'

export interface Place {
  readonly line: number
  readonly offset: number
  readonly length: number
}

export interface PlacedText extends Place {
  readonly raw: string
}

export class EnvelopeText {
  readonly #text: string
  readonly #place: Place
  readonly #index: SliceIndex
  /** Where it is no valid UTF-8, characters cannot be counted as bytes: its records stand where it stands itself. */
  readonly #exact: boolean
  /** How far characters have been turned into bytes and lines: records are mostly asked in their order. */
  #at = { char: 0, byte: 0, lines: 0 }

  constructor(bytes: Buffer, text: string, place: Place) {
    this.#text = text
    this.#place = place
    this.#index = new SliceIndex(text)
    this.#exact = isUtf8(bytes)
  }

  /** Undefined where nothing stands at the path. */
  find(path: readonly string[]): PlacedText | undefined {
    const slice = this.#index.find(path)
    if (slice === undefined) return undefined
    const raw = this.#text.slice(slice.start, slice.end)
    if (!this.#exact) return { ...this.#place, raw }
    if (slice.start < this.#at.char) this.#at = { char: 0, byte: 0, lines: 0 }
    const between = this.#text.slice(this.#at.char, slice.start)
    this.#at = {
      char: slice.start,
      byte: this.#at.byte + Buffer.byteLength(between),
      lines: this.#at.lines + lineEnds(between),
    }
    return {
      raw,
      line: this.#place.line + this.#at.lines,
      offset: this.#place.offset + this.#at.byte,
      length: Buffer.byteLength(raw),
    }
  }
}

function lineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
