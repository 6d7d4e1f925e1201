import { at, get, isObject, type JsonObject, list, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { canonicalIp, splitHostPort } from '../shared/address'
import { instantOf } from '../shared/epoch'
import { clockFlags, durationUs } from '../shared/eventTime'
import { idPairs } from '../shared/rowParts'
import { reasonColumns, statedIn } from '../shared/statedReason'
import { traceparent } from '../shared/traceHeaders'
import { uaFamily } from '../shared/userAgent'
import { classColumns } from './classify'
import { isResponse, pathOf } from './entry'
import { identityColumns, metadataOf } from './identity'
import { outcomeColumns } from './outcome'

/**
 * One request as one row: its entry, or that of its answer, which repeats the request. `began` is when the request's
 * own entry was written, where there are both.
 */
export function mapEntry(entry: JsonObject, began: unknown, wallClock: WallClock): AccessEventRow {
  const { privileged, ...identity } = identityColumns(entry)
  const time = instantOf(get(entry, 'time'), wallClock)
  const flags: Flag[] = []
  flags.push(...clockFlags(time))
  if (privileged) flags.push('privileged')
  return {
    source: 'vault',
    source_event_id: textAt(entry, 'request', 'id'),
    ...timeColumns(entry, began, wallClock),
    ...classColumns(entry),
    ...outcomeColumns(entry),
    ...identity,
    ...placeColumns(entry),
    ...resourceColumns(entry),
    ...reasonColumns(statedIn('auth.metadata', metadataOf(entry))),
    ...idColumns(entry),
    flags: flags.length === 0 ? undefined : flags,
  }
}

/** An entry is written when the request comes, and one when the answer goes. */
function timeColumns(
  entry: JsonObject,
  began: unknown,
  wallClock: WallClock,
): Pick<AccessEventRow, 'ts' | 'ts_end' | 'ts_precision' | 'ts_kind' | 'duration_us'> {
  const own = instantOf(get(entry, 'time'), wallClock)
  const start = instantOf(began, wallClock)
  if (start !== undefined && own !== undefined)
    return {
      ts: start.us,
      ts_end: own.us,
      ts_precision: start.precision,
      ts_kind: 'start',
      duration_us: durationUs(start, own),
    }
  if (own === undefined) return {}
  return { ts: own.us, ts_precision: own.precision, ts_kind: isResponse(entry) ? 'end' : 'start' }
}

type PlaceColumns = Pick<AccessEventRow, 'src_ip' | 'src_host' | 'src_port' | 'ip_chain' | 'user_agent' | 'ua_family'>

function placeColumns(entry: JsonObject): PlaceColumns {
  const written = textAt(entry, 'request', 'remote_address')
  const { host, port } = written === undefined ? { host: undefined, port: undefined } : splitHostPort(written)
  const ip = host === undefined ? undefined : canonicalIp(host)
  const stated = at(entry, 'request', 'remote_port')
  const agent = headerOf(entry, 'user-agent')
  const forwarded = headerOf(entry, 'x-forwarded-for')
  return {
    src_ip: ip,
    src_host: ip === undefined ? host : undefined,
    src_port: port ?? (typeof stated === 'number' && isPort(stated) ? stated : undefined),
    ip_chain:
      forwarded === undefined || isHash(forwarded)
        ? undefined
        : forwarded.split(',', 100).map((part) => canonicalIp(part) ?? part.trim()),
    user_agent: agent,
    ua_family: agent === undefined || isHash(agent) ? undefined : uaFamily(agent),
  }
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port > 0 && port <= 65_535
}

/** Values that the device was told to hide stand as a keyed hash. */
function isHash(value: string): boolean {
  return value.startsWith('hmac-sha256:')
}

/** A header of the request; devices write those that they were told to, each as a list. */
function headerOf(entry: JsonObject, name: string): string | undefined {
  const headers = at(entry, 'request', 'headers')
  if (!isObject(headers)) return undefined
  for (const [key, value] of Object.entries(headers).slice(0, 100))
    if (key.toLowerCase() === name) return text(list(value)[0]) ?? text(value)
  return undefined
}

type ResourceColumns = Pick<
  AccessEventRow,
  'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resource_ns' | 'resources' | 'http_path'
>

function resourceColumns(entry: JsonObject): ResourceColumns {
  const path = pathOf(entry)
  const inside = textAt(entry, 'request', 'namespace', 'path')
  const type = textAt(entry, 'request', 'mount_type') ?? textAt(entry, 'response', 'mount_type')
  const key = path === undefined ? undefined : `vault:${inside ?? ''}${path}`
  return {
    resource_key: key,
    resource_type: type,
    resource_name: path,
    resource_tenant: textAt(entry, 'request', 'replication_cluster'),
    resource_ns: inside ?? textAt(entry, 'request', 'namespace', 'id'),
    resources: key === undefined ? undefined : [{ key, ...(type === undefined ? {} : { type }) }],
    // The one path of the interface; with a namespace there are two ways to ask.
    http_path: path === undefined || inside !== undefined ? undefined : `/v1/${path}`,
  }
}

type IdColumns = Pick<AccessEventRow, 'request_id' | 'correlation_ids' | 'trace_id' | 'span_id' | 'trace_source'>

/** Ids that lead to what was handed out: leases, wrapped answers, tokens. */
function idColumns(entry: JsonObject): IdColumns {
  const wrap = at(entry, 'response', 'wrap_info')
  const trace = traceparent(headerOf(entry, 'traceparent') ?? '')
  return {
    request_id: textAt(entry, 'request', 'id'),
    correlation_ids: idPairs([
      ['vault_lease', textAt(entry, 'response', 'secret', 'lease_id')],
      ['vault_wrap_accessor', textAt(wrap, 'accessor')],
      ['vault_wrapped_accessor', textAt(wrap, 'wrapped_accessor')],
      ['vault_issued_accessor', textAt(entry, 'response', 'auth', 'accessor')],
      ['x_request_id', headerOf(entry, 'x-request-id')],
      ['x_correlation_id', headerOf(entry, 'x-correlation-id')],
    ]),
    trace_id: trace?.traceId,
    span_id: trace?.spanId,
    trace_source: trace?.from,
  }
}
