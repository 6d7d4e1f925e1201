/** Finds the line end that closes a CSV record, over as many chunks as it takes. */
const Lf = 0x0a
const Quote = 0x22

type State = 'field' | 'plain' | 'quoted' | 'closing'

export class CsvScan {
  readonly #delimiter: Buffer
  #state: State = 'field'
  /** Bytes of a delimiter of several bytes that have been seen. */
  #matched = 0

  constructor(delimiter: string) {
    this.#delimiter = Buffer.from(delimiter)
  }

  /** What has been read ends inside quotes. */
  get quoted(): boolean {
    return this.#state === 'quoted'
  }

  /** As at the start of a record. */
  reset(): void {
    this.#state = 'field'
    this.#matched = 0
  }

  /** Index of the line end of the record that goes on at `from`; -1 where it does not end in these bytes. */
  recordEnd(bytes: Buffer, from: number): number {
    const [first = 0] = this.#delimiter
    const single = this.#delimiter.length === 1
    for (let at = from; at < bytes.length; at++) {
      if (this.#state === 'quoted') {
        at = bytes.indexOf(Quote, at)
        if (at === -1) return -1
        this.#state = 'closing'
        continue
      }
      const byte = bytes[at] ?? 0
      if (byte === Quote && this.#state !== 'plain') {
        // After another quote this one was doubled; at a field's start it opens.
        this.#state = 'quoted'
        continue
      }
      if (byte === Lf) {
        this.reset()
        return at
      }
      this.#state = (single ? byte === first : this.#endsDelimiter(byte)) ? 'field' : 'plain'
    }
    return -1
  }

  #endsDelimiter(byte: number): boolean {
    if (byte === this.#delimiter[this.#matched]) this.#matched++
    else this.#matched = byte === this.#delimiter[0] ? 1 : 0
    if (this.#matched < this.#delimiter.length) return false
    this.#matched = 0
    return true
  }
}
