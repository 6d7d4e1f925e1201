import { isCancelled } from '../../../common/errors'
import { type Cursor, type EventRow, NO_TIME_US } from '../../../contract/events'
import { anchorFor, type Buckets, narrowest } from './anchors'

/**
 * Rows of a list of any size by their index, over pages by keyset. Made for one scope and order, dropped with them.
 * Written by its own fetches; read by the event table, which asks with `need` and is told through `onChange`.
 *
 * A page is reached from its neighbour by cursor; a jump goes through the histogram, whose cumulative counts give the
 * exact index of the first row at a time. So any row of millions is a few small questions away, and none is guessed.
 */
export interface PageSource {
  page(ask: PageAsk): Promise<{ readonly rows: readonly EventRow[]; readonly more: boolean }>
  /** Counts of the rows in order of the list, within a time window or over all times. */
  buckets(window: { readonly fromUs: number; readonly toUs: number } | null): Promise<Buckets>
}

export interface PageAsk {
  readonly after?: Cursor
  readonly backward?: boolean
  readonly fromUs?: number
  readonly limit: number
}

export const PAGE_ROWS = 200
const MAX_PAGES = 80
const MAX_FETCH_ROWS = 5_000

export class EventPager {
  readonly total: number
  readonly #source: PageSource
  readonly #onChange: () => void
  readonly #onError: (error: unknown) => void
  /** Pages by number, in order of use. */
  readonly #pages = new Map<number, readonly EventRow[]>()
  readonly #pending = new Set<number>()
  #wanted: readonly number[] = []
  #closed = false

  constructor(total: number, source: PageSource, onChange: () => void, onError: (error: unknown) => void) {
    this.total = total
    this.#source = source
    this.#onChange = onChange
    this.#onError = onError
  }

  row(index: number): EventRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE_ROWS))?.[index % PAGE_ROWS]
  }

  /** Whether the row of an event is among the pages at hand. */
  holds(eventId: string): boolean {
    for (const rows of this.#pages.values()) if (rows.some((row) => row.event_id === eventId)) return true
    return false
  }

  /** Asks for the pages that hold `[from, to)`. Only the last wish counts: what scrolled by is not fetched. */
  need(from: number, to: number): void {
    const first = Math.max(0, Math.floor(from / PAGE_ROWS))
    const last = Math.min(
      Math.floor((Math.max(1, this.total) - 1) / PAGE_ROWS),
      Math.floor(Math.max(from, to - 1) / PAGE_ROWS),
    )
    const wanted: number[] = []
    for (let page = first; page <= last; page += 1) {
      const rows = this.#pages.get(page)
      if (rows === undefined) wanted.push(page)
      else {
        this.#pages.delete(page)
        this.#pages.set(page, rows)
      }
    }
    this.#wanted = wanted
    void this.#work()
  }

  /** Ids of the rows `[from, to)`, also of those that are not at hand; for a choice of many rows. */
  async ids(from: number, to: number): Promise<readonly string[]> {
    const ids: string[] = []
    for (let page = Math.floor(from / PAGE_ROWS); page * PAGE_ROWS < Math.min(to, this.total); page += 1) {
      const rows = this.#pages.get(page) ?? (await this.#fetch(page))
      this.#keep(page, rows)
      rows.forEach((row, at) => {
        const index = page * PAGE_ROWS + at
        if (index >= from && index < to && row.event_id !== undefined) ids.push(String(row.event_id))
      })
    }
    return ids
  }

  close(): void {
    this.#closed = true
    this.#wanted = []
  }

  async #work(): Promise<void> {
    if (this.#pending.size > 0) return
    for (let page = this.#next(); page !== undefined; page = this.#next()) {
      this.#pending.add(page)
      try {
        const rows = await this.#fetch(page)
        if (this.#closed) return
        this.#keep(page, rows)
        this.#onChange()
      } catch (error) {
        this.#wanted = []
        if (!this.#closed && !isCancelled(error)) this.#onError(error)
        return
      } finally {
        this.#pending.delete(page)
      }
    }
  }

  #next(): number | undefined {
    return this.#wanted.find((page) => !this.#pages.has(page))
  }

  #keep(page: number, rows: readonly EventRow[]): void {
    this.#pages.set(page, rows)
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break
      this.#pages.delete(old)
    }
  }

  async #fetch(page: number): Promise<readonly EventRow[]> {
    if (page === 0) return (await this.#source.page({ limit: PAGE_ROWS })).rows
    const before = cursorOf(this.#pages.get(page - 1)?.[PAGE_ROWS - 1])
    if (before !== undefined) return (await this.#source.page({ after: before, limit: PAGE_ROWS })).rows
    const after = cursorOf(this.#pages.get(page + 1)?.[0])
    if (after !== undefined) {
      return (await this.#source.page({ after, backward: true, limit: PAGE_ROWS })).rows
    }
    const first = page * PAGE_ROWS
    if (this.total - first <= PAGE_ROWS) {
      return (await this.#source.page({ backward: true, limit: this.total - first })).rows
    }
    return this.#jump(first)
  }

  /** From the nearest time whose row index is known, forward to the row. */
  async #jump(index: number): Promise<readonly EventRow[]> {
    let anchor = anchorFor(await this.#source.buckets(null), index)
    while (anchor !== undefined && index - anchor.index > MAX_FETCH_ROWS - PAGE_ROWS && !narrowest(anchor)) {
      const inner = anchorFor(await this.#source.buckets(anchor.window), index - anchor.index)
      if (inner === undefined) break
      anchor = { ...inner, index: anchor.index + inner.index }
    }
    let position = anchor?.index ?? 0
    let ask: PageAsk = anchor === undefined ? { limit: 0 } : { fromUs: anchor.fromUs, limit: 0 }
    for (;;) {
      const wanted = index - position + PAGE_ROWS
      const { rows } = await this.#source.page({ ...ask, limit: Math.min(wanted, MAX_FETCH_ROWS) })
      if (wanted <= MAX_FETCH_ROWS || this.#closed) return rows.slice(index - position)
      const last = cursorOf(rows.at(-1))
      if (last === undefined) return []
      position += rows.length
      ask = { after: last, limit: 0 }
    }
  }
}

/** The keyset position of a row; a row without a time stands behind all others. Undefined for a row without `seq`. */
export function cursorOf(row: EventRow | undefined): Cursor | undefined {
  if (row?.seq === undefined || row.seq === null) return undefined
  const seq = Number(row.seq)
  const tsUs = row.ts_us === undefined || row.ts_us === null ? NO_TIME_US : Number(row.ts_us)
  return Number.isNaN(seq) || Number.isNaN(tsUs) ? undefined : { tsUs, seq }
}
