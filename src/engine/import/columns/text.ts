import type { NullColumn, TextColumn } from '../../db/append/buffers'
import type { CellIn } from './cell'
import { firstRows, grown } from './grown'

const encoder = new TextEncoder()
/** Up to here a loop over ASCII is quicker than a call into the encoder. */
const shortText = 40
/** After this many texts it is known whether they repeat. */
const trial = 512

/** Texts once each, and a code per row: 0 is null, k is entry k - 1. Texts that hardly repeat are not looked up. */
export class TextBuilder {
  #codeOf: Map<string, number> | undefined
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0
  #ends: Uint32Array
  #entries = 0
  #codes: Uint32Array
  #pushed = 0
  /** What came last, and its code: rows in a row often say the same. */
  #last: string | undefined
  #lastCode = 0

  constructor(distinct: boolean, expectedBytes: number, expectedRows = firstRows) {
    this.#codeOf = distinct ? undefined : new Map()
    this.#bytes = new Uint8Array(expectedBytes)
    this.#ends = new Uint32Array(firstRows)
    this.#codes = new Uint32Array(expectedRows)
  }

  put(row: number, value: CellIn): void {
    if (typeof value === 'string') this.push(row, value)
    else if (value instanceof Uint8Array) this.#pushBytes(row, value)
    else if (value !== null && value !== undefined) this.push(row, String(value))
  }

  /** Rows come in rising order; those left out are null. */
  push(row: number, text: string): void {
    while (row >= this.#codes.length) this.#codes = grown(this.#codes)
    const codeOf = this.#codeOf
    if (codeOf !== undefined) {
      if (text === this.#last) {
        this.#codes[row] = this.#lastCode
        return
      }
      const known = codeOf.get(text)
      if (known !== undefined) {
        this.#codes[row] = known
        this.#last = text
        this.#lastCode = known
        return
      }
      if (++this.#pushed === trial && codeOf.size > trial * 0.9) this.#codeOf = undefined
    }
    this.#append(text)
    this.#codes[row] = this.#entries
    if (this.#codeOf === undefined) return
    this.#codeOf.set(text, this.#entries)
    this.#last = text
    this.#lastCode = this.#entries
  }

  /** Bytes that are known to be UTF-8. */
  #pushBytes(row: number, bytes: Uint8Array): void {
    while (row >= this.#codes.length) this.#codes = grown(this.#codes)
    this.#reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
    this.#entry()
    this.#codes[row] = this.#entries
  }

  #append(text: string): void {
    // UTF-8 of a UTF-16 unit takes at most three bytes.
    this.#reserve(text.length * 3)
    if (!this.#appendAscii(text)) this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written
    this.#entry()
  }

  #reserve(size: number): void {
    const needed = this.#length + size
    if (needed <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }

  #entry(): void {
    if (this.#entries + 1 >= this.#ends.length) this.#ends = grown(this.#ends)
    this.#ends[++this.#entries] = this.#length
  }

  #appendAscii(text: string): boolean {
    if (text.length > shortText) return false
    const bytes = this.#bytes
    const start = this.#length
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (code > 0x7f) return false
      bytes[start + at] = code
    }
    this.#length = start + text.length
    return true
  }

  get sizeBytes(): number {
    return this.#length
  }

  finish(rows: number): TextColumn | NullColumn {
    if (this.#entries === 0) return { wire: 'null' }
    while (rows > this.#codes.length) this.#codes = grown(this.#codes)
    return {
      wire: 'text',
      bytes: this.#bytes.subarray(0, this.#length),
      ends: this.#ends.subarray(0, this.#entries + 1),
      codes: this.#codes.subarray(0, rows),
    }
  }
}
