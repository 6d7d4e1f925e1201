import type { NullColumn, NumberColumn } from '../../db/append/buffers'
import type { CellIn } from './cell'
import { grown } from './grown'

const firstRows = 1024
const smallest = -(2n ** 63n)
const largest = 2n ** 63n - 1n

/** Doubles and booleans. Rows come in rising order; those left out are null. */
export class NumberBuilder {
  readonly #wire: 'f64' | 'bool'
  readonly #finiteOnly: boolean
  #values: Float64Array | Uint8Array
  #valid = new Uint8Array(firstRows)
  #any = false

  constructor(wire: 'f64' | 'bool', finiteOnly = true) {
    this.#wire = wire
    this.#finiteOnly = finiteOnly
    this.#values = wire === 'f64' ? new Float64Array(firstRows) : new Uint8Array(firstRows)
  }

  put(row: number, value: CellIn): void {
    if (typeof value === 'number' ? this.#finiteOnly && !Number.isFinite(value) : typeof value !== 'boolean') return
    while (row >= this.#valid.length) this.#grow()
    this.#values[row] = Number(value)
    this.#valid[row] = 1
    this.#any = true
  }

  #grow(): void {
    this.#values = grown(this.#values)
    this.#valid = grown(this.#valid)
  }

  finish(rows: number): NumberColumn | NullColumn {
    if (!this.#any) return { wire: 'null' }
    while (rows > this.#valid.length) this.#grow()
    return { wire: this.#wire, values: this.#values.subarray(0, rows), valid: this.#valid.subarray(0, rows) }
  }
}

/** 64-bit whole numbers, in the bits that a signed or unsigned column reads. */
export class BigBuilder {
  readonly #wire: 'i64' | 'u64'
  #values = new BigUint64Array(firstRows)
  #valid = new Uint8Array(firstRows)
  #any = false

  constructor(wire: 'i64' | 'u64') {
    this.#wire = wire
  }

  /** Values that the column cannot hold become null; formats check ranges before. */
  put(row: number, value: CellIn): void {
    if (typeof value !== 'bigint') return
    if (this.#wire === 'i64' && (value < smallest || value > largest)) return
    while (row >= this.#valid.length) this.#grow()
    this.#values[row] = value
    this.#valid[row] = 1
    this.#any = true
  }

  #grow(): void {
    this.#values = grown(this.#values)
    this.#valid = grown(this.#valid)
  }

  finish(rows: number): NumberColumn | NullColumn {
    if (!this.#any) return { wire: 'null' }
    while (rows > this.#valid.length) this.#grow()
    return { wire: this.#wire, values: this.#values.subarray(0, rows), valid: this.#valid.subarray(0, rows) }
  }
}
