/** Puts entries of the plain log together from lines that follow each other, of processes that write in turn. */
import type { RecordAt, Sink } from '../types'
import { followUps, type LogEntry } from './entry'
import { withoutPosition } from './plainLine'
import { SessionTracker } from './sessions'

/**
 * Joins DETAIL, HINT, CONTEXT, STATEMENT, … to the entry before of the same process. Holds the last entry of each
 * process until that process writes another one.
 */
export class PlainAssembler {
  readonly #sink: Sink
  readonly #tracker: SessionTracker
  readonly #held = new Map<string, LogEntry>()
  /** Severity of the last line of each process: what follows goes on with that part of the entry. */
  readonly #lastKind = new Map<string, string>()
  #lastKey: string | undefined

  constructor(sink: Sink, tracker = new SessionTracker(sink)) {
    this.#sink = sink
    this.#tracker = tracker
  }

  entry(entry: LogEntry): void {
    const key = processKey(entry.server, entry.pid ?? entry.sessionId)
    this.#lastKey = key
    this.#lastKind.set(key, entry.severity)
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
      this.#lastKind.delete(key)
      this.#tracker.entry(entry)
    }
  }

  /**
   * A record that goes on with the last entry, of the process `key` where it is stated; false where there is none.
   * `between` is what the split took away: a line break, or nothing.
   */
  continue(text: string, at: RecordAt, between: '\n' | '' = '\n', key = this.#lastKey): boolean {
    const held = key === undefined ? undefined : this.#held.get(key)
    if (held === undefined || key === undefined) return false
    this.#held.set(key, withText(held, this.#lastKind.get(key), between + text))
    this.#sink.emit(at, [])
    return true
  }

  end(): void {
    for (const entry of this.#held.values()) this.#tracker.entry(entry)
    this.#held.clear()
    this.#lastKind.clear()
    this.#tracker.end()
  }
}

/** Names a process among those of several servers. */
export const processKey = (server: string | undefined, process: string | undefined) =>
  `${server ?? ''}|${process ?? ''}`

function withFollowUp(entry: LogEntry, kind: string, text: string): LogEntry {
  const part = partOf(kind)
  const before = entry[part]
  return { ...entry, [part]: before === undefined ? text : `${before}\n${text}` }
}

/** More text for the part of the entry that the last line was about. */
function withText(entry: LogEntry, kind: string | undefined, text: string): LogEntry {
  if (kind === undefined || kind === entry.severity || !followUps.has(kind))
    return { ...entry, message: withoutPosition(entry.severity, entry.message + text) }
  const part = partOf(kind)
  return { ...entry, [part]: (entry[part] ?? '') + text }
}

function partOf(kind: string): 'detail' | 'hint' | 'internalQuery' | 'statement' | 'context' {
  switch (kind) {
    case 'DETAIL':
      return 'detail'
    case 'HINT':
      return 'hint'
    case 'QUERY':
      return 'internalQuery'
    case 'STATEMENT':
      return 'statement'
    default:
      return 'context'
  }
}
