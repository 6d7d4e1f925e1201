import { describe, expect, it } from 'vitest'
import type { EventRow } from '../../../../../src/contract/events'
import { NO_TIME_US } from '../../../../../src/contract/events'
import {
  EventPager,
  PAGE_ROWS,
  type PageAsk,
  type PageSource,
} from '../../../../../src/renderer/views/events/eventPager'

interface Entry {
  readonly seq: number
  readonly tsUs: number | null
}

/** A list as the engine keeps it: by time, then arrival, events without a time last. */
function listSource(entries: readonly Entry[], descending: boolean): { source: PageSource; asks: PageAsk[] } {
  const key = (entry: Entry) => entry.tsUs ?? NO_TIME_US
  const rising = (a: Entry, b: Entry) => key(a) - key(b) || a.seq - b.seq
  const timed = entries.filter((entry) => entry.tsUs !== null).sort(rising)
  const untimed = entries.filter((entry) => entry.tsUs === null).sort(rising)
  const ordered = descending ? [...timed.reverse(), ...untimed.reverse()] : [...timed, ...untimed]
  const asks: PageAsk[] = []
  const row = (entry: Entry): EventRow => ({
    event_id: String(entry.seq),
    seq: entry.seq,
    ...(entry.tsUs === null ? {} : { ts_us: entry.tsUs }),
  })
  return {
    asks,
    source: {
      page: async (ask) => {
        asks.push(ask)
        const { after, fromUs, backward = false, limit } = ask
        let start = 0
        if (after !== undefined) {
          const at = ordered.findIndex((entry) => entry.seq === after.seq)
          start = backward ? at - limit : at + 1
        } else if (fromUs !== undefined) {
          start = ordered.findIndex(
            (entry) => entry.tsUs === null || (descending ? entry.tsUs <= fromUs : entry.tsUs >= fromUs),
          )
        } else if (backward) start = ordered.length - limit
        const from = Math.max(0, start)
        return { rows: ordered.slice(from, from + limit).map(row), more: from + limit < ordered.length }
      },
      buckets: async (window) => {
        const inside = timed.flatMap(({ tsUs }) =>
          tsUs !== null && (window === null || (tsUs >= window.fromUs && tsUs < window.toUs)) ? [tsUs] : [],
        )
        const first = Math.min(...inside)
        const widthUs = Math.max(1, Math.ceil((Math.max(...inside) - first + 1) / 10))
        const startUs = Array.from({ length: 10 }, (_, index) => first + index * widthUs)
        const count = startUs.map((start) => inside.filter((time) => time >= start && time < start + widthUs).length)
        return { startUs, widthUs, count, descending }
      },
    },
  }
}

async function rowAt(pager: EventPager, index: number): Promise<string | undefined> {
  pager.need(index, index + 1)
  for (let turn = 0; turn < 200 && pager.row(index) === undefined; turn += 1)
    await new Promise((done) => setTimeout(done, 0))
  const id = pager.row(index)?.event_id
  return typeof id === 'string' ? id : undefined
}

function pagerOf(entries: readonly Entry[], descending = false) {
  const { source, asks } = listSource(entries, descending)
  const failures: unknown[] = []
  const pager = new EventPager(
    entries.length,
    source,
    () => undefined,
    (error) => failures.push(error),
  )
  return { pager, asks, failures }
}

const spread = Array.from({ length: 30_000 }, (_, seq): Entry => ({ seq, tsUs: seq * 7 }))
/** Two thirds of the events in one microsecond, as an import with second precision has them. */
const heap = Array.from(
  { length: 30_000 },
  (_, seq): Entry => ({ seq, tsUs: seq < 5_000 ? seq : seq < 25_000 ? 5_000 : seq }),
)

describe('EventPager', () => {
  it.each([0, 199, 200, 12_345, 29_799, 29_800, 29_999])('finds row %i of a list by jumping', async (index) => {
    const { pager } = pagerOf(spread)
    expect(await rowAt(pager, index)).toBe(String(index))
  })

  it.each([1, 12_345, 29_999])('finds row %i of the same list in descending order', async (index) => {
    const { pager } = pagerOf(spread, true)
    expect(await rowAt(pager, index)).toBe(String(29_999 - index))
  })

  it.each([4_999, 5_000, 15_000, 24_999, 25_001])(
    'finds row %i where very many events share one instant',
    async (index) => {
      const { pager } = pagerOf(heap)
      expect(await rowAt(pager, index)).toBe(String(index))
    },
  )

  it('reaches the events without a time behind all others', async () => {
    const entries = [
      ...spread.slice(0, 2_000),
      ...Array.from({ length: 1_000 }, (_, n): Entry => ({ seq: 50_000 + n, tsUs: null })),
    ]
    const { pager } = pagerOf(entries)
    expect(await rowAt(pager, 2_450)).toBe('50450')
    expect(await rowAt(pager, 2_999)).toBe('50999')
  })

  it('walks to the neighbour page by cursor, in both directions', async () => {
    const { pager, asks } = pagerOf(spread)
    await rowAt(pager, 12_345)
    asks.length = 0
    expect(await rowAt(pager, 12_345 + PAGE_ROWS)).toBe(String(12_345 + PAGE_ROWS))
    expect(await rowAt(pager, 12_345 - PAGE_ROWS)).toBe(String(12_345 - PAGE_ROWS))
    expect(asks).toHaveLength(2)
    expect(asks.every(({ after, limit }) => after !== undefined && limit === PAGE_ROWS)).toBe(true)
  })

  it('fetches what is wanted last, not everything that scrolled by', async () => {
    const { pager, asks } = pagerOf(spread)
    for (let index = 0; index < 20_000; index += 1_000) pager.need(index, index + 40)
    expect(await rowAt(pager, 20_000)).toBe('20000')
    expect(asks.length).toBeLessThan(5)
  })

  it('keeps a bounded number of pages', async () => {
    const { pager } = pagerOf(spread)
    for (let index = 0; index < 30_000; index += PAGE_ROWS) await rowAt(pager, index)
    expect(pager.row(0)).toBeUndefined()
    expect(pager.row(29_999)).toBeDefined()
  })

  it('says when a page cannot be read, and tries again when it is wanted again', async () => {
    const { source } = listSource(spread, false)
    let broken = true
    const failures: unknown[] = []
    const flaky: PageSource = {
      ...source,
      page: (ask) => (broken ? Promise.reject(new Error('no')) : source.page(ask)),
    }
    const pager = new EventPager(
      spread.length,
      flaky,
      () => undefined,
      (error) => failures.push(error),
    )
    expect(await rowAt(pager, 0)).toBeUndefined()
    expect(failures).toHaveLength(1)
    broken = false
    expect(await rowAt(pager, 0)).toBe('0')
  })
})
