/** One line of the plain log, with its continuation, as an entry. */

import type { Precision, WallClock } from '../../../common/time'
import { clockFlags } from '../shared/eventTime'
import type { RecordAt, SessionOptions } from '../types'
import { emptyEntry, known, type LogEntry, splitClient } from './entry'
import { parseEpochTime, parseLogTime } from './logTime'
import type { PrefixedLine, PrefixTemplate } from './prefix'
import { matchFirst } from './templates'

/**
 * What an envelope states about a line: labels, a time and process of the server itself, which count before the line's
 * own, and when a collector saw the line, for lines without a time.
 */
export interface EnvelopeFacts extends Partial<Pick<LogEntry, 'timeUs' | 'precision' | 'cluster' | 'server' | 'pid'>> {
  readonly seen?: { readonly us: bigint; readonly precision: Precision } | undefined
}

/** One line with its continuation as an entry, or undefined where no template explains it. */
export function plainEntry(
  templates: readonly PrefixTemplate[],
  text: string,
  at: RecordAt,
  options: Pick<SessionOptions, 'wallClock'>,
  envelope: EnvelopeFacts = {},
): LogEntry | undefined {
  const end = text.indexOf('\n')
  const line = matchFirst(templates, end < 0 ? text : text.slice(0, end))
  if (line === undefined) return undefined
  const { fields, severity } = line
  const own = timeOf(line, options.wallClock)
  const stated = fields.has('time') || fields.has('epoch')
  if (stated && own === undefined) return undefined
  const time = own ?? envelope.seen
  // The server puts one tab after each line break of a message.
  const body = text.slice(line.messageAt).replace(/\n\t/g, '\n')
  const state = /^([0-9A-Z]{5}): /.exec(body)?.[1]
  const verbose = state !== undefined && /\d/.test(state) ? state : undefined
  const message = verbose === undefined ? body : body.slice(7)
  const client = splitClient(fields.get('client') ?? fields.get('host'))
  return {
    ...emptyEntry,
    at,
    numbered: false,
    cluster: envelope.cluster,
    server: envelope.server,
    timeUs: envelope.timeUs ?? time?.us,
    precision: envelope.timeUs === undefined ? time?.precision : envelope.precision,
    clock: envelope.timeUs === undefined && own !== undefined ? clockFlags(own) : [],
    user: known(fields.get('user')),
    database: known(fields.get('database')),
    pid: known(fields.get('pid')) ?? envelope.pid,
    host: client.host,
    port: client.port,
    sessionId: known(fields.get('sessionId')),
    lineNo: known(fields.get('lineNo')),
    commandTag: known(fields.get('commandTag')),
    virtualXid: known(fields.get('virtualXid')),
    severity,
    sqlState: verbose ?? known(fields.get('sqlState')),
    message: withoutPosition(severity, message),
    application: known(fields.get('application')),
    backendType: known(fields.get('backendType')),
    queryId: known(fields.get('queryId')),
  }
}

function timeOf(line: PrefixedLine, wallClock: WallClock) {
  const epoch = line.fields.get('epoch')
  if (epoch !== undefined) return parseEpochTime(epoch)
  const time = line.fields.get('time')
  return time === undefined ? undefined : parseLogTime(time, wallClock)
}

/** The plain log alone appends where in the statement the error is. */
export function withoutPosition(severity: string, message: string): string {
  return severity === 'ERROR' ? message.replace(/ at character \d{1,10}$/, '') : message
}
