import { isObject, type JsonValue } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { withExactIntegers } from '../spans/exact'
import type { EmittedRow, JsonContext, JsonSession, RecordAt, SessionOptions } from '../types'
import { type AuditEntry, auditEntryOf, scoreEntry } from './entry'
import { operationKey, partOf } from './operation'
import { mapCall, mergeOperation } from './record'
import { mapAccess } from './transparency'

/** Operations whose end may still come. Beyond this the oldest is given out as it is. */
export const MAX_PENDING = 20_000

/** Held entries keep their text, so many large ones are let go earlier. */
export const MAX_PENDING_BYTES = 64 * 2 ** 20

interface Held {
  readonly at: RecordAt
  readonly first: AuditEntry
  readonly row: AccessEventRow
}

/**
 * A long operation writes an entry when it begins and one when it ends. The first is held until the last comes, and
 * gives the row: what was asked, by whom, with which rights; the last gives the outcome.
 */
export class OperationSession implements JsonSession {
  readonly #options: SessionOptions
  /** Insertion order is age. */
  readonly #pending = new Map<string, Held>()
  #heldBytes = 0

  constructor(options: SessionOptions) {
    this.#options = options
  }

  record(value: JsonValue, _context: JsonContext, at: RecordAt): void {
    const found = scoreEntry(value) > 0 ? auditEntryOf(withExactIntegers(value, at)) : undefined
    if (found === undefined) {
      const what = isObject(value) ? 'it carries no audit payload' : 'no JSON object'
      this.#options.sink.reject(at, `Not an audit entry of Google Cloud: ${what}.`)
      return
    }
    if (found.kind === 'access') this.#emit(at, mapAccess(found, this.#options.wallClock))
    else this.#call(found, at)
  }

  #call(found: AuditEntry, at: RecordAt): void {
    const row = mapCall(found, this.#options.wallClock)
    const part = partOf(found.entry)
    const key = part === 'whole' ? undefined : operationKey(found.entry)
    if (key === undefined) {
      this.#emit(at, row)
      return
    }
    const held = this.#pending.get(key)
    if (part === 'last') {
      if (held === undefined) this.#emit(at, row)
      else this.#merge(key, held, found, at)
      return
    }
    // The same beginning twice is no operation of two: the older one goes as it is.
    if (held !== undefined) this.#release(key, held)
    this.#pending.set(key, { at, first: found, row })
    this.#heldBytes += at.length
    while (this.#pending.size > MAX_PENDING || this.#heldBytes > MAX_PENDING_BYTES) this.#releaseOldest()
  }

  end(): void {
    for (const [key, held] of [...this.#pending]) this.#release(key, held)
  }

  #merge(key: string, held: Held, last: AuditEntry, at: RecordAt): void {
    this.#pending.delete(key)
    this.#heldBytes -= held.at.length
    const row = mergeOperation(held.first, last, held.row, this.#options.wallClock)
    const alternate = beginningOf(key, row)
    this.#options.sink.emit(held.at, [
      { table: 'access_event', row, ...(alternate === undefined ? {} : { alternate }) },
    ])
    this.#options.sink.emit(at, [])
  }

  /** A beginning without its end knows less: where another file has both, that row stays and this one goes. */
  #release(key: string, held: Held): void {
    this.#pending.delete(key)
    this.#heldBytes -= held.at.length
    const alternate = beginningOf(key, held.row)
    const emitted: EmittedRow = { table: 'access_event', row: held.row }
    this.#options.sink.emit(held.at, [alternate === undefined ? emitted : { ...emitted, identity: null, alternate }])
  }

  #releaseOldest(): void {
    const oldest = this.#pending.entries().next()
    if (oldest.done !== true) this.#release(...oldest.value)
  }

  #emit(at: RecordAt, row: AccessEventRow): void {
    this.#options.sink.emit(at, [{ table: 'access_event', row }])
  }
}

function beginningOf(key: string, row: AccessEventRow): string | undefined {
  return row.source_event_id === undefined ? undefined : `gcp_audit\n${key}\n${row.source_event_id}`
}
