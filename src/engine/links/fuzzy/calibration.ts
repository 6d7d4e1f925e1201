/** From score and margin to a probability: a table that only rises, counted on the fitting seeds of `npm run evaluate`. */
import { z } from 'zod'
import { type Sql, sql } from '../../db/sql'
import written from './calibrationTable.json'

/** From which support (see `supportOf`) which share of links was right; `unsettled` is for links that no support makes sure. */
export const calibration = z
  .object({
    unsettled: z.number(),
    shares: z.array(z.tuple([z.number(), z.number()])).min(1),
  })
  .parse(written)

/** The score, as far as the margin bears it: a link that is hardly ahead of its rival is hardly supported. */
const supportOf = (score: Sql, margin: Sql) => sql`least(${score}, 7 + coalesce(${margin}, 8))`

/** `settled`: the span has no better event, and the clock is where it was looked for. */
export function probabilityOf(score: Sql, margin: Sql, settled: Sql): Sql {
  const support = supportOf(score, margin)
  const { shares, unsettled } = calibration
  const steps = shares.toReversed().map(([from, share]) => sql`WHEN ${support} >= ${from} THEN ${share}`)
  return sql`(CASE WHEN NOT (${settled}) THEN ${unsettled} ${sql.join(steps, ' ')} ELSE ${shares[0]?.[1] ?? 0} END)::DOUBLE`
}
