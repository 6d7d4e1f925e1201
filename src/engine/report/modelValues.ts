/** What figures and tables of a report are made of: a value and the question that gives it. */
import type { Cell } from '../db/values'

export type ValueKind = 'text' | 'mono' | 'count' | 'time'

export interface Fact {
  readonly label: string
  readonly kind: ValueKind
  readonly value: number | string
  readonly sql: string
}

/** `total` counts all rows of the question; `rows` holds at most as many as the report prints. */
export interface ModelTable {
  readonly columns: readonly { readonly title: string; readonly kind: ValueKind }[]
  readonly rows: readonly (readonly Cell[])[]
  readonly total: number
  readonly sql: string
}

/** Something that a method of the engine gives, with what was asked. Floats are text. */
export interface Computed<T> {
  readonly method: string
  readonly params: Readonly<Record<string, Cell>>
  readonly value: T
}
