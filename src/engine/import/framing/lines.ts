/** Cuts text into records of one or more physical lines; `begins` says which lines start a record. */
import { limits } from '../limits'
import { type Frame, type FrameFault, Window } from './frame'

export interface LineFrame extends Frame {
  /** Its lines joined by LF, whatever ends them in the bytes. */
  readonly text: string
  /** The bytes as text. */
  readonly raw: string
}

export interface LineFramerOptions {
  readonly begins: (line: string) => boolean
  readonly onRecord: (frame: LineFrame) => void
  readonly onFault: (fault: FrameFault) => void
}

export class LineFramer {
  readonly #options: LineFramerOptions
  readonly #window = new Window()
  /** Start of the open record, or -1. */
  #recordStart = -1
  #recordLine = 0
  /** Start of lines that belong to no record, or -1. */
  #strayStart = -1
  #strayLine = 0
  #lineStart = 0
  /** The open record or the open line is too large: its bytes are let go. */
  #recordTooLarge = false
  /** 1-based number of the open line, once it is known to be too long. */
  #longLine: number | undefined
  #at = 0

  constructor(options: LineFramerOptions) {
    this.#options = options
  }

  push(chunk: Uint8Array): void {
    this.#window.append(chunk, this.#keepFrom())
    const { base } = this.#window
    for (;;) {
      const found = this.#window.bytes.indexOf(0x0a, this.#at - base)
      if (found === -1) break
      this.#line(base + found)
      this.#at = base + found + 1
      this.#lineStart = this.#at
    }
    this.#at = this.#window.end
    if (this.#longLine === undefined && this.#at - this.#lineStart > limits.recordBytes) {
      this.#finish(this.#lineStart)
      this.#longLine = this.#window.lineOf(this.#lineStart)
    }
    if (this.#recordStart >= 0 && this.#lineStart - this.#recordStart > limits.recordBytes) this.#recordTooLarge = true
  }

  end(): void {
    if (this.#lineStart < this.#window.end) this.#line(this.#window.end)
    this.#lineStart = this.#window.end
    this.#finish(this.#window.end)
  }

  #keepFrom(): number {
    if (this.#longLine !== undefined) return this.#at
    return this.#recordStart < 0 || this.#recordTooLarge ? this.#lineStart : this.#recordStart
  }

  #line(end: number): void {
    const start = this.#lineStart
    if (this.#longLine !== undefined || end - start > limits.recordBytes) {
      this.#finish(start)
      const line = this.#longLine ?? this.#window.lineOf(start)
      this.#longLine = undefined
      this.#fault(start, end, line, `the line is longer than the limit of ${limits.recordBytes} bytes`)
      return
    }
    const text = withoutCr(this.#window.slice(start, end).toString('utf8'))
    if (this.#options.begins(text)) {
      this.#finish(start)
      this.#recordStart = start
      this.#recordLine = this.#window.lineOf(start)
    } else if (this.#recordStart < 0 && text.trim() !== '' && this.#strayStart < 0) {
      this.#strayStart = start
      this.#strayLine = this.#window.lineOf(start)
    }
  }

  /** Hands over what is open, up to `end` (the start of the next record). */
  #finish(end: number): void {
    if (this.#strayStart >= 0) {
      const start = this.#strayStart
      this.#strayStart = -1
      this.#fault(start, end, this.#strayLine, 'this is no line of a known log format')
    }
    if (this.#recordStart < 0) return
    const start = this.#recordStart
    this.#recordStart = -1
    if (this.#recordTooLarge || end - start > limits.recordBytes) {
      this.#recordTooLarge = false
      this.#fault(start, end, this.#recordLine, `the record is larger than the limit of ${limits.recordBytes} bytes`)
      return
    }
    let stop = end
    while (stop > start && isLineEnd(this.#window.bytes[stop - 1 - this.#window.base])) stop--
    const bytes = this.#window.slice(start, stop)
    const raw = bytes.toString('utf8')
    this.#options.onRecord({ bytes, offset: start, line: this.#recordLine, text: withoutCr(raw), raw })
  }

  #fault(start: number, end: number, line: number, reason: string): void {
    this.#options.onFault({ offset: start, length: end - start, line, reason })
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d
}

function withoutCr(text: string): string {
  return text.includes('\r') ? text.replaceAll('\r\n', '\n').replace(/\r$/, '') : text
}
