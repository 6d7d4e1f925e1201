import { anyClock } from '../../../common/time'
import { clockFlags } from '../shared/eventTime'
import type { CsvReader, RecordAt, SessionOptions } from '../types'
import { known, type LogEntry, severities, splitClient } from './entry'
import { parseLogTime } from './logTime'
import { SessionTracker } from './sessions'

/** Columns of csvlog in order (manual, 20.8.4): 23 up to version 12, 24 in 13, 26 from 14; 22 in 8.4. */
const columns = [
  ...['log_time', 'user_name', 'database_name', 'process_id', 'connection_from', 'session_id', 'session_line_num'],
  ...['command_tag', 'session_start_time', 'virtual_transaction_id', 'transaction_id', 'error_severity'],
  ...['sql_state_code', 'message', 'detail', 'hint', 'internal_query', 'internal_query_pos', 'context', 'query'],
  ...['query_pos', 'location', 'application_name', 'backend_type', 'leader_pid', 'query_id'],
] as const
type Column = (typeof columns)[number]

const counts: ReadonlySet<number> = new Set([22, 23, 24, 26])

export const csvLog: CsvReader = {
  match(first, second) {
    if (first.includes('log_time') && first.includes('error_severity') && first.includes('message')) {
      return { score: 0.95, header: true }
    }
    const mine = looksMine(first) || (second !== undefined && looksMine(second))
    return { score: mine ? 0.97 : 0, header: false }
  },
  open(options, header) {
    const tracker = new SessionTracker(options.sink)
    const position = new Map((header ?? columns).map((name, index) => [name, index]))
    return {
      record(fields, at) {
        if (header === undefined ? !counts.has(fields.length) : fields.length !== header.length) {
          options.sink.reject(at, `The record has ${fields.length} columns; csvlog has 23, 24 or 26.`)
          return
        }
        const entry = columnsEntry((name) => fields[position.get(name) ?? -1], at, options)
        if (typeof entry === 'string') options.sink.reject(at, entry)
        else tracker.entry(entry)
      },
      end: () => tracker.end(),
    }
  },
}

function looksMine(fields: readonly string[]): boolean {
  return (
    counts.has(fields.length) &&
    parseLogTime(fields[0] ?? '', anyClock) !== undefined &&
    severities.has(fields[11] ?? '')
  )
}

/** An entry from values by csvlog's column names, or why there is none. */
export function columnsEntry(
  value: (column: Column) => string | undefined,
  at: RecordAt,
  options: Pick<SessionOptions, 'wallClock'>,
  labels: Partial<Pick<LogEntry, 'cluster' | 'server' | 'audit'>> = {},
): LogEntry | string {
  const severity = value('error_severity') ?? ''
  if (!severities.has(severity)) return 'The record has no known error_severity.'
  const time = parseLogTime(value('log_time') ?? '', options.wallClock)
  if (time === undefined) return 'The record has no valid log_time.'
  const client = splitClient(value('connection_from'))
  return {
    at,
    cluster: labels.cluster,
    server: labels.server,
    audit: labels.audit,
    numbered: true,
    timeUs: time.us,
    precision: time.precision,
    clock: clockFlags(time),
    user: known(value('user_name')),
    database: known(value('database_name')),
    pid: known(value('process_id')),
    host: client.host,
    port: client.port,
    sessionId: known(value('session_id')),
    lineNo: known(value('session_line_num')),
    commandTag: known(value('command_tag')),
    virtualXid: known(value('virtual_transaction_id')),
    severity,
    sqlState: known(value('sql_state_code')),
    message: value('message') ?? '',
    detail: known(value('detail')),
    hint: known(value('hint')),
    internalQuery: known(value('internal_query')),
    context: known(value('context')),
    statement: known(value('query')),
    application: known(value('application_name')),
    backendType: known(value('backend_type')),
    queryId: known(value('query_id')),
  }
}
