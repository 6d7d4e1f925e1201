/** Reads the plain server log: a prefix by template, a severity, a message, and lines that continue it. */
import type { RecordAt, SessionOptions, Sink, TextReader, TextSession } from '../types'
import { emptyEntry, followUps, known, type LogEntry, splitClient } from './entry'
import { parseEpochTime, parseLogTime } from './logTime'
import type { PrefixedLine, PrefixTemplate } from './prefix'
import { SessionTracker } from './sessions'
import { knownTemplates, matchFirst, rankTemplates } from './templates'

export const plainLog: TextReader = {
  match(lines) {
    const written = lines.filter((line) => line.trim() !== '' && !/^[\t ]/.test(line))
    const explained = written.filter((line) => matchFirst(knownTemplates, line) !== undefined).length
    if (explained === 0) return 0
    return Math.max(0.5, 0.95 * (explained / written.length))
  },
  begins(sample) {
    const templates = rankTemplates(knownTemplates, sample)
    return (line) => matchFirst(templates, line) !== undefined
  },
  open(options, sample): TextSession {
    const templates = rankTemplates(knownTemplates, sample)
    const assembler = new PlainAssembler(options.sink)
    return {
      record(text, at) {
        const entry = plainEntry(templates, text, at, options)
        if (entry === undefined)
          options.sink.reject(at, 'The line has no log_line_prefix that is known, or no severity.')
        else assembler.entry(entry)
      },
      end: () => assembler.end(),
    }
  },
}

/** Time and labels that an envelope states where the line itself has none. */
type EnvelopeFacts = Partial<Pick<LogEntry, 'timeUs' | 'precision' | 'cluster' | 'server'>>

/** One line with its continuation as an entry, or undefined where no template explains it. */
export function plainEntry(
  templates: readonly PrefixTemplate[],
  text: string,
  at: RecordAt,
  options: Pick<SessionOptions, 'assumeOffsetMinutes'>,
  envelope: EnvelopeFacts = {},
): LogEntry | undefined {
  const end = text.indexOf('\n')
  const line = matchFirst(templates, end < 0 ? text : text.slice(0, end))
  if (line === undefined) return undefined
  const { fields, severity } = line
  const time = timeOf(line, options.assumeOffsetMinutes)
  const stated = fields.has('time') || fields.has('epoch')
  if (stated && time === undefined) return undefined
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
    zoneUncertain: envelope.timeUs === undefined && time?.zoneUncertain === true,
    user: known(fields.get('user')),
    database: known(fields.get('database')),
    pid: known(fields.get('pid')),
    host: client.host,
    port: client.port,
    sessionId: known(fields.get('sessionId')),
    lineNo: known(fields.get('lineNo')),
    commandTag: known(fields.get('commandTag')),
    virtualXid: known(fields.get('virtualXid')),
    severity,
    sqlState: verbose ?? known(fields.get('sqlState')),
    // The plain log alone appends where in the statement the error is.
    message: severity === 'ERROR' ? message.replace(/ at character \d{1,10}$/, '') : message,
    application: known(fields.get('application')),
    backendType: known(fields.get('backendType')),
    queryId: known(fields.get('queryId')),
  }
}

function timeOf(line: PrefixedLine, assumeOffsetMinutes: number) {
  const epoch = line.fields.get('epoch')
  if (epoch !== undefined) return parseEpochTime(epoch)
  const time = line.fields.get('time')
  return time === undefined ? undefined : parseLogTime(time, assumeOffsetMinutes)
}

/**
 * Joins DETAIL, HINT, CONTEXT, STATEMENT, … to the entry before of the same process. Holds the last entry of each
 * process until that process writes another one.
 */
export class PlainAssembler {
  readonly #sink: Sink
  readonly #tracker: SessionTracker
  readonly #held = new Map<string, LogEntry>()
  #lastKey: string | undefined

  constructor(sink: Sink, tracker = new SessionTracker(sink)) {
    this.#sink = sink
    this.#tracker = tracker
  }

  entry(entry: LogEntry): void {
    const key = `${entry.server ?? ''}|${entry.pid ?? entry.sessionId ?? ''}`
    this.#lastKey = key
    const before = this.#held.get(key)
    if (before !== undefined && followUps.has(entry.severity)) {
      this.#held.set(key, withFollowUp(before, entry.severity, entry.message))
      this.#sink.emit(entry.at, [])
      return
    }
    if (before !== undefined) this.#tracker.entry(before)
    this.#held.set(key, entry)
    // An ended session leaves nothing behind.
    if (entry.message.startsWith('disconnection: ')) {
      this.#held.delete(key)
      this.#tracker.entry(entry)
    }
  }

  /** A record that goes on with the last entry's message; false where there is none. */
  continue(text: string, at: RecordAt): boolean {
    const held = this.#lastKey === undefined ? undefined : this.#held.get(this.#lastKey)
    if (held === undefined || this.#lastKey === undefined) return false
    this.#held.set(this.#lastKey, { ...held, message: `${held.message}\n${text}` })
    this.#sink.emit(at, [])
    return true
  }

  end(): void {
    for (const entry of this.#held.values()) this.#tracker.entry(entry)
    this.#held.clear()
    this.#tracker.end()
  }
}

function withFollowUp(entry: LogEntry, kind: string, text: string): LogEntry {
  const joined = (before: string | undefined) => (before === undefined ? text : `${before}\n${text}`)
  switch (kind) {
    case 'DETAIL':
      return { ...entry, detail: joined(entry.detail) }
    case 'HINT':
      return { ...entry, hint: joined(entry.hint) }
    case 'QUERY':
      return { ...entry, internalQuery: joined(entry.internalQuery) }
    case 'STATEMENT':
      return { ...entry, statement: joined(entry.statement) }
    default:
      return { ...entry, context: joined(entry.context) }
  }
}
