/** What is told of a file: every record that was read, by what became of it. */
import { formatShortest } from '../../common/time'
import type { FileAccount, ImportResult, Reject } from '../../contract/import'
import { listedRejects } from './accounts'
import { type FileTally, unknownHash } from './caseWriter'
import type { FileOutcome } from './protocol'

const noRecords = { read: 0, kept: 0, duplicate: 0, skipped: 0, rejected: 0 }
const noRows = { access_event: 0, span: 0, log_record: 0, metric_point: 0 }
const nothing = { formats: [], rows: noRows, firstTs: null, lastTs: null, rejects: [], limits: [], zones: null }

/** A file that was read to its end, with all its rejects; the account lists the first of them. */
export function readAccount(
  name: string,
  sha256: string,
  tally: FileTally,
  outcome: FileOutcome,
): { readonly account: FileAccount; readonly rejects: readonly Reject[] } {
  const { sizeBytes, skipped, refusal } = outcome
  const rejects =
    refusal === undefined ? outcome.rejects : [wholeFile(sizeBytes, `The file was not imported: ${refusal}.`)]
  const kept = tally.kept + outcome.merged
  const rejected = refusal === undefined ? outcome.rejected : 1
  const { access_event, span, log_record, metric_point } = tally.rows
  const account: FileAccount = {
    name,
    sha256,
    sizeBytes,
    formats: [...outcome.formats],
    status: statusOf(refusal !== undefined, kept, tally.duplicate, skipped, rejected),
    records: { read: kept + tally.duplicate + skipped + rejected, kept, duplicate: tally.duplicate, skipped, rejected },
    rows: { access_event, span, log_record, metric_point },
    firstTs: tally.firstUs === undefined ? null : formatShortest(tally.firstUs),
    lastTs: tally.lastUs === undefined ? null : formatShortest(tally.lastUs),
    rejects: rejects.slice(0, listedRejects),
    limits: [...outcome.limits],
    zones: outcome.zones,
  }
  return { account, rejects }
}

/** A file that could not be read through: nothing of it is in the case, and the account says why. */
export function failedAccount(name: string, sha256: string, sizeBytes: number, reason: string): FileAccount {
  const records = { ...noRecords, read: 1, rejected: 1 }
  return { ...nothing, name, sha256, sizeBytes, status: 'refused', records, rejects: [wholeFile(sizeBytes, reason)] }
}

/** A file whose bytes are in the case already: every record that was kept then is a duplicate now. */
export function duplicateAccount(name: string, before: FileAccount): FileAccount {
  const { read, kept, duplicate, skipped, rejected } = before.records
  return {
    ...before,
    name,
    status: before.status === 'refused' ? 'refused' : 'duplicate',
    records: { read, kept: 0, duplicate: kept + duplicate, skipped, rejected },
    rows: noRows,
  }
}

/** A link, pipe or device inside a named folder: told in the account, never opened. */
export function passedOver({ name, why }: { readonly name: string; readonly why: string }): FileAccount {
  const limits = [`not read: ${why}`]
  return { ...nothing, name, sha256: unknownHash, sizeBytes: 0, status: 'skipped', records: noRecords, limits }
}

function wholeFile(length: number, reason: string): Reject {
  return { member: null, line: 1, offset: 0, length, reason }
}

function statusOf(
  refused: boolean,
  kept: number,
  duplicate: number,
  skipped: number,
  rejected: number,
): FileAccount['status'] {
  if (refused) return 'refused'
  if (kept === 0 && duplicate === 0)
    return rejected > 0 && skipped === 0 ? 'refused' : rejected > 0 ? 'partial' : 'skipped'
  return rejected > 0 ? 'partial' : 'imported'
}

export function totals(files: readonly FileAccount[]): ImportResult['totals'] {
  const sum = (pick: (file: FileAccount) => number) => files.reduce((total, file) => total + pick(file), 0)
  return {
    files: files.length,
    read: sum(({ records }) => records.read),
    kept: sum(({ records }) => records.kept),
    duplicate: sum(({ records }) => records.duplicate),
    skipped: sum(({ records }) => records.skipped),
    rejected: sum(({ records }) => records.rejected),
    access_event: sum(({ rows }) => rows.access_event),
    span: sum(({ rows }) => rows.span),
    log_record: sum(({ rows }) => rows.log_record),
    metric_point: sum(({ rows }) => rows.metric_point),
  }
}
