/**
 * Pages by keyset on (ts, seq), in both directions. Events without a time come last in every order, by arrival; their
 * part is a query of its own, so that the timed part keeps a plain comparison on `ts` that prunes row groups.
 */
import { z } from 'zod'
import { type Cursor, type EventRow, NO_TIME_US } from '../../contract/events'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import type { Output } from './columns'
import { eventJson } from './eventJson'
import { atUs } from './scope'

export interface PageRequest {
  readonly where: Sql
  readonly outputs: readonly Output[]
  readonly order: 'ts' | '-ts'
  readonly after?: Cursor | undefined
  readonly backward: boolean
  readonly fromUs?: number | undefined
  readonly limit: number
}

export interface PageRow {
  readonly seq: number
  /** Null for events without a time. */
  readonly tsUs: number | null
  /** The asked columns as JSON, see `eventJson`. */
  readonly columns: EventRow
}

export interface Page {
  readonly rows: readonly PageRow[]
  readonly more: boolean
}

const StoredRow = z.object({
  seq: z.coerce.number(),
  ts_us: z.coerce.number().nullable(),
  precision: z.string().nullable(),
  columns: z.string(),
})

export async function readPage(db: Database, request: PageRequest, signal?: AbortSignal): Promise<Page> {
  const rows: PageRow[] = []
  for (const part of parts(request)) {
    const wanted = request.limit + 1 - rows.length
    if (wanted <= 0) continue
    for (const row of await db.all(StoredRow, partSql(request, part, wanted), signal))
      rows.push({ seq: row.seq, tsUs: row.ts_us, columns: eventJson(row.columns, row.precision) })
  }
  const more = rows.length > request.limit
  const page = rows.slice(0, request.limit)
  return { rows: request.backward ? page.reverse() : page, more }
}

interface Part {
  readonly condition: Sql
  readonly orderBy: Sql
}

/** The timed and the untimed part, in the order in which the page walks through them. */
function parts({ order, after, backward, fromUs }: PageRequest): Part[] {
  const rising = (order === 'ts') !== backward
  const compare = rising ? sql.trusted('>') : sql.trusted('<')
  const direction = rising ? sql`ASC` : sql`DESC`
  const inUntimed = after !== undefined && after.tsUs >= NO_TIME_US
  const timed: Part = { condition: timedCondition(), orderBy: sql`ts ${direction}, seq ${direction}` }
  const untimed: Part = {
    condition: inUntimed ? sql`ts IS NULL AND seq ${compare} ${seqOf(after.seq)}` : sql`ts IS NULL`,
    orderBy: sql`seq ${direction}`,
  }
  if (backward) {
    if (inUntimed || (after === undefined && fromUs === undefined)) return [untimed, timed]
    return [timed]
  }
  return inUntimed ? [untimed] : [timed, untimed]

  function timedCondition(): Sql {
    if (after !== undefined && !inUntimed) {
      const at = atUs(after.tsUs)
      return sql`ts ${compare}= ${at} AND (ts ${compare} ${at} OR seq ${compare} ${seqOf(after.seq)})`
    }
    if (after === undefined && fromUs !== undefined)
      return backward ? sql`ts ${compare} ${atUs(fromUs)}` : sql`ts ${compare}= ${atUs(fromUs)}`
    return sql`ts IS NOT NULL`
  }
}

export function seqOf(seq: number): bigint {
  return BigInt(Math.trunc(Math.max(-9e15, Math.min(9e15, seq))))
}

/**
 * Picks the rows by their narrow keys first, then reads the wide columns of those rows only; as one JSON text a row,
 * since reading 74 vectors value by value takes three times as long.
 */
function partSql({ where, outputs }: PageRequest, part: Part, limit: number): Sql {
  const members = sql.join(
    outputs.map((output) => sql`${output.key}, ${output.expression}`),
    ', ',
  )
  return sql`
    SELECT seq, epoch_us(ts) AS ts_us, ts_precision AS "precision", CAST(json_object(${members}) AS VARCHAR) AS "columns"
    FROM access_event
    WHERE rowid IN (SELECT rowid FROM access_event WHERE ${part.condition} AND (${where}) ORDER BY ${part.orderBy} LIMIT ${limit})
    ORDER BY ${part.orderBy}`
}

/** How many rows of `where` come before the cursor, and how many there are. */
export function rankSql(where: Sql, order: 'ts' | '-ts', cursor: Cursor): Sql {
  const before = order === 'ts' ? sql.trusted('<') : sql.trusted('>')
  const seq = seqOf(cursor.seq)
  const earlier =
    cursor.tsUs >= NO_TIME_US
      ? sql`ts IS NOT NULL OR seq ${before} ${seq}`
      : sql`ts ${before} ${atUs(cursor.tsUs)} OR (ts = ${atUs(cursor.tsUs)} AND seq ${before} ${seq})`
  return sql`SELECT count(*) FILTER (WHERE ${earlier}) AS "index", count(*) AS total FROM access_event WHERE ${where}`
}
