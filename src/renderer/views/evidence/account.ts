import type { FileAccount, RecordCounts, RowCounts, ZoneAccount } from '../../../contract/import'

export interface Totals {
  readonly files: number
  readonly sizeBytes: number
  readonly records: RecordCounts
  readonly rows: RowCounts
  readonly firstTs: string | null
  readonly lastTs: string | null
}

/** Sums over files. Times are RFC 3339 in UTC, so their text order is their order. */
export function totalsOf(files: readonly FileAccount[]): Totals {
  const records = { read: 0, kept: 0, duplicate: 0, skipped: 0, rejected: 0 }
  const rows = { access_event: 0, span: 0, log_record: 0, metric_point: 0 }
  let sizeBytes = 0
  let firstTs: string | null = null
  let lastTs: string | null = null
  for (const file of files) {
    sizeBytes += file.sizeBytes
    for (const key of ['read', 'kept', 'duplicate', 'skipped', 'rejected'] as const) records[key] += file.records[key]
    for (const key of ['access_event', 'span', 'log_record', 'metric_point'] as const) rows[key] += file.rows[key]
    if (file.firstTs !== null && (firstTs === null || file.firstTs < firstTs)) firstTs = file.firstTs
    if (file.lastTs !== null && (lastTs === null || file.lastTs > lastTs)) lastTs = file.lastTs
  }
  return { files: files.length, sizeBytes, records, rows, firstTs, lastTs }
}

/** A file that was refused and has not been imported since; its bytes are known, so it could be read. */
export function isMappable(file: FileAccount, all: readonly FileAccount[]): boolean {
  if (file.status !== 'refused' || /^0+$/.test(file.sha256)) return false
  return !all.some(({ sha256, status }) => sha256 === file.sha256 && status !== 'refused')
}

/** Whether times of the file were read in a zone that nobody named, in two ways, or not at all for want of one. */
export function zoneInDoubt(zones: ZoneAccount | null): boolean {
  if (zones === null) return false
  const guessed = zones.assumed > 0 && zones.timeZone === null
  return (
    guessed || zones.ambiguous > 0 || zones.missing > 0 || zones.abbreviations.some(({ readAs }) => readAs === null)
  )
}

/** Whether the account closes: every record that was read is kept, a duplicate, skipped or rejected. */
export function addsUp({ read, kept, duplicate, skipped, rejected }: RecordCounts): boolean {
  return kept + duplicate + skipped + rejected === read
}
