import type { LogEntry } from './entry'

export interface EntryIdentity {
  /** Null where the rendering does not number entries; then only `alternate` can tell a copy. */
  readonly identity: string | null
  readonly alternate: string
}

/**
 * Names an entry so that csvlog, jsonlog and plain log of one server give it once: by session and line number where
 * both are stated, and by process, time, severity and message in every rendering. The n-th identical entry of a
 * process within one millisecond gets `#n`. The plain log's `%c` and `%l` are not used: its lines have a counter of
 * their own. Remembers the last millisecond per process only.
 */
export class IdentityMaker {
  readonly #recent = new Map<string, { timeMs: string; readonly counts: Map<string, number> }>()

  of(entry: LogEntry): EntryIdentity {
    const timeMs = entry.timeUs === undefined ? '' : (entry.timeUs / 1000n).toString()
    const pid = entry.pid ?? ''
    const alternate = `pg|${pid}|${timeMs}|${entry.severity}|${entry.message}`
    const nth = this.#count(`${entry.server ?? ''}|${pid}`, timeMs, `${entry.severity}|${entry.message}`)
    const numbered = entry.numbered && entry.sessionId !== undefined && entry.lineNo !== undefined
    return {
      identity: numbered ? `pg|${entry.sessionId}|${entry.lineNo}|${timeMs}` : null,
      alternate: nth === 1 ? alternate : `${alternate}#${nth}`,
    }
  }

  #count(process: string, timeMs: string, what: string): number {
    let recent = this.#recent.get(process)
    if (recent === undefined || recent.timeMs !== timeMs) {
      recent = { timeMs, counts: new Map() }
      this.#recent.set(process, recent)
    }
    const count = (recent.counts.get(what) ?? 0) + 1
    recent.counts.set(what, count)
    return count
  }
}
