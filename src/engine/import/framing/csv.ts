/**
 * Cuts CSV (RFC 4180, comma or another delimiter, double quotes, LF or CRLF) into records with exact offsets; line ends inside quotes belong
 * to the record. A quote that opens inside an unquoted field is text, as PostgreSQL and spreadsheets read it.
 */
import { limits } from '../limits'
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

export class CsvFramer {
  readonly #options: CsvFramerOptions
  readonly #window = new Window()
  #start = 0
  #at = 0
  #inQuotes = false
  #oversized = false

  constructor(options: CsvFramerOptions) {
    this.#options = options
  }

  push(chunk: Uint8Array): void {
    this.#window.append(chunk, this.#oversized ? this.#at : this.#start)
    const { bytes, base } = this.#window
    for (let at = this.#at - base; at < bytes.length; at++) {
      const byte = bytes[at]
      if (byte === 0x22) this.#inQuotes = !this.#inQuotes
      else if (byte === 0x0a && !this.#inQuotes) {
        this.#at = base + at + 1
        this.#finish(base + at)
      }
    }
    this.#at = this.#window.end
    if (this.#at - this.#start > limits.recordBytes) this.#oversized = true
  }

  end(): void {
    if (this.#inQuotes) this.#fault(this.#window.end, 'the file ends inside a quoted field')
    else if (this.#start < this.#window.end) this.#finish(this.#window.end)
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
      if (fields.length > limits.csvColumns)
        this.#fault(end, `the record has more than the limit of ${limits.csvColumns} columns`)
      else this.#options.onRecord({ bytes, offset: start, line: this.#window.lineOf(start), fields })
    }
    this.#start = this.#at
  }

  #fault(end: number, reason: string): void {
    this.#options.onFault({
      offset: this.#start,
      length: end - this.#start,
      line: this.#window.lineOf(this.#start),
      reason,
    })
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
      at = comma + 1
    } else {
      const comma = record.indexOf(delimiter, at)
      fields.push(record.slice(at, comma === -1 ? record.length : comma))
      if (comma === -1) return fields
      at = comma + 1
    }
  }
}
