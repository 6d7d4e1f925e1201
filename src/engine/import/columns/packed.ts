/**
 * All arrays of a small batch in one buffer: each buffer that travels between threads costs as much as many rows, and a
 * batch has two or three for each of some eighty columns.
 */
import type { AppendColumn } from '../../db/append/buffers'

type Part = Uint8Array | Uint32Array | Float64Array | BigUint64Array

const alignment = 8

export function packed(
  columns: readonly AppendColumn[],
  owner: Uint32Array,
): { readonly columns: readonly AppendColumn[]; readonly owner: Uint32Array } {
  const parts: Part[] = [owner]
  for (const column of columns) collect(column, parts)
  const room = parts.reduce((sum, part) => sum + aligned(part.byteLength), 0)
  const moved = new Moved(new ArrayBuffer(room))
  return { owner: moved.words(owner), columns: columns.map((column) => moved.column(column)) }
}

const aligned = (size: number) => Math.ceil(size / alignment) * alignment

function collect(column: AppendColumn, parts: Part[]): void {
  switch (column.wire) {
    case 'null':
      return
    case 'text':
      parts.push(column.bytes, column.ends, column.codes)
      return
    case 'list':
      parts.push(column.starts)
      for (const child of column.children) collect(child, parts)
      return
    default:
      parts.push(column.values, column.valid)
  }
}

/** Copies arrays into the buffer one after another. */
class Moved {
  readonly #buffer: ArrayBuffer
  #used = 0

  constructor(buffer: ArrayBuffer) {
    this.#buffer = buffer
  }

  column(column: AppendColumn): AppendColumn {
    switch (column.wire) {
      case 'null':
        return column
      case 'text':
        return this.#text(column)
      case 'list':
        return {
          ...column,
          starts: this.words(column.starts),
          children: column.children.map((child) => (child.wire === 'null' ? child : this.#text(child))),
        }
      default:
        return { ...column, values: this.#values(column.values), valid: this.#bytes(column.valid) }
    }
  }

  words(part: Uint32Array): Uint32Array {
    const copy = new Uint32Array(this.#buffer, this.#take(part), part.length)
    copy.set(part)
    return copy
  }

  #text(column: Extract<AppendColumn, { wire: 'text' }>): Extract<AppendColumn, { wire: 'text' }> {
    return {
      ...column,
      bytes: this.#bytes(column.bytes),
      ends: this.words(column.ends),
      codes: this.words(column.codes),
    }
  }

  #bytes(part: Uint8Array): Uint8Array {
    const copy = new Uint8Array(this.#buffer, this.#take(part), part.length)
    copy.set(part)
    return copy
  }

  #values(part: BigUint64Array | Float64Array | Uint8Array): BigUint64Array | Float64Array | Uint8Array {
    if (part instanceof Uint8Array) return this.#bytes(part)
    if (part instanceof Float64Array) {
      const copy = new Float64Array(this.#buffer, this.#take(part), part.length)
      copy.set(part)
      return copy
    }
    const copy = new BigUint64Array(this.#buffer, this.#take(part), part.length)
    copy.set(part)
    return copy
  }

  #take(part: Part): number {
    const at = this.#used
    this.#used += aligned(part.byteLength)
    return at
  }
}
