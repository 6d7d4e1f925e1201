/**
 * Events over time in aligned buckets. Every event of the scope that has a time is in exactly one bucket; events
 * without a time are in none, and are the difference to `events.count`.
 */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { sql } from '../db/sql'
import { buckets } from './buckets'
import { groupingOf } from './columns'
import { type Asking, scopeWhere } from './scope'

const SpanRow = z.object({ first: z.coerce.number().nullable(), last: z.coerce.number().nullable() })
const CellRow = z.object({ b: z.number(), v: z.string(), n: z.number() })

/** More values than these are in one series of their own. */
const maxSeries = 20
export const noValue = '(none)'
export const otherValues = '(other)'

export async function histogram(
  asking: Asking,
  params: Params<'events.histogram'>,
): Promise<Result<'events.histogram'>> {
  const where = await scopeWhere(asking, params.scope)
  const grouping = params.by === undefined ? undefined : groupingOf(params.by)
  const span = await asking.db.get(
    SpanRow,
    sql`SELECT epoch_us(min(ts))::VARCHAR AS first, epoch_us(max(ts))::VARCHAR AS last FROM access_event WHERE ${where}`,
    asking.signal,
  )
  if (span?.first == null || span.last === null) return { startUs: [], widthUs: 0, count: [], by: {} }
  const range = buckets(span.first, span.last, params.buckets)
  // Whole numbers below 2^63 as bigint, since a double parameter would make the division a floating one.
  const bucket = sql`(epoch_us(ts) - ${BigInt(range.startUs)}::BIGINT) // ${BigInt(range.widthUs)}::BIGINT`
  const value = grouping === undefined ? sql`''` : sql`coalesce(CAST(${grouping.expression} AS VARCHAR), ${noValue})`
  const rows = await asking.db.all(
    CellRow,
    sql`
      WITH cell AS (
        SELECT b, v, count(*) AS n
        FROM (SELECT ${bucket} AS b, ${value} AS v FROM access_event WHERE ts IS NOT NULL AND (${where}))
        GROUP BY b, v
      ), top AS (SELECT v FROM cell GROUP BY v ORDER BY sum(n) DESC, v LIMIT ${maxSeries})
      SELECT b, CASE WHEN v IN (FROM top) THEN v ELSE ${otherValues} END AS v, sum(n)::BIGINT AS n
      FROM cell
      GROUP BY ALL
      ORDER BY b, v`,
    asking.signal,
  )
  const count = new Array<number>(range.count).fill(0)
  const series = new Map<string, number[]>()
  for (const row of rows) {
    count[row.b] = (count[row.b] ?? 0) + row.n
    if (grouping === undefined) continue
    let cells = series.get(row.v)
    if (cells === undefined) {
      cells = new Array<number>(range.count).fill(0)
      series.set(row.v, cells)
    }
    cells[row.b] = row.n
  }
  return {
    startUs: count.map((_, index) => range.startUs + index * range.widthUs),
    widthUs: range.widthUs,
    count,
    by: Object.fromEntries(series),
  }
}
