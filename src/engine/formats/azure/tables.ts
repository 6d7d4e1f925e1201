import { get, isObject, type JsonValue, list, text } from '../../../common/json'
import type { InnerRecord } from '../types'

/** Row sets of an answer are found here; a query answer has one or a few. */
const MAX_TABLES = 20

/**
 * The rows of a query answer, `{"tables":[{"name":…,"columns":[{"name":…}],"rows":[[…]]}]}`, each as an object by
 * column. `raw` of such a record is the row as it stands.
 */
export function tableRows(value: JsonValue): readonly InnerRecord[] | undefined {
  const tables = list(get(value, 'tables') ?? get(value, 'Tables'))
  if (tables.length === 0) return undefined
  const key = get(value, 'tables') === undefined ? 'Tables' : 'tables'
  const rows = tables.slice(0, MAX_TABLES).flatMap((table, tableNo) => {
    const columns = list(get(table, 'columns') ?? get(table, 'Columns')).map(
      (column) => text(get(column, 'name')) ?? text(get(column, 'ColumnName')) ?? '',
    )
    const rowsKey = get(table, 'rows') === undefined ? 'Rows' : 'rows'
    if (columns.length === 0) return []
    return list(get(table, rowsKey)).map((row, rowNo) => ({
      path: [key, String(tableNo), rowsKey, String(rowNo)],
      value: Array.isArray(row) ? byColumn(columns, row) : row,
    }))
  })
  return rows.length === 0 ? undefined : rows
}

function byColumn(columns: readonly string[], row: readonly JsonValue[]): JsonValue {
  return Object.fromEntries(columns.map((name, index): [string, JsonValue] => [name, row[index] ?? null]))
}

/** True for a value that has the shape of a query answer. */
export function isQueryAnswer(value: unknown): boolean {
  const first = list(get(value, 'tables') ?? get(value, 'Tables'))[0]
  return isObject(first) && (Array.isArray(first.columns) || Array.isArray(first.Columns))
}
