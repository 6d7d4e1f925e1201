/**
 * The timeline: events by the values of a field and spans by service, all in the same buckets. The sum of all cells of
 * event lanes is the number of events of the scope in the window; values beyond the cap are in one lane `(other)`.
 */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import { type Sql, sql } from '../db/sql'
import { buckets } from '../query/buckets'
import { groupingOf } from '../query/columns'
import { noValue, otherValues } from '../query/histogram'
import { type Asking, all, inWindow, scopeWhere } from '../query/scope'

type Lanes = Result<'timeline.lanes'>
type Lane = Lanes['lanes'][number]

const CellRow = z.object({ lane: z.string(), b: z.number(), series: z.string(), n: z.number(), folded: z.number() })

export async function timelineLanes(asking: Asking, params: Params<'timeline.lanes'>): Promise<Lanes> {
  const { window, maxLanes } = params
  const where = await scopeWhere(asking, params.scope)
  const lastUs = Math.max(window.fromUs, window.toUs - 1)
  const range = buckets(window.fromUs, lastUs, params.buckets)
  const lane = groupingOf(params.laneBy)
  const events = await readLanes(asking, {
    kind: 'events',
    table: sql`access_event`,
    lane: lane.expression,
    series: sql`outcome`,
    where: sql`${inWindow(window)} AND (${where})`,
    startUs: range.startUs,
    widthUs: range.widthUs,
    maxLanes,
  })
  // With a filter, the spans shown are those of the traces that the filtered events are linked to.
  const linked =
    params.scope.filter.trim() === ''
      ? []
      : [
          sql`trace_id IN (SELECT l.trace_id FROM link l WHERE coalesce(l.verdict, '') <> 'rejected'
            AND l.event_id IN (SELECT event_id FROM access_event WHERE ${where}))`,
        ]
  const narrowed = params.scope.window === undefined ? [] : [inWindow(params.scope.window)]
  const spans = await readLanes(asking, {
    kind: 'spans',
    table: sql`span`,
    lane: sql`service`,
    series: sql`CASE WHEN status = 'error' THEN 'error' ELSE 'ok' END`,
    where: all([inWindow(window), ...narrowed, ...linked]),
    startUs: range.startUs,
    widthUs: range.widthUs,
    maxLanes,
  })
  return {
    startUs: range.startUs,
    widthUs: range.widthUs,
    buckets: range.count,
    lanes: [...events.lanes, ...spans.lanes],
    folded: events.folded + spans.folded,
  }
}

interface LaneQuery {
  readonly kind: Lane['kind']
  readonly table: Sql
  readonly lane: Sql
  readonly series: Sql
  readonly where: Sql
  readonly startUs: number
  readonly widthUs: number
  readonly maxLanes: number
}

async function readLanes(asking: Asking, query: LaneQuery): Promise<{ lanes: Lane[]; folded: number }> {
  const bucket = sql`(epoch_us(ts) - ${BigInt(query.startUs)}::BIGINT) // ${BigInt(query.widthUs)}::BIGINT`
  const rows = await asking.db.all(
    CellRow,
    sql`
      WITH cell AS (
        SELECT lane, b, series, count(*) AS n
        FROM (
          SELECT coalesce(CAST(${query.lane} AS VARCHAR), ${noValue}) AS lane, ${bucket} AS b, ${query.series} AS series
          FROM ${query.table}
          WHERE ${query.where})
        GROUP BY ALL
      ), ranked AS (
        SELECT lane, row_number() OVER (ORDER BY sum(n) DESC, lane) AS place, count(*) OVER () AS lanes
        FROM cell
        GROUP BY lane
      ), kept AS (
        -- One place is given to the lane (other) where there are more values than lanes.
        SELECT lane, place <= ${query.maxLanes} - (lanes > ${query.maxLanes})::INTEGER AS own,
          greatest(0, lanes - ${query.maxLanes} + 1) * (lanes > ${query.maxLanes})::INTEGER AS folded
        FROM ranked
      )
      SELECT lane, b, series, sum(n)::BIGINT AS n, max(folded)::BIGINT AS folded
      FROM (
        SELECT CASE WHEN own THEN cell.lane ELSE ${otherValues} END AS lane, b, series, n, folded
        FROM cell JOIN kept ON kept.lane = cell.lane)
      GROUP BY lane, b, series
      ORDER BY b, series`,
    asking.signal,
  )
  const lanes = new Map<string, { total: number; cells: [number, string, number][] }>()
  for (const row of rows) {
    let lane = lanes.get(row.lane)
    if (lane === undefined) {
      lane = { total: 0, cells: [] }
      lanes.set(row.lane, lane)
    }
    lane.total += row.n
    lane.cells.push([row.b, row.series, row.n])
  }
  const ordered = [...lanes].sort(
    ([a, x], [b, y]) => Number(a === otherValues) - Number(b === otherValues) || y.total - x.total || (a < b ? -1 : 1),
  )
  return {
    lanes: ordered.map(([key, lane]) => ({ kind: query.kind, key, ...lane })),
    folded: rows[0]?.folded ?? 0,
  }
}
