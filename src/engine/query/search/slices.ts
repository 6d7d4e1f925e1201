/** The events of the case in slices of time of about equal size, the newest first. */
import { z } from 'zod'
import { type Sql, sql } from '../../db/sql'
import type { Asking } from '../scope'

/** About 30 ms of searching each: short enough to show hits at once and to stop at once. */
export const sliceRows = 40_000
/** Later slices are larger: what is paid per slice is paid less often. */
const largestSliceRows = 160_000
/** Enough to place the edges to a few percent; more would cost more than the first slice. */
const samples = 20_000

export interface Slice {
  readonly condition: Sql
  /** Where the slice begins; null for the oldest one and for events without a time. */
  readonly fromUs: number | null
}

const Edge = z.object({ us: z.coerce.number() })

/** `total`: how many events `where` holds. Each of them is in exactly one slice, however the times are spread. */
export async function newestFirst(asking: Asking, where: Sql, total: number): Promise<Slice[]> {
  const every = Math.max(1, Math.floor(total / samples))
  const edges = await asking.db.all(
    Edge,
    sql`SELECT epoch_us(ts) AS us FROM access_event
      WHERE ts IS NOT NULL AND seq % ${every} = 0 AND (${where})
      ORDER BY ts DESC`,
    asking.signal,
  )
  const cuts: number[] = []
  for (let at = sliceRows, size = sliceRows; ; at += size) {
    const us = edges[Math.floor(at / every)]?.us
    if (us === undefined) break
    if (us !== cuts.at(-1)) cuts.push(us)
    size = Math.min(size * 2, largestSliceRows)
  }
  const slices: Slice[] = []
  let before: Sql | undefined
  for (const us of cuts) {
    const from = sql`make_timestamp(${BigInt(us)}::BIGINT)`
    const condition = before === undefined ? sql`ts >= ${from}` : sql`ts >= ${from} AND ts < ${before}`
    slices.push({ condition, fromUs: us })
    before = from
  }
  slices.push({ condition: before === undefined ? sql`ts IS NOT NULL` : sql`ts < ${before}`, fromUs: null })
  slices.push({ condition: sql`ts IS NULL`, fromUs: null })
  return slices
}
