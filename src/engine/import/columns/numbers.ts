import type { NullColumn, NumberColumn } from '../../db/append/buffers'
import type { CellIn } from './cell'
import { firstRows, grown } from './grown'

const smallest = -(2n ** 63n)
const largest = 2n ** 63n - 1n

/** Values in a typed array and which rows have one. Rows come in rising order; those left out are null. */
class Values<T extends Float64Array | Uint8Array | BigUint64Array> {
  readonly #wire: NumberColumn['wire']
  protected values: T
  #valid: Uint8Array
  #any = false

  constructor(wire: NumberColumn['wire'], values: T) {
    this.#wire = wire
    this.values = values
    this.#valid = new Uint8Array(values.length)
  }

  /** Makes room for the row and says that it has a value. */
  protected take(row: number): void {
    this.#reserve(row + 1)
    this.#valid[row] = 1
    this.#any = true
  }

  #reserve(rows: number): void {
    while (rows > this.#valid.length) {
      this.values = grown(this.values)
      this.#valid = grown(this.#valid)
    }
  }

  finish(rows: number): NumberColumn | NullColumn {
    if (!this.#any) return { wire: 'null' }
    this.#reserve(rows)
    return { wire: this.#wire, values: this.values.subarray(0, rows), valid: this.#valid.subarray(0, rows) }
  }
}

/** Doubles and booleans. */
export class NumberBuilder extends Values<Float64Array | Uint8Array> {
  readonly #finiteOnly: boolean

  constructor(wire: 'f64' | 'bool', finiteOnly = true, expectedRows = firstRows) {
    super(wire, wire === 'f64' ? new Float64Array(expectedRows) : new Uint8Array(expectedRows))
    this.#finiteOnly = finiteOnly
  }

  put(row: number, value: CellIn): void {
    if (typeof value === 'number' ? this.#finiteOnly && !Number.isFinite(value) : typeof value !== 'boolean') return
    this.take(row)
    this.values[row] = Number(value)
  }
}

/** 64-bit whole numbers, in the bits that a signed or unsigned column reads. */
export class BigBuilder extends Values<BigUint64Array> {
  readonly #signed: boolean

  constructor(wire: 'i64' | 'u64', expectedRows = firstRows) {
    super(wire, new BigUint64Array(expectedRows))
    this.#signed = wire === 'i64'
  }

  /** Values that the column cannot hold become null; formats check ranges before. */
  put(row: number, value: CellIn): void {
    if (typeof value !== 'bigint' || (this.#signed && (value < smallest || value > largest))) return
    this.take(row)
    this.values[row] = value
  }
}
