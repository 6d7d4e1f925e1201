/**
 * Pages by keyset on (ts, seq), in both directions. Events without a time come last in every order, by arrival; their
 * part is a query of its own, so that the timed part keeps a plain comparison on `ts` that prunes row groups.
 */
import { type Cursor, NO_TIME_US } from '../../contract/events'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import type { Cell } from '../db/values'
import type { Output } from './columns'
import { precisionKey } from './eventJson'
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

export interface Page {
  /** With `seq`, `ts_us` (null for events without a time) and the precision under `precisionKey`. */
  readonly rows: readonly Record<string, Cell>[]
  readonly more: boolean
}

export async function readPage(db: Database, request: PageRequest, signal?: AbortSignal): Promise<Page> {
  const rows: Record<string, Cell>[] = []
  for (const part of parts(request)) {
    const wanted = request.limit + 1 - rows.length
    if (wanted > 0) rows.push(...(await db.rows(partSql(request, part, wanted), signal)))
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

/** Picks the rows by their narrow keys first, then reads the wide columns of those rows only. */
function partSql({ where, outputs }: PageRequest, part: Part, limit: number): Sql {
  const selected = sql.join(
    outputs.map((output) => sql`${output.expression} AS ${sql.ident(output.key)}`),
    ', ',
  )
  const comma = outputs.length === 0 ? sql.empty : sql`, `
  return sql`
    SELECT seq, epoch_us(ts) AS ts_us, ts_precision AS ${sql.ident(precisionKey)}${comma}${selected}
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
