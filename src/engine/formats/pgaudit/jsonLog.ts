/**
 * Reads jsonlog (version 15 on) and two envelopes: CloudNativePG's instance log (`record` holds csvlog's columns) and
 * Cloud SQL's log entries (`textPayload` holds a line of the plain log, the time stands beside it).
 */
import { get, isObject, type JsonValue, text, textAt } from '../../../common/json'
import { parseInstant } from '../../../common/time'
import type { JsonReader, RecordAt, SessionOptions } from '../types'
import { auditFromObject } from './audit'
import { columnsEntry } from './csvLog'
import { emptyEntry, known, type LogEntry, portOf, severities } from './entry'
import { parseLogTime } from './logTime'
import { PlainAssembler, plainEntry } from './plainLog'
import { SessionTracker } from './sessions'
import { payloadTemplates } from './templates'

type Shape = 'jsonlog' | 'cnpg' | 'cnpg-manager' | 'cloudsql'

export const jsonLog: JsonReader = {
  layouts: [],
  match(value) {
    switch (shapeOf(value)) {
      case 'jsonlog':
      case 'cnpg':
        return 0.97
      case 'cloudsql':
        return 0.9
      case 'cnpg-manager':
        // Before its pod has a name the manager's lines look like those of many other programs.
        return textAt(value, 'logging_pod') === undefined ? 0.2 : 0.6
      case undefined:
        return 0
    }
  },
  open(options) {
    const tracker = new SessionTracker(options.sink)
    const lines = new PlainAssembler(options.sink, tracker)
    return {
      record(value, _context, at) {
        const entry = entryOf(value, at, options, lines)
        if (entry === 'continued') return
        if (typeof entry === 'string') options.sink.reject(at, entry)
        else if (shapeOf(value) === 'cloudsql') lines.entry(entry)
        else tracker.entry(entry)
      },
      end: () => lines.end(),
    }
  },
}

function shapeOf(value: JsonValue): Shape | undefined {
  if (!isObject(value)) return undefined
  const severity = textAt(value, 'error_severity')
  if (severity !== undefined && severities.has(severity) && textAt(value, 'timestamp') !== undefined) {
    return get(value, 'pid') !== undefined || get(value, 'session_id') !== undefined ? 'jsonlog' : undefined
  }
  if (textAt(value, 'record', 'log_time') !== undefined && textAt(value, 'record', 'error_severity') !== undefined) {
    return 'cnpg'
  }
  if (typeof get(value, 'textPayload') === 'string' && isCloudSql(value)) return 'cloudsql'
  const managed = textAt(value, 'level') !== undefined && textAt(value, 'msg') !== undefined
  return managed && get(value, 'ts') !== undefined ? 'cnpg-manager' : undefined
}

function isCloudSql(value: JsonValue): boolean {
  return (
    textAt(value, 'resource', 'type') === 'cloudsql_database' &&
    /postgres/.test(textAt(value, 'logName')?.slice(-200) ?? '')
  )
}

function entryOf(
  value: JsonValue,
  at: RecordAt,
  options: SessionOptions,
  lines: PlainAssembler,
): LogEntry | 'continued' | string {
  switch (shapeOf(value)) {
    case 'jsonlog':
      return jsonlogEntry(value, at, options)
    case 'cnpg': {
      const record = get(value, 'record')
      const labels = { ...podLabels(value), audit: auditFromObject(get(record, 'audit')) }
      return columnsEntry((name) => text(get(record, name)), at, options, labels)
    }
    case 'cnpg-manager':
      return managerEntry(value, at)
    case 'cloudsql':
      return cloudSqlEntry(value, at, options, lines)
    case undefined:
      return 'The record is no PostgreSQL log entry.'
  }
}

function jsonlogEntry(value: JsonValue, at: RecordAt, options: SessionOptions): LogEntry | string {
  const field = (name: string) => known(text(get(value, name)))
  const time = parseLogTime(field('timestamp') ?? '', options.assumeOffsetMinutes)
  if (time === undefined) return 'The record has no valid timestamp.'
  return {
    ...emptyEntry,
    at,
    numbered: true,
    timeUs: time.us,
    precision: time.precision,
    zoneUncertain: time.zoneUncertain,
    user: field('user'),
    database: field('dbname'),
    pid: field('pid'),
    host: field('remote_host'),
    port: portOf(field('remote_port')),
    sessionId: field('session_id'),
    lineNo: field('line_num'),
    commandTag: field('ps'),
    virtualXid: field('vxid'),
    severity: field('error_severity') ?? '',
    sqlState: field('state_code'),
    message: text(get(value, 'message')) ?? '',
    detail: field('detail'),
    hint: field('hint'),
    internalQuery: field('internal_query'),
    context: field('context'),
    statement: field('statement'),
    application: field('application_name'),
    backendType: field('backend_type'),
    queryId: field('query_id'),
  }
}

/** `shop-db-1` is the first server of cluster `shop-db`. */
function podLabels(value: JsonValue): Pick<LogEntry, 'cluster' | 'server'> {
  const pod = textAt(value, 'logging_pod')
  return { server: pod, cluster: pod?.replace(/-\d{1,4}$/, '') }
}

/** A line of the instance manager itself; its time is a number of seconds. */
function managerEntry(value: JsonValue, at: RecordAt): LogEntry | string {
  const seconds = Number(textAt(value, 'ts') ?? Number.NaN)
  if (!(seconds > 0 && seconds < 1e11)) return 'The record has no valid ts.'
  const { cluster, server } = podLabels(value)
  return {
    ...emptyEntry,
    cluster,
    server,
    at,
    numbered: false,
    timeUs: BigInt(Math.round(seconds * 1e6)),
    precision: 'us',
    severity: managerSeverity(textAt(value, 'level')),
    message: textAt(value, 'msg') ?? '',
    detail: at.raw().slice(0, 10_000),
    backendType: textAt(value, 'logger') ?? 'instance manager',
  }
}

/** The manager's own errors are no attempts to use a right, so they keep off the server's ERROR. */
function managerSeverity(level: string | undefined): string {
  return level === undefined ? 'LOG' : level.toLowerCase()
}

function cloudSqlEntry(
  value: JsonValue,
  at: RecordAt,
  options: SessionOptions,
  lines: PlainAssembler,
): LogEntry | 'continued' | string {
  const line = text(get(value, 'textPayload')) ?? ''
  const time = parseInstant(textAt(value, 'timestamp') ?? '')
  if (time === undefined) return 'The record has no valid timestamp.'
  const cluster = textAt(value, 'resource', 'labels', 'database_id')
  const envelope = { timeUs: time.us, precision: time.precision, cluster, server: cluster }
  const entry = plainEntry(payloadTemplates, line, at, options, envelope)
  if (entry !== undefined) return entry
  if (line.startsWith('\t') && lines.continue(line.slice(1), at)) return 'continued'
  return {
    ...emptyEntry,
    ...envelope,
    at,
    numbered: false,
    severity: textAt(value, 'severity') ?? 'LOG',
    message: line,
  }
}
