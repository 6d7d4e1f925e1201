/** What can stand at the caret of a query: names of tables, columns and functions, and the words of SQL. */
export interface SqlName {
  readonly name: string
  readonly kind: 'table' | 'column' | 'function' | 'word'
  /** Of which table a column is, or its type. */
  readonly detail: string
}

export const sqlWords: readonly SqlName[] = (
  'SELECT FROM WHERE GROUP BY ORDER BY LIMIT HAVING JOIN LEFT JOIN USING ON AS AND OR NOT NULL IS IN BETWEEN LIKE ILIKE ' +
  'DISTINCT COUNT CASE WHEN THEN ELSE END WITH UNION ALL QUALIFY OVER PARTITION INTERVAL CAST DESC ASC EXPLAIN'
)
  .split(' ')
  .filter((word, index, all) => all.indexOf(word) === index)
  .map((name) => ({ name, kind: 'word', detail: '' }))

export interface SqlPoint {
  readonly prefix: string
  /** The name before a dot, as in `span.tr|`. */
  readonly of: string | null
  readonly start: number
}

/** Undefined inside text, a quoted name or a comment, and where no word is begun. */
export function sqlPointAt(text: string, caret: number): SqlPoint | undefined {
  let quote: string | null = null
  for (let at = 0; at < caret; at += 1) {
    const char = text[at]
    if (quote !== null) {
      if (quote === '\n' ? char === '\n' : char === quote) quote = null
    } else if (char === "'" || char === '"') quote = char
    else if (char === '-' && text[at + 1] === '-') quote = '\n'
  }
  if (quote !== null) return undefined
  const word = /[A-Za-z_][A-Za-z0-9_]*$/.exec(text.slice(0, caret))?.[0] ?? ''
  const start = caret - word.length
  const of = /([A-Za-z_][A-Za-z0-9_]*)\.$/.exec(text.slice(0, start))?.[1] ?? null
  return word === '' && of === null ? undefined : { prefix: word, of, start }
}

const SHOWN = 10
const order = { column: 0, table: 1, word: 2, function: 3 } as const

/** Columns of tables that the query names come first. */
export function completeSql(point: SqlPoint, names: readonly SqlName[], text: string): readonly SqlName[] {
  const prefix = point.prefix.toLowerCase()
  const lower = text.toLowerCase()
  const named = (item: SqlName) => item.kind === 'column' && lower.includes(item.detail.toLowerCase())
  const seen = new Set<string>()
  return names
    .filter(
      (item) =>
        item.name.toLowerCase().startsWith(prefix) &&
        item.name.toLowerCase() !== prefix &&
        (point.of === null || (item.kind === 'column' && (item.detail === point.of || !isTable(point.of)))),
    )
    .sort(
      (a, b) => Number(named(b)) - Number(named(a)) || order[a.kind] - order[b.kind] || a.name.length - b.name.length,
    )
    .filter(({ name }) => !seen.has(name) && seen.add(name) !== undefined)
    .slice(0, SHOWN)

  function isTable(name: string): boolean {
    return names.some((item) => item.kind === 'table' && item.name === name)
  }
}
