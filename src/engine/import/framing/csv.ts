/**
 * Cuts CSV (RFC 4180, comma or another delimiter, double quotes, LF or CRLF) into records with exact offsets; line ends
 * inside quotes belong to the record. A quote that opens inside an unquoted field is text, as PostgreSQL and spreadsheets
 * read it. A quote that is never closed costs its line, not the rest of the file.
 */
import { limits } from '../limits'
import { CsvScan } from './csvScan'
import { type Frame, type FrameFault, Window } from './frame'

export interface CsvFrame extends Frame {
  readonly fields: readonly string[]
}

export interface CsvFramerOptions {
  readonly onRecord: (frame: CsvFrame) => void
  readonly onFault: (fault: FrameFault) => void
  /** One character; a comma where none is named. */
  readonly delimiter?: string
}

/** Each looks through what is left once more, so that hostile text could make them many. */
const maxRestarts = 100

export class CsvFramer {
  readonly #options: CsvFramerOptions
  readonly #window = new Window()
  readonly #scan: CsvScan
  #start = 0
  #startLine = 1
  #at = 0
  /** The open record is too large: its bytes are let go. */
  #oversized = false
  /** Columns of the first record. */
  #columns = 0
  #restarts = 0

  constructor(options: CsvFramerOptions) {
    this.#options = options
    this.#scan = new CsvScan(options.delimiter ?? ',')
  }

  push(chunk: Uint8Array): void {
    this.#window.append(chunk, this.#oversized ? this.#at : this.#start)
    this.#run()
    while (!this.#oversized && this.#at - this.#start > limits.recordBytes) {
      if (this.#scan.quoted && this.#restart('a quoted field is not closed within the size limit of a record')) continue
      this.#startLine = this.#window.lineOf(this.#start)
      this.#oversized = true
    }
  }

  end(): void {
    const reason = 'the file ends inside a quoted field'
    while (this.#scan.quoted) if (!this.#restart(reason)) return this.#fault(this.#window.end, reason)
    if (this.#start < this.#window.end) this.#finish(this.#window.end)
  }

  #run(): void {
    const { bytes, base } = this.#window
    for (let at = this.#at - base; ; ) {
      const end = this.#scan.recordEnd(bytes, at)
      if (end === -1) break
      at = end + 1
      this.#at = base + at
      this.#finish(base + end)
    }
    this.#at = this.#window.end
  }

  /**
   * Gives up the lines before the next one that has the columns of the head, and goes on there. False where there is no
   * such line.
   */
  #restart(reason: string): boolean {
    const { bytes, base } = this.#window
    if (this.#oversized || this.#columns < 2 || this.#restarts >= maxRestarts) return false
    for (let from = bytes.indexOf(0x0a, this.#start - base) + 1; from > 0 && from < bytes.length; ) {
      const stop = bytes.indexOf(0x0a, from)
      const line = bytes.toString('utf8', from, stop === -1 ? bytes.length : stop)
      if (splitCsv(line, this.#options.delimiter).length === this.#columns) {
        this.#restarts++
        this.#fault(base + from - 1, reason)
        this.#scan.reset()
        this.#start = base + from
        this.#at = this.#start
        this.#run()
        return true
      }
      from = stop + 1
    }
    return false
  }

  #finish(end: number): void {
    const start = this.#start
    if (this.#oversized) {
      this.#fault(end, `the record is larger than the limit of ${limits.recordBytes} bytes`)
      this.#start = this.#at
      this.#oversized = false
      return
    }
    const whole = this.#window.slice(start, end)
    const bytes = whole.at(-1) === 0x0d ? whole.subarray(0, -1) : whole
    if (bytes.length > 0) {
      const fields = splitCsv(bytes.toString('utf8'), this.#options.delimiter)
      if (this.#columns === 0) this.#columns = fields.length
      if (fields.length > limits.csvColumns)
        this.#fault(end, `the record has more than the limit of ${limits.csvColumns} columns`)
      else this.#options.onRecord({ bytes, offset: start, line: this.#window.lineOf(start), fields })
    }
    this.#start = this.#at
  }

  #fault(end: number, reason: string): void {
    const line = this.#oversized ? this.#startLine : this.#window.lineOf(this.#start)
    this.#options.onFault({ offset: this.#start, length: end - this.#start, line, reason })
  }
}

/** Fields of one record, unquoted. */
export function splitCsv(record: string, delimiter = ','): string[] {
  const fields: string[] = []
  let at = 0
  for (;;) {
    if (record[at] === '"') {
      let value = ''
      let from = at + 1
      for (;;) {
        const quote = record.indexOf('"', from)
        if (quote === -1) {
          value += record.slice(from)
          at = record.length
          break
        }
        value += record.slice(from, quote)
        if (record[quote + 1] === '"') {
          value += '"'
          from = quote + 2
        } else {
          at = quote + 1
          break
        }
      }
      const comma = record.indexOf(delimiter, at)
      value += record.slice(at, comma === -1 ? record.length : comma)
      fields.push(value)
      if (comma === -1) return fields
      at = comma + delimiter.length
    } else {
      const comma = record.indexOf(delimiter, at)
      fields.push(record.slice(at, comma === -1 ? record.length : comma))
      if (comma === -1) return fields
      at = comma + delimiter.length
    }
  }
}
