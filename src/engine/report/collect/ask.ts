/** Questions whose answers keep the query that gave them. */
import { z } from 'zod'
import type { Database } from '../../db/database'
import { type Sql, sql } from '../../db/sql'
import type { Cell } from '../../db/values'
import type { Fact, ModelTable, ValueKind } from '../model'

export interface Ask {
  readonly db: Database
  readonly signal: AbortSignal
  /** What words for the present mean: the time of the report. */
  readonly now: Date
}

/** The query as a person can run it in the SQL console: values written in, indentation taken off. */
export function queryText(query: Sql): string {
  return query.display
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}

const Value = z.object({ value: z.union([z.number(), z.string(), z.null()]) })

export type Question = readonly [label: string, kind: ValueKind, query: Sql]

/** Figures in order; each query gives one row with a column `value`, or none. */
export async function askFacts(ask: Ask, questions: readonly Question[]): Promise<Fact[]> {
  const facts: Fact[] = []
  for (const [label, kind, query] of questions) {
    const value = (await ask.db.get(Value, query, ask.signal))?.value ?? 'none'
    facts.push({ label, kind, value: kind === 'time' ? shortTime(String(value)) : value, sql: queryText(query) })
  }
  return facts
}

/** A table of at most `limit` rows in the order of the query, with the count of all; `columns` are titles and kinds. */
export async function askTable(
  ask: Ask,
  columns: readonly (readonly [title: string, kind: ValueKind])[],
  query: Sql,
  limit: number,
): Promise<ModelTable> {
  const total = await ask.db.get(z.object({ n: z.number() }), sql`SELECT count(*) AS n FROM (${query})`, ask.signal)
  const rows: Record<string, Cell>[] = await ask.db.rows(sql`${query} LIMIT ${limit}`, ask.signal)
  return {
    columns: columns.map(([title, kind]) => ({ title, kind })),
    rows: rows.map((row) =>
      Object.values(row).map((cell, index) =>
        columns[index]?.[1] === 'time' && typeof cell === 'string' ? shortTime(cell) : cell,
      ),
    ),
    total: total?.n ?? 0,
    sql: queryText(query),
  }
}

/** The database gives microseconds always; digits that are all zero say nothing. */
export function shortTime(text: string): string {
  return text.replace(/\.(\d{3})000Z$/, '.$1Z').replace(/\.000Z$/, 'Z')
}
