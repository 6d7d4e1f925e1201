/**
 * Finds the end of one JSON value byte by byte, over as many chunks as it takes, and notes what says whether it may be
 * parsed: how deep it is nested, how many keys its objects have, and whether white space stands between its tokens.
 */
import { limits } from '../limits'
import { Backslash, CloseArray, CloseObject, Colon, Comma, Lf, OpenArray, OpenObject, Quote, Space } from './jsonBytes'

/** How a scan of a chunk ended: at the value's end, at a line end inside it, or at the chunk's end. */
export type ScanEnd = 'whole' | 'line' | 'more'

export class ValueScan {
  /** Index of the next byte to look at, in the bytes of the last `run`. */
  at = 0
  maxDepth = 0
  tooManyKeys = false
  spaced = false
  #depth = 0
  #inString = false
  /** The byte before the chunk was a backslash inside a string. */
  #escaped = false
  #scalar = false
  readonly #keys = new Int32Array(limits.jsonDepth + 2)

  /** Makes ready for a value whose first byte is `first`. */
  start(first: number): void {
    this.maxDepth = 0
    this.tooManyKeys = false
    this.spaced = false
    this.#depth = 0
    this.#inString = false
    this.#escaped = false
    this.#scalar = first !== OpenObject && first !== OpenArray && first !== Quote
  }

  /** Goes on from `from`; `lines`: a line end breaks the value off. `isStart` says that `from` is its first byte. */
  run(bytes: Uint8Array, from: number, lines: boolean, isStart: boolean): ScanEnd {
    this.at = from
    return this.#scalar ? this.#runScalar(bytes, isStart) : this.#runNested(bytes, lines)
  }

  /** The limit that a whole value of this size breaks, in words; undefined where it breaks none. */
  limitHit(size: number, oversized: boolean): string | undefined {
    if (size > limits.recordBytes || oversized)
      return `the record is larger than the limit of ${limits.recordBytes} bytes`
    if (this.maxDepth > limits.jsonDepth) return `the record is nested deeper than the limit of ${limits.jsonDepth}`
    if (this.tooManyKeys) return `an object has more than the limit of ${limits.jsonKeys} keys`
    return undefined
  }

  #runScalar(bytes: Uint8Array, isStart: boolean): ScanEnd {
    const from = this.at
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0
      if (byte === Comma || byte === CloseArray || byte === CloseObject || byte <= Space) {
        // A value of no bytes would never move on.
        this.at = isStart && at === from ? at + 1 : at
        return 'whole'
      }
    }
    this.at = bytes.length
    return 'more'
  }

  #runNested(bytes: Uint8Array, lines: boolean): ScanEnd {
    const length = bytes.length
    let at = this.at
    let depth = this.#depth
    let inString = this.#inString
    let end: ScanEnd = 'more'
    if (this.#escaped && at < length) {
      this.#escaped = false
      at++
    }
    scan: while (at < length) {
      if (inString) {
        for (;;) {
          const byte = bytes[at] ?? 0
          at++
          if (byte === Quote) break
          if (byte === Backslash) {
            // The escaped byte may stand in the next chunk.
            if (at === length) this.#escaped = true
            at++
          } else if (byte === Lf && lines) {
            at--
            end = 'line'
            break scan
          }
          if (at >= length) break scan
        }
        inString = false
        if (depth === 0) {
          end = 'whole'
          break
        }
        continue
      }
      const byte = bytes[at] ?? 0
      at++
      switch (byte) {
        case Quote:
          inString = true
          break
        case Comma:
          break
        case Colon:
          if (depth <= limits.jsonDepth) {
            const keys = (this.#keys[depth] ?? 0) + 1
            this.#keys[depth] = keys
            if (keys > limits.jsonKeys) this.tooManyKeys = true
          }
          break
        case OpenObject:
        case OpenArray:
          depth++
          if (depth > this.maxDepth) this.maxDepth = depth
          if (depth <= limits.jsonDepth) this.#keys[depth] = 0
          break
        case CloseObject:
        case CloseArray:
          depth--
          if (depth <= 0) {
            end = 'whole'
            break scan
          }
          break
        case Lf:
          if (lines) {
            at--
            end = 'line'
            break scan
          }
          this.spaced = true
          break
        default:
          if (byte <= Space) this.spaced = true
      }
    }
    this.at = Math.min(at, length)
    this.#depth = depth
    this.#inString = inString
    return end
  }
}
