import { z } from 'zod'
import { AppError } from '../../common/errors'
import { formatShortest } from '../../common/time'
import { type FileAccount, fileStatuses, type Reject, type RowCounts, ZoneAccount } from '../../contract/import'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'

/** As many rejects as an account lists; the rest are asked for. */
export const listedRejects = 100

const AccountRow = z.object({
  import_id: z.number(),
  name: z.string(),
  sha256: z.string(),
  size_bytes: z.number(),
  formats: z.array(z.string()),
  status: z.enum(fileStatuses),
  records_read: z.number(),
  records_kept: z.number(),
  records_duplicate: z.number(),
  records_skipped: z.number(),
  records_rejected: z.number(),
  rows_access_event: z.number(),
  rows_span: z.number(),
  rows_log_record: z.number(),
  rows_metric_point: z.number(),
  first_us: z.coerce.number().nullable(),
  last_us: z.coerce.number().nullable(),
  limits: z.array(z.string()),
  zones: z.string().nullable(),
})

const RejectRow = z.object({
  import_id: z.number(),
  member: z.string().nullable(),
  line: z.number(),
  byte_offset: z.number(),
  byte_length: z.number(),
  reason: z.string(),
})

function toReject(row: z.infer<typeof RejectRow>): Reject {
  return { member: row.member, line: row.line, offset: row.byte_offset, length: row.byte_length, reason: row.reason }
}

/** The import accounts in the order in which the files came, with at most `listedRejects` rejects each. */
export async function listAccounts(
  db: Database,
  condition: Sql = sql.empty,
): Promise<(FileAccount & { readonly importId: number })[]> {
  const rows = await db.all(
    AccountRow,
    sql`
      SELECT * EXCLUDE (first_ts, last_ts, options, tool, import_batch), epoch_us(first_ts) AS first_us, epoch_us(last_ts) AS last_us
      FROM source_file ${condition} ORDER BY import_id`,
  )
  const rejects = await db.all(
    RejectRow,
    sql`
      SELECT import_id, member, line, byte_offset, byte_length, reason FROM import_reject
      WHERE reject_no < ${listedRejects} ORDER BY import_id, reject_no`,
  )
  const byFile = new Map<number, Reject[]>()
  for (const reject of rejects)
    byFile.set(reject.import_id, [...(byFile.get(reject.import_id) ?? []), toReject(reject)])
  return rows.map((row) => ({
    importId: row.import_id,
    name: row.name,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    formats: row.formats,
    status: row.status,
    records: {
      read: row.records_read,
      kept: row.records_kept,
      duplicate: row.records_duplicate,
      skipped: row.records_skipped,
      rejected: row.records_rejected,
    },
    rows: rowCounts(row),
    firstTs: row.first_us === null ? null : formatShortest(row.first_us),
    lastTs: row.last_us === null ? null : formatShortest(row.last_us),
    rejects: byFile.get(row.import_id) ?? [],
    limits: row.limits,
    zones: row.zones === null ? null : ZoneAccount.parse(JSON.parse(row.zones)),
  }))
}

function rowCounts(row: z.infer<typeof AccountRow>): RowCounts {
  return {
    access_event: row.rows_access_event,
    span: row.rows_span,
    log_record: row.rows_log_record,
    metric_point: row.rows_metric_point,
  }
}

/** Errors: `not-found` where no file of the case has this hash. */
export async function requireSource(db: Database, sha256: string): Promise<void> {
  const found = await db.get(
    z.object({ n: z.number() }),
    sql`SELECT count(*) AS n FROM source_file WHERE sha256 = ${sha256}`,
  )
  if ((found?.n ?? 0) === 0) throw new AppError('not-found', 'No file of this case has this SHA-256.')
}

/** Every reject, of one file or all, in file order. */
export async function listRejects(
  db: Database,
  options: { readonly sha256?: string; readonly offset: number; readonly limit: number },
): Promise<{ rejects: ({ file: string; sha256: string } & Reject)[]; total: number }> {
  const only = options.sha256 === undefined ? sql.empty : sql`WHERE f.sha256 = ${options.sha256}`
  const from = sql`FROM import_reject r JOIN source_file f USING (import_id) ${only}`
  const total = await db.get(z.object({ n: z.number() }), sql`SELECT count(*) AS n ${from}`)
  const rows = await db.all(
    RejectRow.extend({ file: z.string(), sha256: z.string() }),
    sql`
      SELECT r.import_id, f.name AS file, f.sha256, r.member, r.line, r.byte_offset, r.byte_length, r.reason ${from}
      ORDER BY r.import_id, r.reject_no LIMIT ${options.limit} OFFSET ${options.offset}`,
  )
  return {
    rejects: rows.map((row) => ({ file: row.file, sha256: row.sha256, ...toReject(row) })),
    total: total?.n ?? 0,
  }
}
