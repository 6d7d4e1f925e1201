import type { WallClock } from '../../../common/time'
import type { MappedColumn } from '../../../contract/mappingFile'
import type { AccessEventRow } from '../../db/rows'
import { activityOfVerb, readOnlyOfActivity } from '../shared/activity'
import { actorKey, mailOf } from '../shared/actorKey'
import { httpOutcome } from '../shared/outcome'
import { ticketsIn } from '../shared/tickets'
import { uaFamily } from '../shared/userAgent'
import { setColumn } from './columns'
import type { CompiledMapping } from './compile'
import type { View } from './place'
import type { MappedTime } from './time'

/** A value that did not fit its column: the row goes without it. Told by `mapping test` only. */
export interface Misfit {
  readonly column: string
  readonly reason: string
}

export type Mapped = { readonly row: AccessEventRow; readonly misfits: readonly Misfit[] } | { readonly reject: string }

const genericSource = 'generic'

/** One record as a row. Without a time or an action there is none; everything else may be missing. */
export function mapView(mapping: CompiledMapping, view: View, wallClock: WallClock): Mapped {
  const timeText = mapping.time.text(view)
  if (timeText === undefined) return { reject: `there is no time at “${mapping.time.label}”` }
  const time = mapping.time.read(timeText, wallClock)
  if ('problem' in time) return { reject: time.problem }
  const misfits: Misfit[] = []
  const row: AccessEventRow = {
    source: genericSource,
    ts: time.us,
    ts_precision: time.precision,
    ts_kind: mapping.time.kind,
    outcome: 'unknown',
  }
  for (const { name, rule } of mapping.columns) {
    const found = rule.find(view)
    const text = found.text ?? rule.default
    if (text === undefined) continue
    if (name === 'ts_end') setEnd(mapping, row, text, wallClock, misfits)
    else if (!setColumn(row, name, found, text, mapping.durationUnit)) fallBack(mapping, row, name, text, rule, misfits)
    if (name === 'outcome' && found.source !== undefined) row.outcome_code ??= found.source
  }
  if (row.action === undefined) return { reject: `there is no action at “${labelOf(mapping, 'action')}”` }
  row.source_event_id = mapping.id?.find(view).source
  correlate(mapping, row, view)
  derive(mapping, row, time)
  return { row, misfits }
}

/** A word that the column does not know: its default, else the column stays as it is (an outcome: `unknown`). */
function fallBack(
  mapping: CompiledMapping,
  row: AccessEventRow,
  name: MappedColumn,
  text: string,
  rule: CompiledMapping['columns'][number]['rule'],
  misfits: Misfit[],
): void {
  const nothing = { source: undefined, text: undefined, known: true }
  if (rule.default !== undefined && rule.default !== text) {
    if (setColumn(row, name, nothing, rule.default, mapping.durationUnit)) return
  }
  misfits.push({ column: name, reason: `“${text.slice(0, 60)}” does not fit` })
}

function setEnd(
  mapping: CompiledMapping,
  row: AccessEventRow,
  text: string,
  wallClock: WallClock,
  misfits: Misfit[],
): void {
  const end = mapping.time.read(text, wallClock)
  if ('problem' in end) misfits.push({ column: 'ts_end', reason: end.problem })
  else row.ts_end = end.us
}

function labelOf(mapping: CompiledMapping, name: MappedColumn): string {
  return mapping.columns.find((column) => column.name === name)?.rule.label ?? name
}

function correlate(mapping: CompiledMapping, row: AccessEventRow, view: View): void {
  const ids = mapping.correlations.flatMap(({ kind, rule }) => {
    const value = rule.find(view).text
    return value === undefined ? [] : [{ kind, value }]
  })
  if (ids.length > 0) row.correlation_ids = ids
}

/** What follows from the mapped columns, by the rules that every source shares. A mapped value is never replaced. */
function derive(mapping: CompiledMapping, row: AccessEventRow, time: MappedTime): void {
  row.actor_email = mailOf(row.actor_email) ?? mailOf(row.actor_name) ?? mailOf(row.actor_id) ?? row.actor_email
  const native = row.actor_id ?? row.actor_name ?? row.actor_email
  row.actor_key = actorKey({
    mail: [row.actor_email],
    namespace: 'generic',
    id: native === undefined ? undefined : `${mapping.system}/${native}`,
    source: genericSource,
  })
  row.actor_id ??= row.actor_name ?? row.actor_email
  row.actor_type ??= native === undefined ? 'unknown' : undefined
  const activity = activityOfVerb(row.action ?? '')
  if (activity !== 'other') row.activity ??= activity
  row.read_only ??= row.activity === undefined ? undefined : readOnlyOfActivity(row.activity)
  const outcomeMapped = mapping.columns.some(({ name }) => name === 'outcome')
  if (!outcomeMapped && row.http_status !== undefined) row.outcome = httpOutcome(row.http_status)
  row.ua_family = uaFamily(row.user_agent)
  if (row.resource_name !== undefined)
    row.resource_key ??= `${genericSource}:${mapping.system}/${row.resource_type ?? '-'}/${row.resource_name}`
  if (row.resource_key !== undefined)
    row.resources = [{ key: row.resource_key, ...(row.resource_type === undefined ? {} : { type: row.resource_type }) }]
  const tickets = row.ticket_ids ?? ticketsIn(row.reason)
  if (tickets.length > 0) row.ticket_ids = tickets
  if (row.reason !== undefined) row.reason_field = labelOf(mapping, 'reason')
  if (row.trace_id === undefined) row.span_id = undefined
  else row.trace_source = labelOf(mapping, 'trace_id')
  if (time.flags.length > 0) row.flags = [...time.flags]
}
