import type { Precision } from '../../../common/time'
import type { Flag } from '../../db/rows'
import type { RecordAt } from '../types'
import type { AuditRecord } from './audit'

/**
 * One log entry of a PostgreSQL server, whatever its rendering. Texts that the rendering leaves empty or writes as
 * `[unknown]` are absent.
 */
export interface LogEntry {
  readonly at: RecordAt
  /** True where the rendering numbers entries per session (csvlog, jsonlog); plain log has no such identity. */
  readonly numbered: boolean
  /** Label of the database cluster, where the rendering or its envelope states one. */
  readonly cluster: string | undefined
  /** Label of the one server within the cluster: sessions of different servers may share a process id. */
  readonly server: string | undefined
  readonly timeUs: bigint | undefined
  readonly precision: Precision | undefined
  /** What is doubtful about the time. */
  readonly clock: readonly Flag[]
  readonly user: string | undefined
  readonly database: string | undefined
  readonly pid: string | undefined
  /** Client address or host name, `[local]` for a socket. */
  readonly host: string | undefined
  readonly port: number | undefined
  readonly sessionId: string | undefined
  readonly lineNo: string | undefined
  /** Command tag of the process (`ps`), e.g. SELECT, idle, authentication. */
  readonly commandTag: string | undefined
  readonly virtualXid: string | undefined
  readonly severity: string
  readonly sqlState: string | undefined
  readonly message: string
  readonly detail: string | undefined
  readonly hint: string | undefined
  readonly internalQuery: string | undefined
  readonly context: string | undefined
  readonly statement: string | undefined
  readonly application: string | undefined
  readonly backendType: string | undefined
  readonly queryId: string | undefined
  /** Set where an envelope carries the audit record as an object instead of text. */
  readonly audit: AuditRecord | undefined
}

/** Values of an entry that most readers leave out. */
export const emptyEntry = {
  cluster: undefined,
  server: undefined,
  timeUs: undefined,
  precision: undefined,
  clock: [],
  user: undefined,
  database: undefined,
  pid: undefined,
  host: undefined,
  port: undefined,
  sessionId: undefined,
  lineNo: undefined,
  commandTag: undefined,
  virtualXid: undefined,
  sqlState: undefined,
  detail: undefined,
  hint: undefined,
  internalQuery: undefined,
  context: undefined,
  statement: undefined,
  application: undefined,
  backendType: undefined,
  queryId: undefined,
  audit: undefined,
} as const satisfies Partial<LogEntry>

/** Severities that begin an entry (elog.c, `error_severity`). */
export const severities: ReadonlySet<string> = new Set([
  ...['DEBUG', 'DEBUG1', 'DEBUG2', 'DEBUG3', 'DEBUG4', 'DEBUG5'],
  ...['LOG', 'INFO', 'NOTICE', 'WARNING', 'ERROR', 'FATAL', 'PANIC'],
])

/** Lines of the plain log that belong to the entry before of the same process. */
export const followUps: ReadonlySet<string> = new Set([
  ...['DETAIL', 'HINT', 'QUERY', 'CONTEXT', 'LOCATION', 'STATEMENT', 'BACKTRACE'],
])

export const isFailure = (severity: string) => severity === 'ERROR' || severity === 'FATAL' || severity === 'PANIC'

/** A field as text; empty and `[unknown]` count as absent. */
export function known(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === '[unknown]' ? undefined : value
}

export function portOf(value: string | undefined): number | undefined {
  if (value === undefined || !/^\d{1,5}$/.test(value)) return undefined
  const port = Number(value)
  return port <= 65_535 && port > 0 ? port : undefined
}

/** `192.0.2.1:5432`, `::1:5432`, `host:5432`, `192.0.2.1(5432)`, `[local]`, or an address alone. */
export function splitClient(value: string | undefined): { host: string | undefined; port: number | undefined } {
  const client = known(value)
  if (client === undefined || client === '[local]') return { host: client, port: undefined }
  const match = /^(.+?)\((\d{1,5})\)$/.exec(client) ?? /^(.+):(\d{1,5})$/.exec(client)
  const port = portOf(match?.[2])
  if (match === null || port === undefined) return { host: client, port: undefined }
  return { host: match[1], port }
}
