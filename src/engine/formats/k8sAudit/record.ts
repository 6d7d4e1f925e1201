import { get, type JsonObject, list, text, textAt } from '../../../common/json'
import { type Instant, parseInstant, type WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { canonicalIp, isPublicIp } from '../shared/address'
import { clockFlags } from '../shared/eventTime'
import { reasonKeyKind, ticketsIn } from '../shared/tickets'
import { uaFamily } from '../shared/userAgent'
import { identityColumns, issuedCredential } from './identity'
import { annotationsOf, pathOf, targetColumns } from './object'
import { outcomeColumns } from './outcome'

/** One audit event as one row. Every field may be missing, of the wrong type or hostile. */
export function mapEvent(event: JsonObject, cluster: string | undefined, wallClock: WallClock): AccessEventRow {
  const { flags: clock, ...time } = timeColumns(event, wallClock)
  const { privileged, ...identity } = identityColumns(event, cluster)
  const auditId = text(get(event, 'auditID'))
  const agent = text(get(event, 'userAgent'))
  const flags: Flag[] = [...clock]
  if (privileged) flags.push('privileged')
  if (/[?&]dryRun=All(?:&|$)/.test(text(get(event, 'requestURI')) ?? '')) flags.push('dry_run')
  if (textAt(event, 'annotations', 'audit.k8s.io/truncated') === 'true') flags.push('truncated')
  return {
    source: 'k8s_audit',
    source_event_id: auditId,
    ...time,
    ...targetColumns(event, cluster),
    ...outcomeColumns(event),
    ...identity,
    ...placeColumns(event),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...reasonColumns(event),
    request_id: auditId,
    ...correlationColumns(event),
    http_method: methodOf(text(get(event, 'verb'))),
    http_path: pathOf(event),
    flags: flags.length === 0 ? undefined : flags,
  }
}

type TimeColumns = Pick<AccessEventRow, 'ts' | 'ts_end' | 'ts_precision' | 'ts_kind' | 'duration_us'> & {
  readonly flags: readonly Flag[]
}

/** The request's own time where there is one; `timestamp` of the old versions is whole seconds and when it was logged. */
function timeColumns(event: JsonObject, wallClock: WallClock): TimeColumns {
  const instant = (...path: string[]): Instant | undefined => {
    const value = textAt(event, ...path)
    return value === undefined ? undefined : parseInstant(value.trim(), wallClock)
  }
  const received = instant('requestReceivedTimestamp')
  const start = received ?? instant('timestamp') ?? instant('metadata', 'creationTimestamp')
  const stage = instant('stageTimestamp')
  if (start === undefined)
    return stage === undefined
      ? { flags: clockFlags(stage) }
      : { ts: stage.us, ts_precision: stage.precision, ts_kind: 'logged', flags: clockFlags(stage) }
  const measured = received !== undefined && stage !== undefined && stage.us >= received.us
  return {
    ts: start.us,
    ts_end: stage?.us,
    ts_precision: start.precision,
    ts_kind: received === undefined ? 'logged' : 'start',
    duration_us: measured ? stage.us - received.us : undefined,
    flags: clockFlags(start),
  }
}

/**
 * Only the last of `sourceIPs` was seen by the server; what stands before it is what the client or a proxy wrote. The
 * last public one is the best guess at where the request came from; all are kept.
 */
function placeColumns(event: JsonObject): Pick<AccessEventRow, 'src_ip' | 'src_host' | 'ip_chain'> {
  const written = list(get(event, 'sourceIPs')).flatMap((item) => text(item) ?? [])
  if (written.length === 0) return {}
  const addresses = written.flatMap((item) => canonicalIp(item) ?? [])
  const ip = addresses.findLast((address) => isPublicIp(address)) ?? addresses.at(-1)
  return {
    src_ip: ip,
    src_host: ip === undefined ? written.at(-1) : undefined,
    ip_chain: written.map((item) => canonicalIp(item) ?? item),
  }
}

function reasonColumns(event: JsonObject): Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'> {
  const tickets: string[] = []
  let reason: { readonly text: string; readonly field: string } | undefined
  for (const [key, value] of annotationsOf(event)) {
    const kind = reasonKeyKind(key)
    if (kind === undefined || value === '') continue
    const stated = key === 'kubernetes.io/change-cause'
    if (stated || reason === undefined) reason = { text: value, field: `requestObject.metadata.annotations.${key}` }
    if (kind === 'ticket') tickets.push(value)
    else tickets.push(...ticketsIn(value))
  }
  return {
    reason: reason?.text,
    reason_field: reason?.field,
    ticket_ids: tickets.length === 0 ? undefined : [...new Set(tickets)],
  }
}

function correlationColumns(event: JsonObject): Pick<AccessEventRow, 'correlation_ids'> {
  const ids: { kind: string; value: string }[] = []
  const add = (kind: string, value: string | undefined) => {
    if (value !== undefined) ids.push({ kind, value })
  }
  add('k8s_issued_credential', issuedCredential(event))
  add('k8s_object_uid', textAt(event, 'objectRef', 'uid') ?? textAt(event, 'responseObject', 'metadata', 'uid'))
  return { correlation_ids: ids.length === 0 ? undefined : ids }
}

/** The method behind a verb; upgrade requests (`exec`) come as GET or POST, so `create` of those is what it says. */
function methodOf(verb: string | undefined): string | undefined {
  switch (verb) {
    case 'get':
    case 'list':
    case 'watch':
    case 'watchlist':
      return 'GET'
    case 'create':
    case 'post':
      return 'POST'
    case 'update':
    case 'put':
      return 'PUT'
    case 'patch':
      return 'PATCH'
    case 'delete':
    case 'deletecollection':
      return 'DELETE'
    case 'head':
      return 'HEAD'
    case 'options':
      return 'OPTIONS'
    default:
      return undefined
  }
}
