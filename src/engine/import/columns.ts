/** Column-wise rows in transferable buffers. Built in a parsing thread, read by the thread that owns DuckDB. */
import type { AppendColumn } from '../db/append/buffers'
import type { CellIn } from './columns/cell'
import { firstRows, grown } from './columns/grown'
import { ListBuilder } from './columns/list'
import { BigBuilder, NumberBuilder } from './columns/numbers'
import { packed } from './columns/packed'
import { TextBuilder } from './columns/text'
import type { ColumnSpec } from './tables'

export type { CellIn }

type Builder = TextBuilder | NumberBuilder | BigBuilder | ListBuilder

function builderOf({ wire, target, distinct }: ColumnSpec, expectedBytes: number, rows: number): Builder {
  switch (wire) {
    case 'text':
      return new TextBuilder(distinct === true, expectedBytes, rows)
    case 'f64':
    case 'bool':
      return new NumberBuilder(wire, true, rows)
    case 'real':
      return new NumberBuilder('f64', false, rows)
    case 'i64':
    case 'u64':
      return new BigBuilder(wire, rows)
    case 'list':
      return new ListBuilder(target.type === 'LIST' ? target.fields : undefined, rows)
  }
}

export interface TableBatch {
  readonly rows: number
  /** In the order of the table's columns; `null` for those that the writer fills. */
  readonly columns: readonly AppendColumn[]
  /** Root tables: index of the record among the batch's records. Child tables: index of the parent row. */
  readonly owner: Uint32Array
}

export type Cells = Readonly<Record<string, CellIn>>

/** Bytes that a column came to in the last batch, so that the next one need not grow into them. */
const expected = new Map<ColumnSpec, number>()
/** The same for rows of a table: files of one import are of a size. */
const expectedRows = new Map<readonly ColumnSpec[], number>()

/** Columns by name: those of the format's row, and those that the pipeline fills. */
interface Places {
  readonly format: ReadonlyMap<string, number>
  readonly pipeline: ReadonlyMap<string, number>
}

const placesOf = new Map<readonly ColumnSpec[], Places>()

function placesIn(specs: readonly ColumnSpec[]): Places {
  const known = placesOf.get(specs)
  if (known !== undefined) return known
  const entries = specs.map(({ name, from }, index) => ({ name, from, index }))
  const named = (wanted: ColumnSpec['from']) =>
    new Map(entries.filter(({ from }) => from === wanted).map(({ name, index }) => [name, index]))
  const places = { format: named('format'), pipeline: named('pipeline') }
  placesOf.set(specs, places)
  return places
}

/** Batches of up to so many rows travel in one buffer. */
const packedRows = 256

export class TableBuilder {
  readonly #specs: readonly ColumnSpec[]
  readonly #places: Places
  readonly #columns: (Builder | undefined)[]
  readonly #room: number
  #owner: Uint32Array
  #rows = 0

  constructor(specs: readonly ColumnSpec[]) {
    this.#specs = specs
    this.#places = placesIn(specs)
    this.#room = expectedRows.get(specs) ?? firstRows
    this.#owner = new Uint32Array(this.#room)
    this.#columns = specs.map(() => undefined)
  }

  get rows(): number {
    return this.#rows
  }

  get sizeBytes(): number {
    let total = 0
    for (const column of this.#columns)
      if (column instanceof TextBuilder || column instanceof ListBuilder) total += column.sizeBytes
    return total
  }

  /** Cells by column name: `added` (ids, position, keys) for the columns that the pipeline fills, else `row`. */
  push(row: Cells, added: Cells, owner: number): number {
    const at = this.#rows
    this.#put(at, row, this.#places.format)
    this.#put(at, added, this.#places.pipeline)
    if (at === this.#owner.length) this.#owner = grown(this.#owner)
    this.#owner[at] = owner
    return this.#rows++
  }

  /** By the names that the cells have: most columns have no value in most formats. */
  #put(row: number, cells: Cells, places: ReadonlyMap<string, number>): void {
    for (const name in cells) {
      const value = cells[name]
      if (value === undefined || value === null) continue
      const index = places.get(name)
      if (index !== undefined) (this.#columns[index] ?? this.#begin(index))?.put(row, value)
    }
  }

  #begin(index: number): Builder | undefined {
    const spec = this.#specs[index]
    if (spec === undefined) return undefined
    const column = builderOf(spec, expected.get(spec) ?? 4096, this.#room)
    this.#columns[index] = column
    return column
  }

  finish(): TableBatch {
    const columns = this.#columns.map((column, at): AppendColumn => {
      const spec = this.#specs[at]
      if (column instanceof TextBuilder && spec !== undefined && column.sizeBytes > 0)
        expected.set(spec, Math.ceil(column.sizeBytes * 1.25) + 4096)
      return column?.finish(this.#rows) ?? { wire: 'null' }
    })
    expectedRows.set(this.#specs, Math.max(firstRows, Math.ceil(this.#rows * 1.1)))
    const owner = this.#owner.subarray(0, this.#rows)
    return { rows: this.#rows, ...(this.#rows > packedRows ? { columns, owner } : packed(columns, owner)) }
  }
}

export function transferList(batch: TableBatch): ArrayBuffer[] {
  const buffers = new Set<ArrayBufferLike>([batch.owner.buffer])
  const add = (column: AppendColumn): void => {
    switch (column.wire) {
      case 'null':
        return
      case 'text':
        for (const part of [column.bytes, column.ends, column.codes]) buffers.add(part.buffer)
        return
      case 'list':
        buffers.add(column.starts.buffer)
        for (const child of column.children) add(child)
        return
      default:
        buffers.add(column.values.buffer)
        buffers.add(column.valid.buffer)
    }
  }
  for (const column of batch.columns) add(column)
  return [...buffers].filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer)
}
