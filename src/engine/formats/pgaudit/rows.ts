/** Turns log entries into rows. What the session knows beyond the entry comes in as `SessionFacts`. */
import type { AccessEventRow, ChainHop, EventClass, LogRecordRow } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { canonicalIp } from '../shared/address'
import { collapseChain } from '../shared/chain'
import { ticketsIn } from '../shared/tickets'
import { uaFamily } from '../shared/userAgent'
import type { AuditRecord } from './audit'
import { auditKind, commandKind, commandOf } from './command'
import { type StatementTags, statementTags } from './comments'
import type { LogEntry } from './entry'
import { fingerprintSql } from './fingerprint'
import { failureOutcome, sqlStateOf } from './outcome'

export const source = 'pgaudit'

/** What a session has said about itself so far; an entry's own values come first. */
export interface SessionFacts {
  readonly user: string | undefined
  readonly database: string | undefined
  readonly host: string | undefined
  readonly port: number | undefined
  readonly application: string | undefined
  /** Identity that the client proved, where it is not the role itself. */
  readonly login: { readonly identity: string; readonly method: string } | undefined
  /** Role of the last SET ROLE that holds. */
  readonly role: string | undefined
}

const notLogged = '<not logged>'
const previouslyLogged = '<previously logged>'
/** Comment tags that a span may carry too; the others would only be noise. */
const tagIds = ['application', 'controller', 'action', 'route', 'framework', 'db_driver', 'job'] as const

/** Row of an audit record; `outcome` stays `success` unless the session learns better. */
export function auditRow(entry: LogEntry, audit: AuditRecord, facts: SessionFacts, statement: string): AccessEventRow {
  const kind = auditKind(audit)
  const missing = statement === notLogged || statement === previouslyLogged
  const row: AccessEventRow = {
    ...commonColumns(entry, facts),
    ...objectColumns(entry, facts, audit.objectType, audit.objectName),
    ...(missing ? {} : statementColumns(statement)),
    source_event_id: auditEventId(entry, audit),
    class: kind.class,
    activity: isRoleSwitch(audit) ? 'assume' : kind.activity,
    action: audit.command === '' ? undefined : audit.command,
    permission: /^(?:SELECT|INSERT|UPDATE|DELETE|TRUNCATE)$/.test(audit.command) ? audit.command : undefined,
    read_only: kind.readOnly,
    outcome: 'success',
    db_rows: audit.rows,
  }
  if (missing) row.flags = [...(row.flags ?? []), 'statement_missing']
  return row
}

function isRoleSwitch(audit: AuditRecord): boolean {
  return (
    audit.command === 'SET' &&
    /^\s*set\s+(?:(?:session|local)\s+)?(?:role|session\s+authorization)\b/i.test(audit.statement)
  )
}

function auditEventId(entry: LogEntry, audit: AuditRecord): string | undefined {
  if (entry.sessionId === undefined) return undefined
  const object = audit.objectName === undefined ? '' : `/${audit.objectName}`
  return `${entry.sessionId}/${audit.statementId}.${audit.substatementId}${object}`
}

/** Row of an ERROR, FATAL or PANIC. */
export function failureRow(entry: LogEntry, facts: SessionFacts): AccessEventRow {
  const state = sqlStateOf(entry.sqlState, entry.message)
  const connecting = isConnectionPhase(entry, state)
  const command = entry.statement === undefined ? commandTag(entry) : (commandOf(entry.statement) ?? commandTag(entry))
  const named = connecting ? { ...entry, ...namesInMessage(entry) } : entry
  const object = state === '42501' ? deniedObject(entry.message) : undefined
  const kind = connecting
    ? { class: 'authn' as const, activity: 'connect' as const, readOnly: undefined }
    : command === undefined
      ? { class: classWithoutCommand(entry, facts), activity: 'other' as const, readOnly: undefined }
      : commandKind(command)
  return {
    ...commonColumns(named, facts),
    ...objectColumns(named, facts, object?.type, object?.name),
    ...(entry.statement === undefined ? {} : statementColumns(entry.statement)),
    source_event_id: entryEventId(entry),
    class: kind.class,
    activity: kind.activity,
    action: connecting ? 'authentication' : (command ?? entry.severity),
    read_only: kind.readOnly,
    ...failureOutcome(state, entry.message),
    outcome_reason: reasonOf(entry),
  }
}

/** The detail often names the rule or key that decided, so it is kept with the message. */
function reasonOf(entry: LogEntry): string {
  const detail = entry.detail === undefined ? '' : `\nDETAIL: ${entry.detail}`
  return `${entry.message}${detail}${entry.hint === undefined ? '' : `\nHINT: ${entry.hint}`}`
}

/** A refused text is a query even where its command cannot be told; the end of a session is no query. */
function classWithoutCommand(entry: LogEntry, facts: SessionFacts): EventClass {
  if (entry.statement !== undefined) return 'query'
  return (entry.user ?? facts.user) === undefined ? 'other' : 'session'
}

/** `connection authorized` and `disconnection`. */
export function connectionRow(entry: LogEntry, facts: SessionFacts, seconds: bigint | undefined): AccessEventRow {
  const ending = seconds !== undefined
  return {
    ...commonColumns(entry, facts),
    ...objectColumns(entry, facts, undefined, undefined),
    source_event_id: entryEventId(entry),
    class: ending ? 'session' : 'authn',
    activity: ending ? 'logout' : 'connect',
    action: ending ? 'disconnection' : 'connection authorized',
    outcome: 'success',
    duration_us: seconds,
  }
}

/** Everything else that a server logs. */
export function logRow(entry: LogEntry): LogRecordRow {
  const statement =
    entry.statement ?? /^(?:statement|duration: [\d.]+ ms\s+\w+)[^:]{0,80}: (.*)$/s.exec(entry.message)?.[1]
  const trace = statement === undefined ? undefined : statementTags(statement).trace
  const { user, database, pid, host, port, sessionId, lineNo, commandTag: tag, virtualXid, sqlState } = entry
  const { detail, hint, internalQuery, context, application, backendType, queryId, cluster, server } = entry
  return {
    source,
    ts: entry.timeUs,
    ts_precision: entry.precision,
    service: 'postgresql',
    severity: entry.severity,
    body: entry.message,
    trace_id: trace?.traceId,
    span_id: trace?.spanId,
    attributes: JSON.stringify({
      ...{ cluster, server, user, database, pid, host, port, session_id: sessionId, session_line_num: lineNo },
      ...{ command_tag: tag, virtual_transaction_id: virtualXid, sql_state_code: sqlState, detail, hint, context },
      ...{ internal_query: internalQuery, statement: entry.statement, application_name: application },
      ...{ backend_type: backendType, query_id: queryId === '0' ? undefined : queryId },
    }),
  }
}

function commonColumns(entry: LogEntry, facts: SessionFacts): Omit<AccessEventRow, 'outcome'> {
  const user = entry.user ?? facts.user
  const cluster = entry.cluster ?? '-'
  const host = entry.host ?? facts.host
  const ip = host === undefined || host === '[local]' ? undefined : canonicalIp(host)
  const application = entry.application ?? facts.application
  const login = facts.login?.identity === user ? undefined : facts.login
  const hops: ChainHop[] = []
  if (login !== undefined) hops.push({ kind: 'login', name: login.identity, type: 'user' })
  if (facts.role !== undefined)
    hops.push({ kind: 'set_role', id: `pg:${cluster}/${facts.role}`, name: facts.role, type: 'role' })
  return {
    source,
    ts: entry.timeUs,
    ts_precision: entry.precision,
    ts_kind: 'logged',
    service: 'postgresql',
    actor_key: actorKey({
      mail: [user],
      namespace: 'pg',
      id: user === undefined ? undefined : `${cluster}/${user}`,
      source,
    }),
    actor_id: user,
    actor_name: user,
    actor_email: mailOf(user),
    actor_tenant: entry.cluster,
    actor_type: user === undefined ? (isBackground(entry) ? 'system' : 'unknown') : 'db_user',
    effective_id: facts.role === undefined ? undefined : `pg:${cluster}/${facts.role}`,
    effective_name: facts.role,
    chain: collapseChain(hops),
    session_id: entry.sessionId,
    credential_type: facts.login?.method,
    src_ip: ip,
    src_port: entry.host === undefined ? facts.port : entry.port,
    src_host: host === '[local]' ? 'local socket' : ip === undefined ? host : undefined,
    user_agent: application,
    ua_family: uaFamily(application),
    db_name: entry.database ?? facts.database,
    flags: entry.zoneUncertain ? ['clock_suspect'] : undefined,
  }
}

function isBackground(entry: LogEntry): boolean {
  return entry.backendType !== undefined && !/^(?:client backend|not initialized)$/.test(entry.backendType)
}

/** The object, or the database as a whole where none is stated. */
function objectColumns(
  entry: LogEntry,
  facts: SessionFacts,
  type: string | undefined,
  name: string | undefined,
): Partial<AccessEventRow> {
  const database = entry.database ?? facts.database
  const cluster = entry.cluster ?? '-'
  if (name === undefined && database === undefined) return {}
  const key = `pg:${cluster}/${database ?? '-'}/${name ?? '*'}`
  const kind = name === undefined ? 'DATABASE' : type
  const dot = name?.indexOf('.') ?? -1
  return {
    resource_key: key,
    resource_type: kind,
    resource_name: name ?? database,
    resource_tenant: entry.cluster,
    resource_ns: dot > 0 ? name?.slice(0, dot) : undefined,
    resources: [kind === undefined ? { key } : { key, type: kind }],
  }
}

function statementColumns(statement: string): Partial<AccessEventRow> {
  const { tags, trace }: StatementTags = statementTags(statement)
  const ids = tagIds.flatMap((kind) => {
    const value = tags.get(kind)
    return value === undefined ? [] : [{ kind: `sql.${kind}`, value }]
  })
  const reason = tags.get('reason') ?? tags.get('justification')
  const stated = tags.get('ticket') ?? tags.get('ticket_id')
  const tickets = [...new Set([...(stated === undefined ? [] : [stated]), ...ticketsIn(reason)])]
  return {
    db_statement: statement,
    db_fingerprint: fingerprintSql(statement),
    reason,
    reason_field: reason === undefined ? undefined : tags.has('reason') ? 'comment.reason' : 'comment.justification',
    ticket_ids: tickets.length === 0 ? undefined : tickets,
    request_id: tags.get('request_id') ?? tags.get('requestId'),
    correlation_ids: ids.length === 0 ? undefined : ids,
    trace_id: trace?.traceId,
    span_id: trace?.spanId,
    trace_source: trace === undefined ? undefined : 'sqlcommenter',
  }
}

function entryEventId(entry: LogEntry): string | undefined {
  return entry.numbered && entry.sessionId !== undefined && entry.lineNo !== undefined
    ? `${entry.sessionId}#${entry.lineNo}`
    : undefined
}

function commandTag(entry: LogEntry): string | undefined {
  return entry.commandTag !== undefined && /^[A-Z][A-Z ]{1,40}$/.test(entry.commandTag) ? entry.commandTag : undefined
}

/** The client had not been let in yet. */
function isConnectionPhase(entry: LogEntry, state: string | undefined): boolean {
  if (entry.statement !== undefined || entry.severity !== 'FATAL') return false
  if (entry.commandTag === 'authentication' || entry.commandTag === 'startup') return true
  return state !== undefined && /^(?:28\w{3}|3D000|53300|57P03)$/.test(state)
}

function namesInMessage(entry: LogEntry): Partial<LogEntry> {
  const message = entry.message.slice(0, 1000)
  const name = (pattern: RegExp) => pattern.exec(message)?.[1]
  return {
    user: entry.user ?? name(/\b(?:user|role) "([^"]{1,64})"/),
    database: entry.database ?? name(/\bdatabase "([^"]{1,64})"/),
    host: entry.host ?? name(/\bhost "([^"]{1,255})"/),
  }
}

function deniedObject(message: string): { readonly type: string; readonly name: string } | undefined {
  const line = message.slice(0, 1000)
  const match =
    /^(?:permission denied for|must be owner of) ([a-z][a-z ]{1,40}?) "?([^"]{1,256}?)"?$/.exec(line) ??
    /row-level security policy (?:"[^"]{1,128}" )?for (table) "([^"]{1,256})"/.exec(line)
  const [, type, name] = match ?? []
  if (type === undefined || name === undefined) return undefined
  return { type: type.toUpperCase(), name }
}
