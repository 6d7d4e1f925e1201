import type { JsonValue } from '../../../common/json'
import { get, isObject, type JsonObject, text } from '../../../common/json'
import type { EmittedRow, JsonContext, JsonSession, RecordAt, SessionOptions } from '../types'
import { clusterOf } from './cluster'
import { eventsIn, isEvent } from './envelope'
import { mapEvent } from './record'
import { finalRank, stageRank } from './stage'

/** Requests whose final stage may still come. Beyond this the oldest is given out as it is. */
export const MAX_PENDING = 50_000

/** Held records keep their text, so many large ones are let go earlier. */
export const MAX_PENDING_BYTES = 64 * 2 ** 20

/** Requests whose final stage was seen, so that a straggler of an earlier stage is known for what it is. */
const MAX_FINISHED = 50_000

const supersededReason = 'earlier stage of the same request'

interface Held {
  readonly at: RecordAt
  readonly rank: number
  readonly row: EmittedRow
}

/**
 * Keeps, of the stages of one request, the last: earlier ones are held until it comes or the file ends. Stages that
 * come by different files meet in `reconcile.ts`.
 */
export class StageSession implements JsonSession {
  readonly #options: SessionOptions
  /** Insertion order is age. */
  readonly #pending = new Map<string, Held[]>()
  #finished = new Set<string>()
  #finishedBefore = new Set<string>()
  #heldCount = 0
  #heldBytes = 0

  constructor(options: SessionOptions) {
    this.#options = options
  }

  record(value: JsonValue, context: JsonContext, at: RecordAt): void {
    const events = eventsIn(value).filter((item) => isEvent(item))
    const [first] = events
    if (first === undefined) {
      const reason = isObject(value)
        ? 'Not a Kubernetes audit event: neither kind and group nor an audit id with stage or verb.'
        : 'Not a Kubernetes audit event: no JSON object.'
      this.#options.sink.reject(at, reason)
      return
    }
    const cluster = clusterOf(value, context, this.#options.memberName)
    // A record with several events cannot be held in part.
    if (events.length > 1) {
      const rows = events.map((event) => this.#row(event, cluster))
      this.#options.sink.emit(at, rows)
      return
    }
    this.#take(first, cluster, at)
  }

  #take(event: JsonObject, cluster: string | undefined, at: RecordAt): void {
    const id = text(get(event, 'auditID'))
    const rank = stageRank(event)
    const row = this.#row(event, cluster)
    if (id === undefined || rank === 0) {
      this.#options.sink.emit(at, [row])
      return
    }
    const key = `${cluster ?? ''}/${id}`
    if (rank >= finalRank) {
      this.#release(key, rank)
      this.#remember(key)
      this.#options.sink.emit(at, [row])
      return
    }
    if (this.#finished.has(key) || this.#finishedBefore.has(key)) {
      this.#options.sink.skip(at, supersededReason)
      return
    }
    const held = this.#pending.get(key)
    if (held === undefined) this.#pending.set(key, [{ at, rank, row }])
    else held.push({ at, rank, row })
    this.#heldCount++
    this.#heldBytes += at.length
    while (this.#heldCount > MAX_PENDING || this.#heldBytes > MAX_PENDING_BYTES) this.#releaseOldest()
  }

  end(): void {
    for (const key of [...this.#pending.keys()]) this.#release(key, 0)
  }

  /** Settles what is held of a request: of its stages the highest is given out unless `byRank` is higher. */
  #release(key: string, byRank: number): void {
    const held = this.#pending.get(key)
    if (held === undefined) return
    this.#pending.delete(key)
    this.#heldCount -= held.length
    const best = Math.max(byRank, ...held.map((item) => item.rank))
    for (const item of held) {
      this.#heldBytes -= item.at.length
      if (item.rank < best) this.#options.sink.skip(item.at, supersededReason)
      else this.#options.sink.emit(item.at, [item.row])
    }
  }

  #releaseOldest(): void {
    const oldest = this.#pending.keys().next()
    if (oldest.done !== true) this.#release(oldest.value, 0)
  }

  #remember(key: string): void {
    this.#finished.add(key)
    if (this.#finished.size < MAX_FINISHED) return
    this.#finishedBefore = this.#finished
    this.#finished = new Set()
  }

  #row(event: JsonObject, cluster: string | undefined): EmittedRow {
    return { table: 'access_event', row: mapEvent(event, cluster, this.#options.wallClock) }
  }
}
