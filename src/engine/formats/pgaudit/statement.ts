/**
 * The entries of one statement of a session, held until the statement is known to be over: pgAudit writes its record
 * when a statement is permitted, so an error of the same statement may still follow, and a trigger's record may come
 * before that of the statement that fired it.
 */
import type { AccessEventRow } from '../../db/rows'
import type { RecordAt, Sink } from '../types'
import type { AuditRecord } from './audit'
import type { TraceContext } from './comments'
import type { LogEntry } from './entry'
import type { EntryIdentity } from './identity'

export interface Member {
  readonly at: RecordAt
  readonly ids: EntryIdentity
  readonly row: AccessEventRow
  readonly audit: AuditRecord
  /** The statement's text, copied where the record only says that it was logged before. */
  readonly text: string
}

/** Held records of one statement; beyond it the oldest are let go with an outcome that nobody knows yet. */
const MAX_HELD = 5_000

/** A statement that a foreign key's trigger runs (ri_triggers.c): no client writes it. */
const foreignKeyCheck =
  /^SELECT 1 FROM (?:ONLY )?"[^;]{1,600} x WHERE [^;]{1,2000} OPERATOR\(pg_catalog\.[^;]{1,2000} FOR KEY SHARE OF x$/

export class Statement {
  readonly id: string
  readonly virtualXid: string | undefined
  readonly #sink: Sink
  readonly #members: Member[] = []
  readonly #texts = new Map<string, string>()
  /** Texts of the held records and how many have each, for look-ups in constant time. */
  readonly #bare = new Map<string, number>()
  #outcome: Partial<AccessEventRow> | undefined
  #trace: TraceContext | undefined
  #conflicting = false

  constructor(sink: Sink, id: string, virtualXid: string | undefined) {
    this.#sink = sink
    this.id = id
    this.virtualXid = virtualXid
  }

  /** Text of an audit record; `<previously logged>` is looked up among the statement's earlier records. */
  textOf(audit: AuditRecord): string {
    if (audit.statement !== '<previously logged>') {
      if (this.#texts.size < MAX_HELD && !this.#texts.has(audit.substatementId)) {
        this.#texts.set(audit.substatementId, audit.statement)
      }
      return audit.statement
    }
    return this.#texts.get(audit.substatementId) ?? audit.statement
  }

  add(member: Member): void {
    this.#members.push(member)
    this.#count(member, 1)
    this.#learn(traceOf(member.row))
    if (this.#members.length <= MAX_HELD) return
    const oldest = this.#members.shift()
    if (oldest === undefined) return
    this.#count(oldest, -1)
    this.#release(oldest, { outcome: 'unknown' })
  }

  #count(member: Member, by: 1 | -1): void {
    const text = bare(member.text)
    const count = (this.#bare.get(text) ?? 0) + by
    if (count > 0) this.#bare.set(text, count)
    else this.#bare.delete(text)
  }

  /** Last audit record's text, for what the statement changes in its session. */
  get last(): Member | undefined {
    return this.#members.at(-1)
  }

  /** True where the text is that of one of the statement's records. */
  has(text: string | undefined): boolean {
    return text !== undefined && this.#bare.has(bare(text))
  }

  /**
   * Whether the error is proven to be this statement's: the same text, or a text or context that holds it, or the
   * failed check of a foreign key that is all that was logged yet. An error that states no statement belongs to the
   * one before it, unless its process was idle. A statement that merely follows does not belong.
   */
  owns(entry: LogEntry): boolean {
    if (/^(?:idle|authentication|startup)/.test(entry.commandTag ?? '')) return false
    if (!sameTransaction(entry.virtualXid, this.virtualXid)) return false
    if (entry.statement === undefined)
      return !(
        entry.severity === 'FATAL' && /^(?:terminating connection|connection to client lost)/.test(entry.message)
      )
    if (this.has(entry.statement)) return true
    if (entry.internalQuery !== undefined && this.has(entry.internalQuery)) return true
    const { context } = entry
    if (context !== undefined && this.#members.some((member) => context.includes(`SQL statement "${member.text}"`)))
      return true
    return (
      (entry.sqlState?.startsWith('23') ?? entry.message.includes('violates foreign key constraint')) &&
      this.#members.length > 0 &&
      this.#members.every((member) => foreignKeyCheck.test(member.text))
    )
  }

  /** Marks the statement's records by its error and lets both share the trace context that one of them states. */
  fail(error: AccessEventRow, statesStatement: boolean): void {
    this.#outcome = {
      outcome: error.outcome,
      outcome_code: error.outcome_code,
      outcome_reason: error.outcome_reason,
      policy: error.policy,
      policy_type: error.policy_type,
      policy_effect: error.policy_effect,
    }
    if (statesStatement) this.#learn(traceOf(error))
    const trace = this.#shared()
    if (error.trace_id === undefined && trace !== undefined) inherit(error, trace)
  }

  /** True where a duration could be set: on the record with that text, or on the outermost one. */
  takeDuration(durationUs: bigint, text: string | undefined): boolean {
    const member = text === undefined ? this.#outermost() : this.#members.find((item) => bare(item.text) === bare(text))
    if (member === undefined || member.row.duration_us !== undefined) return false
    member.row.duration_us = durationUs
    return true
  }

  get failed(): boolean {
    return this.#outcome !== undefined
  }

  /** Emits all that is held. */
  settle(): void {
    for (const member of this.#members) this.#release(member, this.#outcome)
    this.#members.length = 0
  }

  #release(member: Member, outcome: Partial<AccessEventRow> | undefined): void {
    const { row } = member
    if (outcome !== undefined) Object.assign(row, outcome)
    const trace = this.#shared()
    if (row.trace_id === undefined && trace !== undefined) inherit(row, trace)
    const { identity, alternate } = member.ids
    this.#sink.emit(member.at, [{ table: 'access_event', row, identity, alternate }])
  }

  /** With ROWS the records are written as statements end, the outermost last; without, as they begin. */
  #outermost(): Member | undefined {
    return this.#members.at(-1)?.audit.rows === undefined ? this.#members[0] : this.#members.at(-1)
  }

  #learn(trace: TraceContext | undefined): void {
    if (trace === undefined) return
    if (this.#trace !== undefined && (this.#trace.traceId !== trace.traceId || this.#trace.spanId !== trace.spanId)) {
      this.#conflicting = true
    }
    this.#trace ??= trace
  }

  /** The one trace context of the statement; none where its records state different ones. */
  #shared(): TraceContext | undefined {
    return this.#conflicting ? undefined : this.#trace
  }
}

function traceOf(row: AccessEventRow): TraceContext | undefined {
  if (row.trace_id === undefined || row.span_id === undefined) return undefined
  return { traceId: row.trace_id, spanId: row.span_id }
}

function inherit(row: AccessEventRow, trace: TraceContext): void {
  row.trace_id = trace.traceId
  row.span_id = trace.spanId
  row.trace_source = 'sqlcommenter (inherited)'
}

const bare = (sql: string) => sql.trim().replace(/;$/, '').trimEnd()

/** `3/0` is no transaction: it says nothing. */
function sameTransaction(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined || a.endsWith('/0') || b.endsWith('/0')) return true
  return a === b
}
