/**
 * Follows the sessions of a server log, entry by entry, and emits each record's rows. All readers of this format feed
 * it. Held back: per live session the records of its last statement.
 */
import type { EmittedRow, Sink } from '../types'
import { type AuditRecord, parseAudit } from './audit'
import { isFailure, type LogEntry, portOf } from './entry'
import { type EntryIdentity, IdentityMaker } from './identity'
import { RoleState } from './roleState'
import { auditRow, connectionRow, failureRow, logRow, type SessionFacts } from './rows'
import { Statement } from './statement'

interface Session {
  readonly roles: RoleState
  facts: Omit<SessionFacts, 'role'>
  statement: Statement | undefined
  /** A logged statement (`log_statement`) that may change the role, until the next entry shows how it went. */
  announced: string | undefined
}

/** Sessions remembered at once; a server reuses process ids, so real logs stay far below. */
const MAX_SESSIONS = 50_000

const unknownFacts: Session['facts'] = {
  user: undefined,
  database: undefined,
  host: undefined,
  port: undefined,
  application: undefined,
  login: undefined,
}

export class SessionTracker {
  readonly #sink: Sink
  readonly #identities = new IdentityMaker()
  /** In order of last use. */
  readonly #sessions = new Map<string, Session>()
  readonly #keyOfProcess = new Map<string, string>()

  constructor(sink: Sink) {
    this.#sink = sink
  }

  entry(entry: LogEntry): void {
    const ids = this.#identities.of(entry)
    const session = this.#session(entry)
    session.roles.enter(entry.virtualXid)
    const audit = entry.audit ?? parseAudit(entry.message)
    this.#settleAnnounced(session, entry, audit)
    if (audit !== undefined) this.#audit(session, entry, audit, ids)
    else if (isFailure(entry.severity)) this.#failure(session, entry, ids)
    else this.#other(session, entry, ids)
  }

  end(): void {
    for (const session of this.#sessions.values()) session.statement?.settle()
    this.#sessions.clear()
    this.#keyOfProcess.clear()
  }

  #audit(session: Session, entry: LogEntry, audit: AuditRecord, ids: EntryIdentity): void {
    if (session.statement !== undefined && session.statement.id !== audit.statementId) this.#finish(session)
    session.statement ??= new Statement(this.#sink, audit.statementId, entry.virtualXid)
    const text = session.statement.textOf(audit)
    const row = auditRow(entry, audit, this.#facts(session), text)
    session.statement.add({ at: entry.at, ids, row, audit, text })
  }

  #failure(session: Session, entry: LogEntry, ids: EntryIdentity): void {
    const owned = session.statement?.owns(entry) === true
    if (!owned) this.#finish(session)
    const row = failureRow(entry, this.#facts(session))
    if (owned) {
      session.statement?.fail(row, entry.statement !== undefined)
      this.#finish(session)
    }
    session.roles.abort()
    this.#emit(entry, { table: 'access_event', row, ...ids })
  }

  #other(session: Session, entry: LogEntry, ids: EntryIdentity): void {
    const { message } = entry
    if (message.startsWith('duration: ') && this.#duration(session, entry)) {
      this.#sink.emit(entry.at, [])
      return
    }
    if (message.startsWith('statement: ')) session.announced = message.slice('statement: '.length)
    const seconds = message.startsWith('disconnection: ') ? sessionTimeUs(message) : undefined
    if (message.startsWith('connection authorized: ')) {
      learnAuthorized(session, message)
      this.#emit(entry, { table: 'access_event', row: connectionRow(entry, this.#facts(session), undefined), ...ids })
    } else if (seconds !== undefined) {
      this.#finish(session)
      this.#emit(entry, { table: 'access_event', row: connectionRow(entry, this.#facts(session), seconds), ...ids })
      this.#forget(entry)
    } else {
      if (message.startsWith('connection received: ')) learnClient(session, message)
      else if (message.startsWith('connection authenticated: ')) learnLogin(session, message)
      this.#emit(entry, { table: 'log_record', row: logRow(entry), ...ids })
    }
  }

  /** Fills in how long the held statement took; false where the line is not about it. */
  #duration(session: Session, entry: LogEntry): boolean {
    const match = /^duration: (\d{1,12})(?:\.(\d{1,3})\d*)? ms(?:\s+(statement|execute)\b[^:]{0,200}: (.*)|\s*)$/s.exec(
      entry.message,
    )
    if (match === null || session.statement === undefined || /^(?:PARSE|BIND)$/.test(entry.commandTag ?? ''))
      return false
    const us = BigInt(match[1] ?? '0') * 1000n + BigInt((match[2] ?? '').padEnd(3, '0'))
    if (!session.statement.takeDuration(us, match[4])) return false
    this.#finish(session)
    return true
  }

  /** The held statement is over: emits it and, where it succeeded, applies what it did to the session's role. */
  #finish(session: Session): void {
    const { statement } = session
    if (statement === undefined) return
    const last = statement.last
    if (!statement.failed && last !== undefined) session.roles.succeeded(last.text, statement.virtualXid)
    statement.settle()
    session.statement = undefined
  }

  /** Applies a statement that only `log_statement` told of, unless it failed or pgAudit reports it itself. */
  #settleAnnounced(session: Session, entry: LogEntry, audit: AuditRecord | undefined): void {
    const sql = session.announced
    if (sql === undefined) return
    session.announced = undefined
    if (audit?.statement === sql || (isFailure(entry.severity) && (entry.statement ?? sql) === sql)) return
    session.roles.succeeded(sql, entry.virtualXid)
  }

  #facts(session: Session): SessionFacts {
    return { ...session.facts, role: session.roles.role }
  }

  #emit(entry: LogEntry, row: EmittedRow): void {
    this.#sink.emit(entry.at, [row])
  }

  /** The entry's session; a process id that comes back under another session id, or connects anew, starts one. */
  #session(entry: LogEntry): Session {
    const key = keyOf(entry)
    const process = processOf(entry)
    const before = this.#keyOfProcess.get(process)
    const reconnects = entry.message.startsWith('connection received: ') && entry.sessionId === undefined
    if (before !== undefined && entry.pid !== undefined && (before !== key || reconnects)) this.#close(before)
    this.#keyOfProcess.set(process, key)
    const session = this.#sessions.get(key) ?? {
      roles: new RoleState(),
      facts: unknownFacts,
      statement: undefined,
      announced: undefined,
    }
    this.#sessions.delete(key)
    this.#sessions.set(key, session)
    if (this.#sessions.size > MAX_SESSIONS) {
      const oldest = this.#sessions.keys().next().value
      if (oldest !== undefined) this.#close(oldest)
    }
    return session
  }

  #forget(entry: LogEntry): void {
    this.#close(keyOf(entry))
    this.#keyOfProcess.delete(processOf(entry))
  }

  #close(key: string): void {
    const session = this.#sessions.get(key)
    if (session !== undefined) this.#finish(session)
    this.#sessions.delete(key)
  }
}

const keyOf = (entry: LogEntry) => `${entry.server ?? ''}|${entry.sessionId ?? `pid ${entry.pid ?? ''}`}`
const processOf = (entry: LogEntry) => `${entry.server ?? ''}|${entry.pid ?? entry.sessionId ?? ''}`

/** `connection received: host=… port=…`; a socket has no port. */
function learnClient(session: Session, message: string): void {
  const match = /^connection received: host=(\S{1,255})(?: port=(\d{1,5}))?/.exec(message)
  if (match !== null) session.facts = { ...session.facts, host: match[1], port: portOf(match[2]) }
}

/** `connection authorized: user=… database=… application_name=… SSL enabled (…)`; names may hold blanks. */
function learnAuthorized(session: Session, message: string): void {
  const match =
    /^connection authorized: user=(.{1,64}?)(?: database=(.{1,64}?))?(?: application_name=(.{1,64}?))?(?: SSL enabled \(.*| GSS \(.*)?$/s.exec(
      message.slice(0, 1000),
    )
  if (match === null) return
  const { facts } = session
  session.facts = {
    ...facts,
    user: match[1] ?? facts.user,
    database: match[2] ?? facts.database,
    application: match[3] ?? facts.application,
  }
}

function learnLogin(session: Session, message: string): void {
  const match = /^connection authenticated: identity="((?:[^"\\]|\\.){0,1000})" method=(\S{1,40})/.exec(message)
  const [, identity, method] = match ?? []
  if (identity !== undefined && method !== undefined) session.facts = { ...session.facts, login: { identity, method } }
}

/** `disconnection: session time: H:MM:SS.mmm …` in microseconds. */
function sessionTimeUs(message: string): bigint | undefined {
  const match = /^disconnection: session time: (\d{1,7}):(\d\d):(\d\d)(?:\.(\d{1,6}))?/.exec(message)
  if (match === null) return undefined
  const seconds = BigInt(match[1] ?? '0') * 3600n + BigInt(match[2] ?? '0') * 60n + BigInt(match[3] ?? '0')
  return seconds * 1_000_000n + BigInt((match[4] ?? '').padEnd(6, '0'))
}
