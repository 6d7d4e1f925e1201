import { get, isObject, type JsonObject, type JsonValue, textAt } from '../../../common/json'
import { withExactIntegers } from '../spans/exact'
import type { EmittedRow, JsonContext, JsonSession, RecordAt, SessionOptions } from '../types'
import { isEntry, isResponse } from './entry'
import { mapEntry } from './record'

/** Requests whose answer may still come. Beyond this the oldest is given out as it is. */
export const MAX_PENDING = 50_000

/** Held entries keep their text, so many large ones are let go earlier. */
export const MAX_PENDING_BYTES = 64 * 2 ** 20

/** Requests whose answer was seen, so that an entry of the request that comes late is known for what it is. */
const MAX_ANSWERED = 50_000

interface Held {
  readonly at: RecordAt
  readonly entry: JsonObject
}

/** A request is written when it comes and again with its answer: both become the row of the answer. */
export class PairSession implements JsonSession {
  readonly #options: SessionOptions
  /** Insertion order is age. */
  readonly #pending = new Map<string, Held>()
  #answered = new Set<string>()
  #answeredBefore = new Set<string>()
  #heldBytes = 0

  constructor(options: SessionOptions) {
    this.#options = options
  }

  record(value: JsonValue, _context: JsonContext, at: RecordAt): void {
    const entry = isEntry(value) ? withExactIntegers(value, at) : undefined
    if (!isEntry(entry)) {
      const what = isObject(value)
        ? 'it is neither a request nor an answer with a path and an operation'
        : 'no JSON object'
      this.#options.sink.reject(at, `Not an audit entry of Vault: ${what}.`)
      return
    }
    const id = textAt(entry, 'request', 'id')
    if (id === undefined) this.#options.sink.emit(at, [this.#row(entry, undefined)])
    else if (isResponse(entry)) this.#answer(id, entry, at)
    else this.#ask(id, entry, at)
  }

  #ask(id: string, entry: JsonObject, at: RecordAt): void {
    if (this.#answered.has(id) || this.#answeredBefore.has(id)) {
      this.#options.sink.skip(at, 'request of an answer that came before')
      return
    }
    const held = this.#pending.get(id)
    // Two devices in one file write each request twice.
    if (held !== undefined) {
      this.#options.sink.skip(at, 'the same request again')
      return
    }
    this.#pending.set(id, { at, entry })
    this.#heldBytes += at.length
    while (this.#pending.size > MAX_PENDING || this.#heldBytes > MAX_PENDING_BYTES) this.#releaseOldest()
  }

  #answer(id: string, entry: JsonObject, at: RecordAt): void {
    const held = this.#pending.get(id)
    if (held !== undefined) {
      this.#pending.delete(id)
      this.#heldBytes -= held.at.length
      this.#options.sink.emit(held.at, [])
    }
    this.#remember(id)
    this.#options.sink.emit(at, [
      { ...this.#row(entry, held === undefined ? undefined : get(held.entry, 'time')), alternate: `vault\n${id}` },
    ])
  }

  end(): void {
    for (const [id, held] of [...this.#pending]) this.#release(id, held)
  }

  /** A request without its answer knows less: where another file has the answer, that row stays and this one goes. */
  #release(id: string, held: Held): void {
    this.#pending.delete(id)
    this.#heldBytes -= held.at.length
    this.#options.sink.emit(held.at, [
      { ...this.#row(held.entry, undefined), identity: null, alternate: `vault\n${id}` },
    ])
  }

  #releaseOldest(): void {
    const oldest = this.#pending.entries().next()
    if (oldest.done !== true) this.#release(...oldest.value)
  }

  #remember(id: string): void {
    this.#answered.add(id)
    if (this.#answered.size < MAX_ANSWERED) return
    this.#answeredBefore = this.#answered
    this.#answered = new Set()
  }

  #row(entry: JsonObject, began: unknown): EmittedRow & { readonly table: 'access_event' } {
    return { table: 'access_event', row: mapEntry(entry, began, this.#options.wallClock) }
  }
}
