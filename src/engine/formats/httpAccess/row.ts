/** One request as one row of `access_event`, whatever dialect it was read from. */
import type { AccessEventRow, Activity } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { canonicalIp, isPublicIp, splitHostPort } from '../shared/address'
import { onlyClockFlags } from '../shared/eventTime'
import { uaFamily } from '../shared/userAgent'
import { type HttpRequest, stated } from './request'
import { hostOf, routeOf, splitTarget } from './target'
import { verdictColumns } from './verdict'

export const source = 'http_access'

export function httpRow(request: HttpRequest): AccessEventRow {
  const { time, trace, method } = request
  const target = splitTarget(request.target, method)
  const host = target.host ?? hostOf(request.host)
  const agent = stated(request.userAgent)
  return {
    source,
    ts: time?.us,
    ts_end: time === undefined ? undefined : endOf(request, time.us),
    ts_precision: time?.precision,
    ts_kind: time === undefined ? undefined : request.timeKind,
    duration_us: request.durationUs,
    class: 'api',
    activity: activityOf(method),
    action: method,
    service: stated(request.service) ?? host,
    read_only: readOnlyOf(method),
    ...verdictColumns(request.status, request.verdict),
    ...actorColumns(stated(request.user)),
    ...placeColumns(request),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...resourceColumns(host, target.path),
    request_id: stated(request.requestId),
    correlation_ids: request.ids === undefined || request.ids.length === 0 ? undefined : [...request.ids],
    trace_id: trace?.traceId,
    span_id: trace?.spanId,
    trace_source: trace?.from,
    http_method: method,
    http_path: target.path,
    http_status: request.status,
    bytes_in: request.bytesIn,
    bytes_out: request.bytesOut,
    flags: onlyClockFlags(time),
    ...request.columns,
  }
}

/** The end as stated, or by the length where the start is known finely enough for that to say anything. */
function endOf({ endUs, timeKind, time, durationUs }: HttpRequest, startUs: bigint): bigint | undefined {
  if (endUs !== undefined) return endUs
  const fine = timeKind === 'start' && time?.precision !== 's'
  return fine && durationUs !== undefined ? startUs + durationUs : undefined
}

const activities: ReadonlyMap<string, Activity> = new Map([
  ...(['GET', 'HEAD', 'OPTIONS', 'TRACE'] as const).map((method) => [method, 'read'] as const),
  ...(['PROPFIND', 'REPORT', 'SEARCH'] as const).map((method) => [method, 'list'] as const),
  ...(['PUT', 'PATCH', 'PROPPATCH', 'MOVE'] as const).map((method) => [method, 'update'] as const),
  ...(['MKCOL', 'COPY'] as const).map((method) => [method, 'create'] as const),
  ['DELETE', 'delete'],
  ['CONNECT', 'connect'],
])

/** POST may create, change, ask or sign in: only the application knows. */
function activityOf(method: string | undefined): Activity {
  return activities.get(method ?? '') ?? 'other'
}

function readOnlyOf(method: string | undefined): boolean | undefined {
  if (method === undefined || method === 'CONNECT') return undefined
  const activity = activityOf(method)
  return activity === 'read' || activity === 'list'
}

/** The user whom the server itself authenticated. Without one nobody is named: the application may well know who it was. */
function actorColumns(user: string | undefined): Partial<AccessEventRow> {
  const email = mailOf(user)
  return {
    actor_key: actorKey({ mail: [user], namespace: 'http', id: user, source }),
    actor_id: user,
    actor_name: user,
    actor_email: email,
    actor_type: user === undefined ? 'unknown' : user.startsWith('spiffe://') ? 'service_account' : 'user',
  }
}

const MAX_HOPS = 50

/**
 * The server saw only who connected to it; what stands in `X-Forwarded-For` was written by the client and the proxies
 * before. As with other sources, the last public address is the best guess at where the request came from.
 */
function placeColumns(request: HttpRequest): Partial<AccessEventRow> {
  const client = stated(request.client)
  const peer = client === undefined ? undefined : splitHostPort(client)
  const hops = (stated(request.forwarded) ?? '')
    .slice(0, 4_000)
    .split(',')
    .map((hop) => splitHostPort(hop.trim()).host)
    .filter((hop) => hop !== '' && hop !== '-')
    .slice(-MAX_HOPS)
  // A proxy that logs the forwarded addresses only has put the peer at their end.
  const chain = peer === undefined || peer.host === hops.at(-1) ? hops : [...hops, peer.host]
  const addresses = chain.flatMap((hop) => canonicalIp(hop) ?? [])
  const ip = addresses.findLast((address) => isPublicIp(address)) ?? addresses.at(-1)
  const ofPeer = peer !== undefined && ip === canonicalIp(peer.host)
  return {
    src_ip: ip,
    src_port: ofPeer ? (peer.port ?? request.clientPort) : undefined,
    src_host: ip === undefined ? peer?.host : undefined,
    ip_chain: hops.length === 0 ? undefined : chain.map((hop) => canonicalIp(hop) ?? hop),
  }
}

function resourceColumns(host: string | undefined, path: string | undefined): Partial<AccessEventRow> {
  if (path === undefined && host === undefined) return {}
  const route = path === undefined ? undefined : routeOf(path)
  // The path of a log without host names must not look like a host.
  const key = `http:${host ?? '-'}${route === undefined || route.startsWith('/') ? (route ?? '') : `/${route}`}`
  return {
    resource_key: key,
    resource_type: path === undefined ? 'http host' : 'http route',
    resource_name: route ?? host,
    resource_tenant: host,
    resources: [{ key, type: path === undefined ? 'http host' : 'http route' }],
  }
}
