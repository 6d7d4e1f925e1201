/** Column-wise rows in transferable buffers. Built in a parsing thread, read by the thread that owns DuckDB. */
import type { ColumnSpec, Wire } from './tables'

export interface TextColumn {
  readonly wire: 'text'
  readonly bytes: Uint8Array
  /** n + 1 ends; row i is `bytes[ends[i] .. ends[i + 1]]`. */
  readonly ends: Uint32Array
  readonly nulls: Uint8Array
}
export interface NumberColumn {
  readonly wire: 'i64' | 'u64' | 'f64' | 'bool'
  readonly values: BigInt64Array | BigUint64Array | Float64Array | Uint8Array
  readonly nulls: Uint8Array
}
/** A column in which every row is null. */
export interface NullColumn {
  readonly wire: 'null'
}
export type Column = TextColumn | NumberColumn | NullColumn

export type CellIn = string | number | bigint | boolean | null | undefined

const encoder = new TextEncoder()

class TextBuilder {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 14)
  #length = 0
  readonly #ends: number[] = [0]
  readonly #nulls: number[] = []
  #any = false

  push(value: CellIn): void {
    if (value === null || value === undefined) {
      this.#nulls.push(1)
      this.#ends.push(this.#length)
      return
    }
    const text = typeof value === 'string' ? value : String(value)
    this.#any = true
    this.#nulls.push(0)
    // UTF-8 of a UTF-16 unit takes at most three bytes.
    const needed = this.#length + text.length * 3
    if (needed > this.#bytes.length) this.#grow(needed)
    this.#length += encoder.encodeInto(text, this.#bytes.subarray(this.#length)).written
    this.#ends.push(this.#length)
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }

  get sizeBytes(): number {
    return this.#length
  }

  finish(): Column {
    if (!this.#any) return { wire: 'null' }
    return {
      wire: 'text',
      bytes: this.#bytes.slice(0, this.#length),
      ends: Uint32Array.from(this.#ends),
      nulls: Uint8Array.from(this.#nulls),
    }
  }
}

class NumberBuilder {
  readonly #wire: Exclude<Wire, 'text'>
  readonly #values: (number | bigint)[] = []
  readonly #nulls: number[] = []
  #any = false

  constructor(wire: Exclude<Wire, 'text'>) {
    this.#wire = wire
  }

  push(value: CellIn): void {
    const zero = this.#wire === 'i64' || this.#wire === 'u64' ? 0n : 0
    const cell = value === null || value === undefined ? undefined : this.#convert(value)
    this.#nulls.push(cell === undefined ? 1 : 0)
    this.#values.push(cell ?? zero)
    if (cell !== undefined) this.#any = true
  }

  /** Values that the column cannot hold become null; formats check ranges before. */
  #convert(value: Exclude<CellIn, null | undefined>): number | bigint | undefined {
    switch (this.#wire) {
      case 'bool':
        return value === true ? 1 : 0
      case 'f64':
        return typeof value === 'number' && Number.isFinite(value) ? value : undefined
      case 'i64':
      case 'u64': {
        const whole =
          typeof value === 'bigint'
            ? value
            : typeof value === 'number' && Number.isSafeInteger(value)
              ? BigInt(value)
              : undefined
        if (whole === undefined) return undefined
        return this.#wire === 'i64'
          ? BigInt.asIntN(64, whole) === whole
            ? whole
            : undefined
          : BigInt.asUintN(64, whole)
      }
    }
  }

  finish(): Column {
    if (!this.#any) return { wire: 'null' }
    const nulls = Uint8Array.from(this.#nulls)
    switch (this.#wire) {
      case 'bool':
        return { wire: 'bool', values: Uint8Array.from(this.#values, Number), nulls }
      case 'f64':
        return { wire: 'f64', values: Float64Array.from(this.#values, Number), nulls }
      case 'i64':
        return { wire: 'i64', values: BigInt64Array.from(this.#values, BigInt), nulls }
      case 'u64':
        return { wire: 'u64', values: BigUint64Array.from(this.#values, BigInt), nulls }
    }
  }
}

export interface TableBatch {
  readonly rows: number
  readonly columns: readonly Column[]
  /** Root tables: index of the record among the batch's records. Child tables: index of the parent row. */
  readonly owner: Uint32Array
}

export class TableBuilder {
  readonly #specs: readonly ColumnSpec[]
  readonly #columns: (TextBuilder | NumberBuilder)[]
  readonly #owner: number[] = []

  constructor(specs: readonly ColumnSpec[]) {
    this.#specs = specs
    this.#columns = specs.map(({ wire }) => (wire === 'text' ? new TextBuilder() : new NumberBuilder(wire)))
  }

  get rows(): number {
    return this.#owner.length
  }

  get sizeBytes(): number {
    let total = 0
    for (const column of this.#columns) if (column instanceof TextBuilder) total += column.sizeBytes
    return total
  }

  /** `values` holds cells by column name; what is not there is null. */
  push(values: Readonly<Record<string, CellIn>>, owner: number): number {
    this.#specs.forEach((spec, index) => {
      this.#columns[index]?.push(values[spec.name])
    })
    return this.#owner.push(owner) - 1
  }

  finish(): TableBatch {
    return {
      rows: this.rows,
      columns: this.#columns.map((column) => column.finish()),
      owner: Uint32Array.from(this.#owner),
    }
  }
}

export function transferList(batch: TableBatch): ArrayBuffer[] {
  const buffers: ArrayBufferLike[] = [batch.owner.buffer]
  for (const column of batch.columns) {
    if (column.wire === 'null') continue
    buffers.push(column.nulls.buffer)
    if (column.wire === 'text') buffers.push(column.bytes.buffer, column.ends.buffer)
    else buffers.push(column.values.buffer)
  }
  return buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer)
}
