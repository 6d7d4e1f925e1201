/** Turns log entries into rows. What the session knows beyond the entry comes in as `SessionFacts`. */
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow, ChainHop, EventClass, Flag, LogRecordRow } from '../../db/rows'
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

/** Commands that name the privilege they need. */
const objectCommands = new Set(['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE'])
const notLogged = '<not logged>'
const previouslyLogged = '<previously logged>'
/** Comment tags that a span may carry too; the others would only be noise. */
const tagIds = ['application', 'controller', 'action', 'route', 'framework', 'db_driver', 'job'] as const

/** Row of an audit record; `outcome` stays `success` unless the session learns better. */
export function auditRow(entry: LogEntry, audit: AuditRecord, facts: SessionFacts, statement: string): AccessEventRow {
  const kind = auditKind(audit)
  const row = newRow(entry, facts, 'success')
  fillObject(row, entry, audit.objectType, audit.objectName)
  if (statement !== notLogged && statement !== previouslyLogged) fillStatement(row, statement)
  else row.flags = [...(row.flags ?? []), 'statement_missing']
  row.source_event_id = auditEventId(entry, audit)
  row.class = kind.class
  row.activity = isRoleSwitch(audit) ? 'assume' : kind.activity
  row.action = audit.command === '' ? undefined : audit.command
  row.permission = objectCommands.has(audit.command) ? audit.command : undefined
  row.read_only = kind.readOnly
  row.db_rows = audit.rows
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
  const named = connecting ? { ...entry, ...namesInMessage(entry) } : entry
  const object = state === '42501' ? deniedObject(entry.message) : undefined
  const row = newRow(named, facts, 'failed')
  fillObject(row, named, object?.type, object?.name)
  if (entry.statement !== undefined) fillStatement(row, entry.statement)
  row.source_event_id = entryEventId(entry)
  fillKind(row, entry, connecting)
  Object.assign(row, failureOutcome(state, entry.message))
  row.outcome_reason = reasonOf(entry)
  return row
}

function fillKind(row: AccessEventRow, entry: LogEntry, connecting: boolean): void {
  if (connecting) {
    row.class = 'authn'
    row.activity = 'connect'
    row.action = 'authentication'
    return
  }
  const command = entry.statement === undefined ? commandTag(entry) : (commandOf(entry.statement) ?? commandTag(entry))
  const kind = command === undefined ? undefined : commandKind(command)
  row.class = kind?.class ?? classWithoutCommand(row)
  row.activity = kind?.activity ?? 'other'
  row.action = command ?? entry.severity
  row.read_only = kind?.readOnly
}

/** The detail often names the rule or key that decided, so it is kept with the message. */
function reasonOf(entry: LogEntry): string {
  const detail = entry.detail === undefined ? '' : `\nDETAIL: ${entry.detail}`
  return `${entry.message}${detail}${entry.hint === undefined ? '' : `\nHINT: ${entry.hint}`}`
}

/** A refused text is a query even where its command cannot be told; the end of a session is no query. */
function classWithoutCommand(row: AccessEventRow): EventClass {
  if (row.db_statement !== undefined) return 'query'
  return row.actor_name === undefined ? 'other' : 'session'
}

/** `connection authorized`, and `disconnection` where the session's length is given. */
export function connectionRow(entry: LogEntry, facts: SessionFacts, sessionUs: bigint | undefined): AccessEventRow {
  const ending = sessionUs !== undefined
  const row = newRow(entry, facts, 'success')
  fillObject(row, entry, undefined, undefined)
  row.source_event_id = entryEventId(entry)
  row.class = ending ? 'session' : 'authn'
  row.activity = ending ? 'logout' : 'connect'
  row.action = ending ? 'disconnection' : 'connection authorized'
  row.duration_us = sessionUs
  return row
}

/** Everything else that a server logs. */
export function logRow(entry: LogEntry): LogRecordRow {
  const statement =
    entry.statement ?? /^(?:statement|duration: [\d.]+ ms\s+\w+)[^:]{0,80}: (.*)$/s.exec(entry.message)?.[1]
  const trace = statement === undefined ? undefined : statementTags(statement).trace
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
      cluster: entry.cluster,
      server: entry.server,
      user: entry.user,
      database: entry.database,
      pid: entry.pid,
      host: entry.host,
      port: entry.port,
      session_id: entry.sessionId,
      session_line_num: entry.lineNo,
      command_tag: entry.commandTag,
      virtual_transaction_id: entry.virtualXid,
      sql_state_code: entry.sqlState,
      detail: entry.detail,
      hint: entry.hint,
      context: entry.context,
      internal_query: entry.internalQuery,
      statement: entry.statement,
      application_name: entry.application,
      backend_type: entry.backendType,
      query_id: entry.queryId === '0' ? undefined : entry.queryId,
    }),
  }
}

/** Columns that every row of an entry has. Rows are filled by assignment: they are many, and spreading is slow. */
function newRow(entry: LogEntry, facts: SessionFacts, outcome: Outcome): AccessEventRow {
  const user = entry.user ?? facts.user
  const cluster = entry.cluster ?? '-'
  const host = entry.host ?? facts.host
  const ip = host === undefined || host === '[local]' ? undefined : canonicalIp(host)
  const application = entry.application ?? facts.application
  const id = user === undefined ? undefined : `${cluster}/${user}`
  return {
    source,
    source_event_id: undefined,
    ts: entry.timeUs,
    ts_precision: entry.precision,
    ts_kind: 'logged',
    service: 'postgresql',
    outcome,
    actor_key: actorKey({ mail: [user], namespace: 'pg', id, source }),
    actor_id: user,
    actor_name: user,
    actor_email: mailOf(user),
    actor_tenant: entry.cluster,
    actor_type: user === undefined ? (isBackground(entry) ? 'system' : 'unknown') : 'db_user',
    effective_id: facts.role === undefined ? undefined : `pg:${cluster}/${facts.role}`,
    effective_name: facts.role,
    chain: chainOf(facts, user, cluster),
    session_id: entry.sessionId,
    credential_type: facts.login?.method,
    src_ip: ip,
    src_port: entry.host === undefined ? facts.port : entry.port,
    src_host: host === '[local]' ? 'local socket' : ip === undefined ? host : undefined,
    user_agent: application,
    ua_family: uaFamily(application),
    db_name: entry.database ?? facts.database,
    flags: flagsOf(entry),
  }
}

function chainOf(facts: SessionFacts, user: string | undefined, cluster: string): ChainHop[] | undefined {
  const { login, role } = facts
  const hops: ChainHop[] = []
  if (login !== undefined && login.identity !== user) hops.push({ kind: 'login', name: login.identity, type: 'user' })
  if (role !== undefined) hops.push({ kind: 'set_role', id: `pg:${cluster}/${role}`, name: role, type: 'role' })
  return hops.length === 0 ? undefined : collapseChain(hops)
}

function isBackground(entry: LogEntry): boolean {
  return entry.backendType !== undefined && !/^(?:client backend|not initialized)$/.test(entry.backendType)
}

/** The object, or the database as a whole where none is stated. */
function fillObject(row: AccessEventRow, entry: LogEntry, type: string | undefined, name: string | undefined): void {
  const database = row.db_name
  if (name === undefined && database === undefined) return
  const key = `pg:${entry.cluster ?? '-'}/${database ?? '-'}/${name ?? '*'}`
  const kind = name === undefined ? 'DATABASE' : type
  const dot = name?.indexOf('.') ?? -1
  row.resource_key = key
  row.resource_type = kind
  row.resource_name = name ?? database
  row.resource_tenant = entry.cluster
  row.resource_ns = dot > 0 ? name?.slice(0, dot) : undefined
  row.resources = [kind === undefined ? { key } : { key, type: kind }]
}

function fillStatement(row: AccessEventRow, statement: string): void {
  const { tags, trace }: StatementTags = statementTags(statement)
  row.db_statement = statement
  row.db_fingerprint = fingerprintSql(statement)
  row.trace_id = trace?.traceId
  row.span_id = trace?.spanId
  row.trace_source = trace === undefined ? undefined : 'sqlcommenter'
  if (tags.size === 0) return
  const ids = tagIds.flatMap((kind) => {
    const value = tags.get(kind)
    return value === undefined ? [] : [{ kind: `sql.${kind}`, value }]
  })
  const reason = tags.get('reason') ?? tags.get('justification')
  const stated = tags.get('ticket') ?? tags.get('ticket_id')
  const tickets = [...new Set([...(stated === undefined ? [] : [stated]), ...ticketsIn(reason)])]
  row.reason = reason
  row.reason_field = reason === undefined ? undefined : tags.has('reason') ? 'comment.reason' : 'comment.justification'
  row.ticket_ids = tickets.length === 0 ? undefined : tickets
  row.request_id = tags.get('request_id') ?? tags.get('requestId')
  row.correlation_ids = ids.length === 0 ? undefined : ids
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

function flagsOf({ timeUs, clock }: LogEntry): Flag[] | undefined {
  if (timeUs === undefined) return ['clock_suspect']
  return clock.length === 0 ? undefined : [...clock]
}
