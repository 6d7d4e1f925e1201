/** Events one by one and as a stream of any length; for handlers, the command line and reports. */
import { z } from 'zod'
import { AppError, throwIfAborted } from '../../common/errors'
import type { Params, Result } from '../../contract'
import { type EventRow, NO_TIME_US } from '../../contract/events'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { eventColumns, outputs } from './columns'
import { type PageRow, rankSql, readPage } from './page'
import { type Asking, scopeWhere } from './scope'

export async function eventPage(asking: Asking, params: Params<'events.page'>): Promise<Result<'events.page'>> {
  const where = await scopeWhere(asking, params.scope)
  const fields = params.fields ?? eventColumns
  const page = await readPage(asking.db, { ...params, where, outputs: outputs(['event_id', ...fields]) }, asking.signal)
  return { rows: page.rows.map(withKeys), more: page.more }
}

function withKeys({ seq, tsUs, columns }: PageRow): EventRow {
  return { seq, ...(tsUs === null ? {} : { ts_us: tsUs }), ...columns }
}

const RankRow = z.object({ index: z.number(), total: z.number() })

export async function eventRank(asking: Asking, params: Params<'events.rank'>): Promise<Result<'events.rank'>> {
  const where = await scopeWhere(asking, params.scope)
  const row = await asking.db.get(RankRow, rankSql(where, params.order, params.cursor), asking.signal)
  return row ?? { index: 0, total: 0 }
}

const PositionRow = z.object({
  raw: z.string().nullable(),
  name: z.string().nullable(),
  sha256: z.string().nullable(),
  member: z.string().nullable(),
  record_no: z.number(),
  line: z.number(),
  byte_offset: z.number(),
  byte_length: z.number(),
})

/** Errors: `not-found`. */
export async function getEvent(db: Database, eventId: string, signal?: AbortSignal): Promise<Result<'events.get'>> {
  const where = sql`event_id = ${BigInt(eventId)}`
  const request = { where, outputs: outputs(eventColumns), order: 'ts', backward: false, limit: 1 } as const
  const row = (await readPage(db, request, signal)).rows[0]
  const position = await db.get(
    PositionRow,
    sql`SELECT e.raw, f.name, f.sha256, e.member, e.record_no, e.line, e.byte_offset, e.byte_length
      FROM access_event e LEFT JOIN source_file f ON f.import_id = e.import_id
      WHERE e.${where} LIMIT 1`,
    signal,
  )
  if (row === undefined || position === undefined)
    throw new AppError('not-found', `There is no event ${eventId} in this case.`, { eventId })
  return {
    event: withKeys(row),
    raw: position.raw ?? '',
    position: {
      file: position.name ?? '',
      sha256: position.sha256 ?? '',
      member: position.member,
      recordNo: position.record_no,
      line: position.line,
      offset: position.byte_offset,
      length: position.byte_length,
    },
  }
}

export interface ListRequest {
  /** A condition from `scopeWhere`. */
  readonly where: Sql
  readonly order?: 'ts' | '-ts'
  readonly limit?: number | undefined
  /** Columns, aliases or `raw.<path>`; left out: `event_id` and all columns of the event. */
  readonly fields?: readonly string[] | undefined
  /** Adds `raw`, the exact text of the record. */
  readonly raw?: boolean
}

const batchRows = 10_000
/** Records can be large (16 MiB at most each), so that fewer are held at once. */
const rawBatchRows = 1_000

/** Events in order, without `seq` and `ts_us`; holds one batch in memory, whatever the number of events. */
export async function* listEvents(db: Database, request: ListRequest, signal?: AbortSignal): AsyncGenerator<EventRow> {
  const { where, order = 'ts', raw = false } = request
  const fields = [...(request.fields ?? eventColumns), ...(raw ? ['raw'] : [])]
  const columns = outputs(fields)
  let left = request.limit ?? Number.POSITIVE_INFINITY
  let after: { tsUs: number; seq: number } | undefined
  while (left > 0) {
    throwIfAborted(signal)
    const limit = Math.min(left, raw ? rawBatchRows : batchRows)
    const page = await readPage(db, { where, outputs: columns, order, after, backward: false, limit }, signal)
    for (const { seq, tsUs, columns: row } of page.rows) {
      yield row
      after = { tsUs: tsUs ?? NO_TIME_US, seq }
    }
    left -= page.rows.length
    if (!page.more || page.rows.length === 0) return
  }
}
