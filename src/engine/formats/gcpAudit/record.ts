import type { JsonObject } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { instantOf } from '../shared/epoch'
import { clockFlags, durationUs } from '../shared/eventTime'
import { getFolded, textFolded } from '../shared/folded'
import { classColumns } from './classify'
import { idColumns, placeColumns, statedReasonColumns } from './context'
import { pgAuditColumns, pgAuditOf, queryColumns } from './database'
import { type AuditEntry, logOf } from './entry'
import { identityColumns } from './identity'
import { clusterOf, isKubernetes, kubernetesColumns } from './kubernetes'
import { partOf } from './operation'
import { isPerimeterDryRun, outcomeColumns } from './outcome'
import { resourceColumns } from './resource'

/** One entry as one row. Every field may be missing, of the wrong type or hostile. */
export function mapCall({ entry, payload }: AuditEntry, wallClock: WallClock): AccessEventRow {
  const kubernetes = isKubernetes(payload)
  const row: AccessEventRow = {
    source: 'gcp_audit',
    source_event_id: eventId(entry),
    ...timeColumns(entry, wallClock),
    ...classColumns(entry, payload),
    ...outcomeColumns(entry, payload),
    ...identityColumns(payload, kubernetes ? (clusterOf(entry) ?? '-') : undefined),
    ...placeColumns(payload),
    ...resourceColumns(entry, payload),
    ...statedReasonColumns(payload),
    ...idColumns(entry, payload),
  }
  // By assignment, here and where columns are put together: a literal that begins with a spread is slow.
  if (kubernetes) Object.assign(row, kubernetesColumns(entry, payload))
  const database = pgAuditOf(payload)
  const more = database === undefined ? queryColumns(payload) : pgAuditColumns(entry, database, row)
  const flags = [...flagsOf(entry, payload, wallClock), ...(more.flags ?? [])]
  return Object.assign(row, more, { flags: flags.length === 0 ? undefined : flags })
}

/** An id is unique only within its log and time. */
export function eventId(entry: JsonObject): string | undefined {
  const id = textFolded(entry, 'insertId')
  if (id === undefined) return undefined
  return [id, textFolded(entry, 'logName'), textFolded(entry, 'timestamp')]
    .filter((part) => part !== undefined)
    .join('/')
}

/** The entry's own time; the entry that ends an operation has the time of the end. */
export function timeColumns(
  entry: JsonObject,
  wallClock: WallClock,
): Pick<AccessEventRow, 'ts' | 'ts_precision' | 'ts_kind'> {
  const own = instantOf(getFolded(entry, 'timestamp'), wallClock)
  if (own !== undefined)
    return { ts: own.us, ts_precision: own.precision, ts_kind: partOf(entry) === 'last' ? 'end' : 'start' }
  const received = instantOf(getFolded(entry, 'receiveTimestamp'), wallClock)
  return received === undefined ? {} : { ts: received.us, ts_precision: received.precision, ts_kind: 'logged' }
}

/** What is doubtful about the time that `timeColumns` gives. */
export function timeFlags(entry: JsonObject, wallClock: WallClock): Flag[] {
  return clockFlags(
    instantOf(getFolded(entry, 'timestamp'), wallClock) ?? instantOf(getFolded(entry, 'receiveTimestamp'), wallClock),
  )
}

function flagsOf(entry: JsonObject, payload: JsonObject, wallClock: WallClock): Flag[] {
  const flags = timeFlags(entry, wallClock)
  if (isPerimeterDryRun(payload)) flags.push('dry_run')
  const principal = textFolded(payload, 'authenticationInfo', 'principalEmail')
  if (logOf(entry) === 'system_event' || principal?.endsWith('@system.gserviceaccount.com'))
    flags.push('service_initiated')
  return flags
}

/** The row of an operation: how it began, with what became of it. */
export function mergeOperation(
  first: AuditEntry,
  last: AuditEntry,
  row: AccessEventRow,
  wallClock: WallClock,
): AccessEventRow {
  const started = instantOf(getFolded(first.entry, 'timestamp'), wallClock)
  const ended = instantOf(getFolded(last.entry, 'timestamp'), wallClock)
  const outcome = outcomeColumns(last.entry, last.payload)
  const permitted = outcome.policy_type === undefined && outcome.outcome !== 'denied'
  return {
    ...row,
    ...outcome,
    ...(permitted ? { policy: row.policy, policy_type: row.policy_type, policy_effect: row.policy_effect } : {}),
    ts_end: ended?.us,
    duration_us: durationUs(started, ended),
  }
}
