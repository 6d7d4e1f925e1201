/** Column-wise rows in transferable buffers. Built in a parsing thread, read by the thread that owns DuckDB. */
import type { AppendColumn } from '../db/append'
import type { ColumnSpec, Wire } from './tables'

export type CellIn = string | number | bigint | boolean | null | undefined

const encoder = new TextEncoder()
const firstRows = 1024
/** Up to here a loop over ASCII is quicker than a call into the encoder. */
const shortText = 40

interface ColumnBuilder {
  push(value: CellIn): void
  readonly sizeBytes: number
  finish(rows: number): AppendColumn
}

/**
 * Texts once each, and a code per row: 0 is null, k is entry k - 1. Columns whose values hardly repeat skip the look-up.
 */
class TextBuilder implements ColumnBuilder {
  readonly #codeOf: Map<string, number> | undefined
  #bytes: Uint8Array<ArrayBuffer>
  #length = 0
  #ends = new Uint32Array(firstRows)
  #entries = 0
  #codes = new Uint32Array(firstRows)
  #rows = 0

  constructor(distinct: boolean, expectedBytes: number) {
    this.#codeOf = distinct ? undefined : new Map()
    this.#bytes = new Uint8Array(expectedBytes)
  }

  push(value: CellIn): void {
    if (this.#rows === this.#codes.length) this.#codes = grown(this.#codes)
    if (value === null || value === undefined) {
      this.#codes[this.#rows++] = 0
      return
    }
    const text = typeof value === 'string' ? value : String(value)
    const known = this.#codeOf?.get(text)
    if (known !== undefined) {
      this.#codes[this.#rows++] = known
      return
    }
    this.#append(text)
    this.#codes[this.#rows++] = this.#entries
    this.#codeOf?.set(text, this.#entries)
  }

  #append(text: string): void {
    // UTF-8 of a UTF-16 unit takes at most three bytes.
    const needed = this.#length + text.length * 3
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
      larger.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = larger
    }
    if (!this.#appendAscii(text)) this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written
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

  finish(rows: number): AppendColumn {
    if (this.#entries === 0) return { wire: 'null' }
    return {
      wire: 'text',
      bytes: this.#bytes.subarray(0, this.#length),
      ends: this.#ends.subarray(0, this.#entries + 1),
      codes: this.#codes.subarray(0, rows),
    }
  }
}

class NumberBuilder implements ColumnBuilder {
  #values = new Float64Array(firstRows)
  #nulls = new Uint8Array(firstRows)
  #rows = 0
  #any = false
  readonly sizeBytes = 0

  push(value: CellIn): void {
    if (this.#rows === this.#values.length) {
      this.#values = grown(this.#values)
      this.#nulls = grown(this.#nulls)
    }
    if (typeof value === 'number' && Number.isFinite(value)) {
      this.#values[this.#rows++] = value
      this.#any = true
    } else this.#nulls[this.#rows++] = 1
  }

  finish(rows: number): AppendColumn {
    if (!this.#any) return { wire: 'null' }
    return { wire: 'f64', values: this.#values.subarray(0, rows), nulls: this.#nulls.subarray(0, rows) }
  }
}

class BooleanBuilder implements ColumnBuilder {
  #values = new Uint8Array(firstRows)
  #nulls = new Uint8Array(firstRows)
  #rows = 0
  #any = false
  readonly sizeBytes = 0

  push(value: CellIn): void {
    if (this.#rows === this.#values.length) {
      this.#values = grown(this.#values)
      this.#nulls = grown(this.#nulls)
    }
    if (typeof value === 'boolean') {
      this.#values[this.#rows++] = value ? 1 : 0
      this.#any = true
    } else this.#nulls[this.#rows++] = 1
  }

  finish(rows: number): AppendColumn {
    if (!this.#any) return { wire: 'null' }
    return { wire: 'bool', values: this.#values.subarray(0, rows), nulls: this.#nulls.subarray(0, rows) }
  }
}

const smallest = -(2n ** 63n)
const largest = 2n ** 63n - 1n

class BigBuilder implements ColumnBuilder {
  readonly #wire: 'i64' | 'u64'
  #values = new BigUint64Array(firstRows)
  #nulls = new Uint8Array(firstRows)
  #rows = 0
  #any = false
  readonly sizeBytes = 0

  constructor(wire: 'i64' | 'u64') {
    this.#wire = wire
  }

  /** Values that the column cannot hold become null; formats check ranges before. */
  push(value: CellIn): void {
    if (this.#rows === this.#values.length) {
      this.#values = grown(this.#values)
      this.#nulls = grown(this.#nulls)
    }
    if (typeof value === 'bigint' && (this.#wire === 'u64' || (value >= smallest && value <= largest))) {
      // Negative values wrap to the same bits that a signed column reads.
      this.#values[this.#rows++] = value
      this.#any = true
    } else this.#nulls[this.#rows++] = 1
  }

  finish(rows: number): AppendColumn {
    if (!this.#any) return { wire: 'null' }
    return { wire: this.#wire, values: this.#values.subarray(0, rows), nulls: this.#nulls.subarray(0, rows) }
  }
}

function grown<T extends Uint8Array | Uint32Array | Float64Array | BigUint64Array>(old: T): T
function grown(old: Uint8Array | Uint32Array | Float64Array | BigUint64Array) {
  const size = old.length * 2
  if (old instanceof BigUint64Array) {
    const larger = new BigUint64Array(size)
    larger.set(old)
    return larger
  }
  const larger =
    old instanceof Float64Array
      ? new Float64Array(size)
      : old instanceof Uint32Array
        ? new Uint32Array(size)
        : new Uint8Array(size)
  larger.set(old)
  return larger
}

function builderOf(wire: Wire, distinct: boolean, expectedBytes: number): ColumnBuilder {
  switch (wire) {
    case 'text':
      return new TextBuilder(distinct, expectedBytes)
    case 'f64':
      return new NumberBuilder()
    case 'bool':
      return new BooleanBuilder()
    case 'i64':
    case 'u64':
      return new BigBuilder(wire)
  }
}

export interface TableBatch {
  readonly rows: number
  readonly columns: readonly AppendColumn[]
  /** Root tables: index of the record among the batch's records. Child tables: index of the parent row. */
  readonly owner: Uint32Array
}

export type Cells = Readonly<Record<string, CellIn | readonly unknown[]>>

/** Bytes that a column came to in the last batch, so that the next one need not grow into them. */
const expected = new Map<ColumnSpec, number>()

export class TableBuilder {
  readonly #specs: readonly ColumnSpec[]
  readonly #columns: readonly ColumnBuilder[]
  #owner = new Uint32Array(firstRows)
  #rows = 0

  constructor(specs: readonly ColumnSpec[]) {
    this.#specs = specs
    this.#columns = specs.map((spec) => builderOf(spec.wire, spec.distinct === true, expected.get(spec) ?? 4096))
  }

  get rows(): number {
    return this.#rows
  }

  get sizeBytes(): number {
    let total = 0
    for (const column of this.#columns) total += column.sizeBytes
    return total
  }

  /** Cells by column name: `added` (ids, position, keys) for the columns that say so, else `row`. Lists become JSON. */
  push(row: Cells, added: Cells, owner: number): number {
    const specs = this.#specs
    for (let at = 0; at < specs.length; at++) {
      const spec = specs[at]
      if (spec === undefined) continue
      const value = spec.added === true ? added[spec.name] : row[spec.name]
      this.#columns[at]?.push(typeof value === 'object' && value !== null ? listText(value) : value)
    }
    if (this.#rows === this.#owner.length) this.#owner = grown(this.#owner)
    this.#owner[this.#rows] = owner
    return this.#rows++
  }

  finish(): TableBatch {
    this.#specs.forEach((spec, at) => {
      const size = this.#columns[at]?.sizeBytes ?? 0
      if (size > 0) expected.set(spec, Math.ceil(size * 1.25) + 4096)
    })
    return {
      rows: this.#rows,
      columns: this.#columns.map((column) => column.finish(this.#rows)),
      owner: this.#owner.subarray(0, this.#rows),
    }
  }
}

function listText(value: readonly unknown[]): string | undefined {
  return value.length === 0 ? undefined : JSON.stringify(value)
}

export function transferList(batch: TableBatch): ArrayBuffer[] {
  const buffers: ArrayBufferLike[] = [batch.owner.buffer]
  for (const column of batch.columns) {
    if (column.wire === 'null') continue
    if (column.wire === 'text') buffers.push(column.bytes.buffer, column.ends.buffer, column.codes.buffer)
    else buffers.push(column.values.buffer, column.nulls.buffer)
  }
  return buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer)
}
