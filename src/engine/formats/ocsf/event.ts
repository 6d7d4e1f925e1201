import { at, get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Activity, Flag } from '../../db/rows'
import { activityOfVerb, readOnlyOfActivity } from '../shared/activity'
import { canonicalIp } from '../shared/address'
import { instantOf } from '../shared/epoch'
import { httpStatus } from '../shared/outcome'
import { agentColumns, idPairs, numberIn, statedReason, timeColumns } from '../shared/rowParts'
import type { EventKind } from './classes'
import { identityColumns, isAdmin } from './identity'
import { outcomeColumns } from './outcome'
import { targetColumns } from './target'

/** One event as one row. Every field may be missing, of the wrong type or hostile. */
export function mapEvent(event: JsonObject, kind: EventKind, wallClock: WallClock): AccessEventRow {
  const action = actionOf(event)
  const activity = activityOf(event, kind)
  const { flags: clock, ...time } = timesOf(event, wallClock)
  const flags: Flag[] = [...(clock ?? []), ...(isAdmin(event) ? (['privileged'] as const) : [])]
  const request = get(event, 'http_request')
  return {
    source: 'ocsf',
    source_event_id: textAt(event, 'metadata', 'uid'),
    ...time,
    class: kind.class,
    activity,
    action,
    service: textAt(event, 'api', 'service', 'name') ?? textAt(event, 'service', 'name'),
    permission: privileges(event),
    read_only: readOnlyOfActivity(activity),
    ...outcomeColumns(event, kind.class),
    ...identityColumns(event, kind.class === 'authn'),
    ...placeColumns(event),
    ...agentColumns(textAt(request, 'user_agent')),
    ...targetColumns(event, kind),
    ...statedReason([['comment', text(get(event, 'comment'))]]),
    request_id: textAt(event, 'api', 'request', 'uid') ?? textAt(request, 'uid'),
    correlation_ids: idPairs([
      ['ocsf_correlation', textAt(event, 'metadata', 'correlation_uid')],
      ['ocsf_http_request', textAt(request, 'uid')],
      ['ocsf_original_event', textAt(event, 'metadata', 'original_event_uid')],
    ]),
    ...traceColumns(event),
    http_method: textAt(request, 'http_method'),
    http_path: textAt(request, 'url', 'path'),
    http_status: httpStatus(at(event, 'http_response', 'code')) ?? httpStatus(get(event, 'http_status')),
    db_name: textAt(event, 'database', 'name'),
    db_statement: textAt(event, 'query_info', 'query_string'),
    flags: flags.length === 0 ? undefined : flags,
  }
}

function timesOf(event: JsonObject, wallClock: WallClock): Partial<AccessEventRow> {
  const instant = (...names: string[]) => {
    for (const name of names) {
      const found = instantOf(get(event, name), wallClock)
      if (found !== undefined) return found
    }
    return undefined
  }
  const start = instant('start_time', 'start_time_dt')
  const time = instant('time', 'time_dt')
  const end = instant('end_time', 'end_time_dt') ?? (start === undefined ? undefined : time)
  const measured = get(event, 'duration')
  return {
    // `time` alone is when it occurred: which end of it is left open.
    ...(start === undefined ? timeColumns(time, 'logged') : timeColumns(start, 'start')),
    ts_end: end?.us,
    duration_us:
      typeof measured === 'number' && Number.isSafeInteger(measured) && measured >= 0
        ? BigInt(measured) * 1000n
        : undefined,
  }
}

/** The operation as the source calls it, else what the schema calls it. */
function actionOf(event: JsonObject): string | undefined {
  return (
    textAt(event, 'api', 'operation') ??
    text(get(event, 'activity_name')) ??
    textAt(event, 'http_request', 'http_method') ??
    text(get(event, 'type_name'))
  )
}

/** Activity ids are coarse, and 0 and 99 say nothing: then the verb of the operation tells. */
function activityOf(event: JsonObject, kind: EventKind): Activity {
  const id = Number(text(get(event, 'activity_id')))
  const stated = kind.activities.get(id)
  if (kind.class !== 'api' && stated !== undefined) return stated
  const operation = textAt(event, 'api', 'operation')
  const verb = operation === undefined ? 'other' : activityOfVerb(operation)
  return verb === 'other' ? (stated ?? 'other') : verb
}

function privileges(event: JsonObject): string | undefined {
  const names = list(get(event, 'privileges')).flatMap((item) => text(item) ?? textAt(item, 'name') ?? [])
  return names.length === 0 ? undefined : names.slice(0, 50).join(', ')
}

function placeColumns(event: JsonObject): Partial<AccessEventRow> {
  const from = get(event, 'src_endpoint')
  const stated = textAt(from, 'ip')
  const ip = stated === undefined ? undefined : canonicalIp(stated)
  const place = get(from, 'location')
  const forwarded = list(at(event, 'http_request', 'x_forwarded_for')).flatMap((item) => text(item) ?? [])
  const system = get(from, 'autonomous_system')
  return {
    src_ip: ip,
    src_port: numberIn(get(from, 'port'), 0, 65_535),
    src_host: textAt(from, 'hostname') ?? textAt(from, 'svc_name') ?? (ip === undefined ? stated : undefined),
    ip_chain: forwarded.length === 0 ? undefined : forwarded.map((item) => canonicalIp(item) ?? item),
    src_country: textAt(place, 'country'),
    src_city: textAt(place, 'city'),
    // Coordinates are longitude first; newer versions name them.
    src_lat: numberIn(get(place, 'lat') ?? at(place, 'coordinates', '1'), -90, 90),
    src_lon: numberIn(get(place, 'long') ?? at(place, 'coordinates', '0'), -180, 180),
    src_asn: textAt(system, 'number'),
    src_as_org: textAt(system, 'name'),
  }
}

function traceColumns(event: JsonObject): Pick<AccessEventRow, 'trace_id' | 'span_id' | 'trace_source'> {
  const trace = textAt(event, 'trace', 'uid')?.toLowerCase()
  if (trace === undefined || !/^(?!0{32})[0-9a-f]{32}$/.test(trace)) return {}
  const span = textAt(event, 'trace', 'span', 'uid')?.toLowerCase()
  return {
    trace_id: trace,
    span_id: span !== undefined && /^(?!0{16})[0-9a-f]{16}$/.test(span) ? span : undefined,
    trace_source: 'trace.uid',
  }
}
