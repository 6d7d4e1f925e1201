/** From score and margin to a probability: a table that only rises, counted on the fitting seeds of `npm run evaluate`. */
import { type Sql, sql } from '../../db/sql'

/** Up to which support (see `supportOf`) which share of links was right. */
export const shares: readonly (readonly [support: number, share: number])[] = [
  [5, 0.3],
  [6, 0.4],
  [7, 0.5],
  [8, 0.7],
  [9, 0.8],
  [10, 0.9],
  [12, 0.97],
  [14, 0.99],
  [Number.POSITIVE_INFINITY, 0.995],
]

/** The score, as far as the margin bears it: a link that is hardly ahead of its rival is hardly supported. */
export const supportOf = (score: Sql, margin: Sql) => sql`least(${score}, 7 + coalesce(${margin}, 8))`

/** `settled`: the span has no better event, and the clock is where it was looked for. */
export function probabilityOf(score: Sql, margin: Sql, settled: Sql): Sql {
  const support = supportOf(score, margin)
  const steps = shares.map(([upTo, share]) =>
    Number.isFinite(upTo) ? sql`WHEN ${support} < ${upTo} THEN ${share}` : sql`ELSE ${share}`,
  )
  return sql`(CASE WHEN NOT (${settled}) THEN ${shares[0]?.[1] ?? 0} ${sql.join(steps, ' ')} END)::DOUBLE`
}
