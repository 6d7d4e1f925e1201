/** What was loaded, what was refused, and which limits were met. */
import { z } from 'zod'
import type { JournalRecord } from '../../case/journal'
import { acquisitionText, listAcquisitions } from '../../custody/acquisitions'
import { sql } from '../../db/sql'
import { type EvidenceFile, type ModelTable, printLimits, type ReportModel } from '../model'
import { type Ask, askFacts, askTable, queryText, shortTime } from './ask'

const FileRow = z.object({
  name: z.string(),
  sha256: z.string(),
  size_bytes: z.number(),
  formats: z.array(z.string()),
  status: z.string(),
  records_read: z.number(),
  records_kept: z.number(),
  records_duplicate: z.number(),
  records_skipped: z.number(),
  records_rejected: z.number(),
  rows_access_event: z.number(),
  rows_span: z.number(),
  rows_log_record: z.number(),
  rows_metric_point: z.number(),
  first_ts: z.string().nullable(),
  last_ts: z.string().nullable(),
})

export async function collectEvidence(ask: Ask, records: readonly JournalRecord[]): Promise<ReportModel['evidence']> {
  const query = sql`
    SELECT name, sha256, size_bytes, formats, status, records_read, records_kept, records_duplicate, records_skipped,
      records_rejected, rows_access_event, rows_span, rows_log_record, rows_metric_point, first_ts, last_ts
    FROM source_file
    ORDER BY import_id`
  const files = await ask.db.all(FileRow, sql`${query} LIMIT ${printLimits.evidenceFiles}`, ask.signal)
  const totals = await askFacts(ask, [
    ['Files', 'count', sql`SELECT count(*) AS value FROM source_file`],
    ['Bytes', 'count', sql`SELECT coalesce(sum(size_bytes), 0)::BIGINT AS value FROM source_file`],
    ['Records read', 'count', sql`SELECT coalesce(sum(records_read), 0)::BIGINT AS value FROM source_file`],
    ['Kept', 'count', sql`SELECT coalesce(sum(records_kept), 0)::BIGINT AS value FROM source_file`],
    ['Duplicate', 'count', sql`SELECT coalesce(sum(records_duplicate), 0)::BIGINT AS value FROM source_file`],
    ['Skipped', 'count', sql`SELECT coalesce(sum(records_skipped), 0)::BIGINT AS value FROM source_file`],
    ['Rejected', 'count', sql`SELECT coalesce(sum(records_rejected), 0)::BIGINT AS value FROM source_file`],
  ])
  const acquired = new Map<string, string[]>()
  for (const note of listAcquisitions(records))
    acquired.set(note.sha256, [...(acquired.get(note.sha256) ?? []), `acquired ${acquisitionText(note)}`])
  const total = totals[0]?.value
  return {
    files: files.map((row) => toFile(row, acquired.get(row.sha256) ?? [])),
    total: typeof total === 'number' ? total : files.length,
    totals,
    sql: queryText(query),
  }
}

function toFile(row: z.infer<typeof FileRow>, acquired: readonly string[]): EvidenceFile {
  return {
    name: row.name,
    sha256: row.sha256,
    sizeBytes: row.size_bytes,
    acquired,
    formats: row.formats,
    status: row.status,
    records: {
      read: row.records_read,
      kept: row.records_kept,
      duplicate: row.records_duplicate,
      skipped: row.records_skipped,
      rejected: row.records_rejected,
    },
    rows: {
      access_event: row.rows_access_event,
      span: row.rows_span,
      log_record: row.rows_log_record,
      metric_point: row.rows_metric_point,
    },
    firstTs: row.first_ts === null ? null : shortTime(row.first_ts),
    lastTs: row.last_ts === null ? null : shortTime(row.last_ts),
  }
}

export function collectRejects(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['File', 'text'],
      ['Reason', 'text'],
      ['Records', 'count'],
      ['First line', 'count'],
      ['First byte', 'count'],
    ],
    sql`
      SELECT file.name, reject.reason, count(*) AS records, arg_min(reject.line, reject.reject_no) AS line,
        arg_min(reject.byte_offset, reject.reject_no) AS byte_offset
      FROM import_reject reject JOIN source_file file USING (import_id)
      GROUP BY import_id, file.name, reject.reason
      ORDER BY import_id, records DESC, reject.reason`,
    printLimits.rejectReasons,
  )
}

export function collectLimitsHit(ask: Ask): Promise<ModelTable> {
  return askTable(
    ask,
    [
      ['File', 'text'],
      ['Limit', 'text'],
    ],
    sql`
      SELECT name, hit
      FROM (SELECT import_id, name, unnest(limits) AS hit, generate_subscripts(limits, 1) AS ordinal FROM source_file)
      ORDER BY import_id, ordinal`,
    printLimits.limits,
  )
}
