/**
 * Reads jsonlog (version 15 on), CloudNativePG's instance log (`record` holds csvlog's columns), and lines of the plain
 * log that an envelope carries.
 */

import { get, isObject, type JsonValue, text, textAt } from '../../../common/json'
import { clockFlags } from '../shared/eventTime'
import type { JsonLayout, JsonReader, RecordAt, SessionOptions } from '../types'
import { PlainAssembler } from './assembler'
import { auditFromObject } from './audit'
import { columnsEntry } from './csvLog'
import { emptyEntry, known, type LogEntry, portOf, severities } from './entry'
import { parseLogTime } from './logTime'
import { plainEntry } from './plainLine'
import { SessionTracker } from './sessions'
import { matchFirst, type TemplateSet } from './templates'
import { mayBeEntry, unwrapped, type WrappedLine, wrappedLine } from './wrapped'

/** The same places and context as other formats name them. */
const layouts: readonly JsonLayout[] = [
  { id: 'log-events', records: ['logEvents', '*'], context: [['logGroup']] },
  { id: 'diagnostic-records', records: ['records', '*'], context: [] },
]

export function jsonLog(set: TemplateSet): JsonReader {
  const isOurLine = ({ kind, line }: WrappedLine) =>
    kind !== 'line' || (mayBeEntry(line) && matchFirst(set.line, line) !== undefined)
  const score = (value: JsonValue): number => {
    switch (shapeOf(value)) {
      case 'jsonlog':
      case 'cnpg':
        return 0.97
      case 'cnpg-manager':
        // Before its pod has a name the manager's lines look like those of many other programs.
        return isManager(value) ? 0.6 : 0.2
      case undefined: {
        const wrapped = wrappedLine(value)
        return wrapped !== undefined && isOurLine(wrapped) ? 0.9 : 0
      }
    }
  }
  const unwrap = (value: JsonValue) =>
    shapeOf(value) === undefined ? unwrapped(value, (item) => score(item) >= 0.9) : undefined
  return {
    layouts,
    match: (value) => Math.max(score(value), unwrap(value) === undefined ? 0 : 0.95),
    unwrap,
    continues: (value) => shapeOf(value) === 'cnpg-manager' || wrappedLine(value) !== undefined,
    open(options) {
      const tracker = new SessionTracker(options.sink)
      const lines = new PlainAssembler(options.sink, tracker)
      return {
        record(value, context, at) {
          const entry = recordEntry(value, at, options)
          if (entry === undefined) takeLine(wrappedLine(value, context), at, options, lines, set)
          else if (typeof entry === 'string') options.sink.reject(at, entry)
          else tracker.entry(entry)
        },
        end: () => lines.end(),
      }
    },
  }
}

type Shape = 'jsonlog' | 'cnpg' | 'cnpg-manager'

function shapeOf(value: JsonValue): Shape | undefined {
  if (!isObject(value)) return undefined
  const severity = textAt(value, 'error_severity')
  if (severity !== undefined && severities.has(severity) && textAt(value, 'timestamp') !== undefined) {
    return get(value, 'pid') !== undefined || get(value, 'session_id') !== undefined ? 'jsonlog' : undefined
  }
  if (textAt(value, 'record', 'log_time') !== undefined && textAt(value, 'record', 'error_severity') !== undefined) {
    return 'cnpg'
  }
  const managed = textAt(value, 'level') !== undefined && textAt(value, 'msg') !== undefined
  return managed && get(value, 'ts') !== undefined ? 'cnpg-manager' : undefined
}

function isManager(value: JsonValue): boolean {
  return textAt(value, 'logging_pod') !== undefined || textAt(value, 'controllerGroup') === 'postgresql.cnpg.io'
}

/** An entry, why there is none, or undefined where the value is an envelope of a line. */
function recordEntry(value: JsonValue, at: RecordAt, options: SessionOptions): LogEntry | string | undefined {
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
    case undefined:
      return wrappedLine(value) === undefined ? 'The record is no PostgreSQL log entry.' : undefined
  }
}

function jsonlogEntry(value: JsonValue, at: RecordAt, options: SessionOptions): LogEntry | string {
  const field = (name: string) => known(text(get(value, name)))
  const time = parseLogTime(field('timestamp') ?? '', options.wallClock)
  if (time === undefined) return 'The record has no valid timestamp.'
  return {
    ...emptyEntry,
    at,
    numbered: true,
    timeUs: time.us,
    precision: time.precision,
    clock: clockFlags(time),
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

/** A line of the log, one that goes on with the line before, or one that something else in the container wrote. */
function takeLine(
  wrapped: WrappedLine | undefined,
  at: RecordAt,
  options: SessionOptions,
  lines: PlainAssembler,
  set: TemplateSet,
): void {
  if (wrapped === undefined) return options.sink.reject(at, 'The record is no PostgreSQL log entry.')
  const { kind, line, facts } = wrapped
  if (kind !== 'line' && facts.timeUs === undefined && facts.seen === undefined)
    return options.sink.reject(at, 'The record has no valid timestamp.')
  // Of a collector's record the line itself is the record.
  const inner = kind === 'line' ? { ...at, raw: () => line } : at
  const templates = kind === 'line' ? set.line : set.payload
  const entry = plainEntry(templates, line, inner, options, facts)
  if (entry !== undefined) return lines.entry(entry)
  if (line.startsWith('\t') && lines.continue(line.slice(1), inner)) return
  lines.entry({
    ...emptyEntry,
    cluster: facts.cluster,
    server: facts.server,
    timeUs: facts.timeUs ?? facts.seen?.us,
    precision: facts.timeUs === undefined ? facts.seen?.precision : facts.precision,
    at: inner,
    numbered: false,
    severity: 'LOG',
    message: line,
  })
}
