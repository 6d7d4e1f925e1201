/**
 * The access that a log record reports. A record reports one where its event name is known to (`eventNames`), or where
 * it says who (a user) and what (an action, a request, or an event with its outcome). All other records stay logs.
 */
import type { AccessEventRow, Activity, EventClass, LogRecordRow } from '../../../db/rows'
import { activityOfVerb, readOnlyOfActivity } from '../../shared/activity'
import { actorKey, mailOf } from '../../shared/actorKey'
import { canonicalIp } from '../../shared/address'
import { reasonKeyKind, ticketsIn } from '../../shared/tickets'
import { uaFamily } from '../../shared/userAgent'
import { type NamedEvent, namedEvent } from './eventNames'
import type { Facts } from './facts'
import { outcomeOf, statesOutcome } from './outcome'
import { pathOf, resourceColumns } from './target'

export interface LogOfEvent {
  readonly row: LogRecordRow
  readonly eventName: string | undefined
}

export function accessEvent(facts: Facts, log: LogOfEvent): AccessEventRow | undefined {
  const named = log.eventName === undefined ? undefined : namedEvent(log.eventName)
  const user = userOf(facts)
  if (named === undefined && user === undefined) return undefined
  const method = facts.text('http.request.method', 'http.method')
  const what = deedOf(facts, log.eventName, named, method)
  if (what === undefined) return undefined
  const { outcome, code, status } = outcomeOf(facts, what.class, named?.outcome)
  const agent = facts.text('user_agent.original', 'http.user_agent')
  return {
    source: 'otel_log',
    source_event_id: facts.text('log.record.uid', 'event.id'),
    ts: log.row.ts,
    ts_precision: log.row.ts_precision,
    ts_kind: 'logged',
    class: what.class,
    activity: what.activity,
    action: what.action,
    service: log.row.service,
    read_only: readOnlyOfActivity(what.activity),
    outcome,
    outcome_code: code,
    outcome_reason:
      outcome === 'success' ? undefined : facts.text('error.message', 'exception.message', 'event.reason'),
    ...actorColumns(user),
    effective_id: facts.text('user.effective.id'),
    effective_name: facts.text('user.effective.name'),
    session_id: facts.text('session.id'),
    ...addressColumns(facts),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...resourceColumns(facts),
    ...reasonColumns(facts),
    ...idColumns(facts),
    trace_id: log.row.trace_id,
    span_id: log.row.span_id,
    trace_source: log.row.trace_id === undefined ? undefined : 'otel_log',
    http_method: method,
    http_path: pathOf(facts),
    http_status: status,
    db_name: facts.text('db.namespace', 'db.name'),
    db_statement: facts.text('db.query.text', 'db.statement'),
  }
}

interface User {
  readonly id: string | undefined
  readonly name: string | undefined
  readonly mail: string | undefined
}

function userOf(facts: Facts): User | undefined {
  const user: User = {
    id: facts.text('user.id', 'enduser.id', 'user.hash', 'enduser.pseudo.id'),
    name: facts.text('user.name', 'user.full_name'),
    mail: facts.text('user.email', 'enduser.email'),
  }
  return user.id === undefined && user.name === undefined && user.mail === undefined ? undefined : user
}

function actorColumns(user: User | undefined): Partial<AccessEventRow> {
  const id = user?.id ?? user?.name
  return {
    actor_key: actorKey({
      mail: [user?.mail, user?.name, user?.id],
      namespace: 'otel',
      id,
      source: 'otel_log',
    }),
    actor_id: user?.id,
    actor_name: user?.name,
    actor_email: mailOf(user?.mail) ?? mailOf(user?.name) ?? mailOf(user?.id),
    actor_type: user === undefined ? 'unknown' : 'user',
  }
}

interface Deed {
  readonly action: string
  readonly class: EventClass
  readonly activity: Activity
}

const actionNames = ['event.action', 'audit.action', 'user.action', 'action', 'operation']

/** What was done; undefined where the record does not say. */
function deedOf(
  facts: Facts,
  eventName: string | undefined,
  named: NamedEvent | undefined,
  method: string | undefined,
): Deed | undefined {
  const action = facts.text(...actionNames)
  if (named !== undefined && eventName !== undefined) {
    const does = action ?? eventName
    return { action: does, class: named.class, activity: named.activity ?? activityOfName(does) }
  }
  if (action !== undefined) return { action, class: classOf(facts, method), activity: activityOfName(action) }
  const path = facts.text('http.route') ?? pathOf(facts)
  if (method !== undefined && path !== undefined)
    return { action: `${method} ${path}`, class: 'api', activity: activityOfMethod(method) }
  const call = facts.text('rpc.method')
  if (call !== undefined) {
    const service = facts.text('rpc.service')
    return { action: service === undefined ? call : `${service}/${call}`, class: 'api', activity: activityOfName(call) }
  }
  if (eventName !== undefined && statesOutcome(facts))
    return { action: eventName, class: 'other', activity: activityOfName(eventName) }
  return undefined
}

function classOf(facts: Facts, method: string | undefined): EventClass {
  if (method !== undefined || facts.text('rpc.method') !== undefined) return 'api'
  return facts.text('db.query.text', 'db.statement', 'db.operation.name') === undefined ? 'other' : 'query'
}

/** By the last word of a dotted name (`document.downloaded`), else by the first verb of the whole. */
function activityOfName(name: string): Activity {
  const last =
    name
      .slice(0, 200)
      .split(/[.:/_\s-]+/)
      .at(-1) ?? ''
  for (const word of [last, last.replace(/d$/, ''), last.replace(/ed$/, ''), name]) {
    const activity = activityOfVerb(word)
    if (activity !== 'other') return activity
  }
  return 'other'
}

function activityOfMethod(method: string): Activity {
  switch (method.toUpperCase()) {
    case 'GET':
    case 'HEAD':
      return 'read'
    case 'PUT':
    case 'PATCH':
      return 'update'
    case 'DELETE':
      return 'delete'
    default:
      return 'other'
  }
}

/** The client's address; the other end of the connection where no client is named (that may be a proxy). */
function addressColumns(facts: Facts): Partial<AccessEventRow> {
  const stated = facts.text('client.address', 'http.client_ip', 'source.address', 'source.ip', 'client.ip')
  const address = stated ?? facts.text('network.peer.address', 'net.sock.peer.addr', 'net.peer.ip')
  if (address === undefined) return {}
  const ip = canonicalIp(address)
  const port = Number(facts.text('client.port', 'source.port') ?? Number.NaN)
  return {
    src_ip: ip,
    src_host: ip === undefined ? address : undefined,
    src_port: stated !== undefined && port > 0 && port <= 65_535 && Number.isInteger(port) ? port : undefined,
  }
}

function reasonColumns(facts: Facts): Partial<AccessEventRow> {
  let reason: string | undefined
  let field: string | undefined
  const tickets: string[] = []
  for (const [name, text] of facts.entries()) {
    const kind = reasonKeyKind(name) ?? reasonKeyKind(name.slice(name.lastIndexOf('.') + 1))
    if (kind === 'ticket') tickets.push(text)
    // `event.reason` and `error.reason` tell why it ended so, not why it was wanted.
    else if (kind === 'reason' && reason === undefined && !/^(?:event|error|exception)\./.test(name)) {
      reason = text
      field = name
    }
  }
  const ids = [...new Set([...tickets, ...ticketsIn(reason)])]
  return { reason, reason_field: field, ticket_ids: ids.length === 0 ? undefined : ids }
}

const requestIds = [
  ...['http.request.header.x-request-id', 'http.request.header.x_request_id', 'guid:x-request-id', 'x-request-id'],
  ...['http.request.id', 'http.request_id', 'request.id', 'request_id'],
]
const otherIds: readonly (readonly [string, readonly string[]])[] = [
  ['aws_request', ['aws.request_id', 'aws.requestId', 'aws.request.id']],
  ['faas_invocation', ['faas.invocation_id', 'faas.execution']],
  ['correlation', ['correlation.id', 'correlation_id', 'http.request.header.x-correlation-id']],
]

function idColumns(facts: Facts): Partial<AccessEventRow> {
  const others = otherIds.flatMap(([kind, names]) => {
    const value = facts.text(...names)
    return value === undefined ? [] : [{ kind, value }]
  })
  return { request_id: facts.text(...requestIds), correlation_ids: others.length === 0 ? undefined : others }
}
