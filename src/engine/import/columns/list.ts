import type { ListColumn, NullColumn } from '../../db/append/buffers'
import type { CellIn } from './cell'
import { firstRows, grown } from './grown'
import { TextBuilder } from './text'

/** Lists of texts, or of objects whose members are texts. An empty list is null. */
export class ListBuilder {
  readonly #fields: readonly string[] | undefined
  readonly #children: readonly TextBuilder[]
  #lengths: Uint32Array
  #items = 0

  constructor(fields: readonly string[] | undefined, expectedRows = firstRows) {
    this.#fields = fields
    this.#lengths = new Uint32Array(expectedRows)
    this.#children = (fields ?? ['']).map(() => new TextBuilder(false, 256))
  }

  get sizeBytes(): number {
    return this.#children.reduce((sum, child) => sum + child.sizeBytes, 0)
  }

  put(row: number, items: CellIn): void {
    if (!Array.isArray(items)) return
    while (row >= this.#lengths.length) this.#lengths = grown(this.#lengths)
    for (const item of items) {
      if (this.#fields === undefined) this.#cell(0, item)
      else if (typeof item === 'object' && item !== null)
        for (let index = 0; index < this.#fields.length; index++)
          this.#cell(index, (item as Readonly<Record<string, unknown>>)[this.#fields[index] ?? ''])
      this.#items++
    }
    this.#lengths[row] = items.length
  }

  #cell(index: number, value: unknown): void {
    if (value !== undefined && value !== null) this.#children[index]?.push(this.#items, String(value))
  }

  finish(rows: number): ListColumn | NullColumn {
    if (this.#items === 0) return { wire: 'null' }
    const starts = new Uint32Array(rows + 1)
    for (let row = 0; row < rows; row++) starts[row + 1] = (starts[row] ?? 0) + (this.#lengths[row] ?? 0)
    return { wire: 'list', starts, children: this.#children.map((child) => child.finish(this.#items)) }
  }
}
