import { type JournalRecord, zeroHash } from '../../case/journal'
import type { ReportModel } from '../model'

/** Acts that leave the case as it was. Printing the same case twice must give the same bytes, so they do not count. */
const leavesNoMark =
  /^(?:case\.(?:open|close|recover|verify|rebuild|pack)|report\.(?:create|compose|logo)|export\.|verify)/

/** The last act that changed what a report says: its hash covers all before it. */
export function lastAct(records: readonly JournalRecord[]): ReportModel['journal'] {
  const last = records.findLast((record) => !leavesNoMark.test(record.op))
  return { seq: last?.seq ?? 0, head: last?.hash ?? zeroHash, at: last?.at ?? null }
}
