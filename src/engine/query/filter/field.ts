/** What can be asked of a table: its fields, and what a bare word searches. */
import type { FieldInfo } from '../../../contract/events'
import type { Sql } from '../../db/sql'
import type { FieldName } from './ast'

/** `duration` and `json` show as number and text; `switch` is a condition that is asked with true or false. */
export type FieldType = 'text' | 'number' | 'duration' | 'boolean' | 'time' | 'ip' | 'json'

export interface Field {
  readonly name: string
  readonly type: FieldType
  /** Columns that are searched; the first is the one that is counted and shown. */
  readonly columns: readonly string[]
  /** An expression on the row in place of the columns. */
  readonly computed?: Sql
  /** The columns are lists; `member` names the part of a list of structs. */
  readonly list?: { readonly member?: string }
  readonly description: string
  readonly aliases: readonly string[]
  /** Nanoseconds of one unit of the column, for durations. */
  readonly unitNs?: bigint
}

/** A field that is no column: it makes the expression (or the whole condition) itself. */
export type Special =
  | { readonly kind: 'expression'; readonly type: FieldType; readonly list: boolean; readonly expression: Sql }
  /** `wrap` puts the condition on `expression` into a condition on the row. */
  | { readonly kind: 'related'; readonly type: FieldType; readonly expression: Sql; readonly wrap: (inner: Sql) => Sql }
  | { readonly kind: 'switch'; readonly condition: Sql }

export interface FieldTable {
  readonly table: 'access_event' | 'span'
  readonly fields: readonly Field[]
  /** Columns that a bare word searches, cheap ones first. */
  readonly textColumns: readonly string[]
  /** Fields beyond columns, such as `raw.<path>`; undefined where the name is none of them. */
  special(name: FieldName): Special | undefined
  readonly specials: readonly FieldInfo[]
}

const byName = new WeakMap<FieldTable, ReadonlyMap<string, Field>>()

/** The field of that name or alias, whatever its case. */
export function findField(table: FieldTable, name: string): Field | undefined {
  let index = byName.get(table)
  if (index === undefined) {
    index = new Map(table.fields.flatMap((field) => [field.name, ...field.aliases].map((key) => [key, field])))
    byName.set(table, index)
  }
  return index.get(name.toLowerCase())
}

export function knownNames(table: FieldTable): readonly string[] {
  return [
    ...table.fields.flatMap((field) => [field.name, ...field.aliases]),
    ...table.specials.flatMap((field) => [field.name, ...field.aliases]),
    '_exists_',
  ]
}

export function fieldInfos(table: FieldTable): FieldInfo[] {
  const columns = table.fields.map((field): FieldInfo => {
    const type = field.list !== undefined ? 'list' : infoType(field.type)
    return {
      name: field.name,
      column: field.columns[0] ?? field.name,
      type,
      description: field.description,
      aliases: [...field.aliases],
    }
  })
  return [...columns, ...table.specials]
}

function infoType(type: FieldType): FieldInfo['type'] {
  if (type === 'duration') return 'number'
  return type === 'json' ? 'text' : type
}
