import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventRow } from '../../../../src/contract/events'
import { NO_TIME_US } from '../../../../src/contract/events'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { checkFilter } from '../../../../src/engine/query/check'
import { countEvents, facets, fieldValues } from '../../../../src/engine/query/count'
import { eventPage, eventRank, getEvent, listEvents } from '../../../../src/engine/query/events'
import { histogram } from '../../../../src/engine/query/histogram'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, t0 } from './support'

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const everything = { filter: '' }
const plainFacets = { match: '', order: 'top' } as const

describe('questions about events', () => {
  let db: Database
  const total = 60
  beforeAll(async () => {
    db = await memoryDatabase()
    // Pairs share a time; every tenth has none.
    await addEvents(
      db,
      Array.from({ length: total }, (_, i) => ({
        event_id: 18_446_744_073_709_551_000n + BigInt(i),
        at: i % 10 === 9 ? null : Math.floor(i / 2) * 10,
        ts_precision: i % 2 === 0 ? 's' : 'us',
        actor_key: i % 3 === 0 ? null : `actor${i % 4}`,
        action: i % 2 === 0 ? '=Get' : 'Put "x", y',
        outcome: i % 5 === 0 ? 'denied' : 'success',
        mfa: i % 2 === 0,
        http_status: i % 2 === 0 ? 200 : 403,
        flags: i % 4 === 0 ? sql`['a', 'b']` : sql`NULL`,
        src_ip_lo: 18_446_744_073_709_551_615n,
        raw: `{"n":${i}}`,
      })),
    )
  })
  afterAll(() => db.close())

  const cursorOf = (row: EventRow | undefined) => ({
    tsUs: typeof row?.ts_us === 'number' ? row.ts_us : NO_TIME_US,
    seq: Number(row?.seq),
  })
  const expectedOrder = async (order: 'ts' | '-ts') =>
    (
      await db.rows(
        order === 'ts'
          ? sql`SELECT seq FROM access_event ORDER BY ts ASC NULLS LAST, seq`
          : sql`SELECT seq FROM access_event ORDER BY ts DESC NULLS LAST, seq DESC`,
      )
    ).map((row) => row.seq)

  it.each(['ts', '-ts'] as const)('pages through all events in order %s, forwards and backwards', async (order) => {
    const expected = await expectedOrder(order)
    for (const backward of [false, true]) {
      const seen: unknown[] = []
      let after: { tsUs: number; seq: number } | undefined
      for (let more = true; more; ) {
        const page = await eventPage(asking(db), { scope: everything, order, backward, limit: 7, after })
        if (backward) seen.unshift(...page.rows.map((row) => row.seq))
        else seen.push(...page.rows.map((row) => row.seq))
        after = cursorOf(backward ? page.rows[0] : page.rows.at(-1))
        more = page.more
      }
      expect(seen).toEqual(expected)
    }
  })

  it('starts a page at a time, and gives the page before it', async () => {
    const base = { scope: everything, limit: 2, fields: [], fromUs: t0 + 100e6 }
    const rising = await eventPage(asking(db), { ...base, order: 'ts', backward: false })
    expect(rising.rows.map((row) => row.seq)).toEqual([21, 22])
    const before = await eventPage(asking(db), { ...base, order: 'ts', backward: true })
    expect(before.rows.map((row) => row.seq)).toEqual([18, 19])
    const falling = await eventPage(asking(db), { ...base, order: '-ts', backward: false })
    expect(falling.rows.map((row) => row.seq)).toEqual([22, 21])
  })

  it('says the index of a row in either order', async () => {
    for (const order of ['ts', '-ts'] as const) {
      const expected = await expectedOrder(order)
      for (const index of [0, 17, total - 1]) {
        const page = await eventPage(asking(db), { scope: everything, order, backward: false, limit: total })
        const rank = await eventRank(asking(db), { scope: everything, order, cursor: cursorOf(page.rows[index]) })
        expect(rank).toEqual({ index, total })
        expect(page.rows[index]?.seq).toBe(expected[index])
      }
    }
  })

  it('gives ids as text, times with the precision of the source, and leaves nulls out', async () => {
    const page = await eventPage(asking(db), { scope: everything, order: 'ts', backward: false, limit: 2 })
    expect(page.rows[0]).toEqual({
      event_id: '18446744073709551000',
      seq: 1,
      ts_us: t0,
      ts: '2023-07-10T11:00:00Z',
      ts_precision: 's',
      source: 'generic',
      action: '=Get',
      outcome: 'denied',
      mfa: true,
      http_status: 200,
      src_ip_lo: '18446744073709551615',
      flags: ['a', 'b'],
      import_id: 1,
      record_no: 0,
    })
    expect(page.rows[1]?.ts).toBe('2023-07-10T11:00:00.000000Z')
  })

  it('gives only the asked columns, by any of their names', async () => {
    const page = await eventPage(asking(db), {
      scope: everything,
      order: 'ts',
      backward: false,
      limit: 1,
      fields: ['status', 'raw.n', 'time'],
    })
    expect(page.rows).toEqual([
      {
        event_id: '18446744073709551000',
        seq: 1,
        ts_us: t0,
        http_status: 200,
        'raw.n': '0',
        ts: '2023-07-10T11:00:00Z',
      },
    ])
    await expect(
      eventPage(asking(db), { scope: everything, order: 'ts', backward: false, limit: 1, fields: ['nosuch"; x'] }),
    ).rejects.toMatchObject({ code: 'filter.invalid' })
  })

  it('streams all events with their exact text', async () => {
    const rows = await collect(listEvents(db, { where: sql`TRUE`, raw: true, fields: ['event_id'] }))
    expect(rows).toHaveLength(total)
    expect(rows[0]).toEqual({ event_id: '18446744073709551000', raw: '{"n":0}' })
    expect(await collect(listEvents(db, { where: sql`TRUE`, limit: 3 }))).toHaveLength(3)
  })

  it('gives one event with its text and position, and says when there is none', async () => {
    const found = await getEvent(db, '18446744073709551009')
    expect(found.event).toMatchObject({ event_id: '18446744073709551009', seq: 10 })
    expect(found.event).not.toHaveProperty('ts')
    expect(found.raw).toBe('{"n":9}')
    await expect(getEvent(db, '99999999999999999999')).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each(['outcome', 'actor', 'mfa', 'status', 'raw.n', 'linked', 'flags'])(
    'counts by %s so that nothing is lost',
    async (by) => {
      const all = await countEvents(asking(db), { scope: everything, by, limit: 10_000 })
      expect(all.count).toBe(total)
      const sum = all.groups.reduce((n, group) => n + group.count, 0)
      expect(sum).toBe(by === 'flags' ? 45 + 30 : total)
      const few = await countEvents(asking(db), { scope: everything, by, limit: 1 })
      expect(few.groups).toEqual(all.groups.slice(0, 1))
      expect(few.truncated).toBe(all.groups.length > 1)
    },
  )

  it('counts with the type that the field has, and null for what is not stated', async () => {
    const byStatus = await countEvents(asking(db), { scope: { filter: 'outcome:denied' }, by: 'status', limit: 10 })
    expect(byStatus.groups).toEqual([
      { value: 200, count: 6 },
      { value: 403, count: 6 },
    ])
    const byActor = await countEvents(asking(db), { scope: everything, by: 'actor_key', limit: 10 })
    expect(byActor.groups[0]).toEqual({ value: null, count: 20 })
  })

  it('gives facets that agree with the counts of each field', async () => {
    const fields = ['outcome', 'actor', 'mfa', 'flags', 'status']
    const result = await facets(asking(db), { ...plainFacets, scope: { filter: 'action:put*' }, fields, limit: 3 })
    for (const facet of result) {
      const alone = await countEvents(asking(db), { scope: { filter: 'action:put*' }, by: facet.field, limit: 3 })
      expect(facet).toEqual({ field: facet.field, values: alone.groups, truncated: alone.truncated })
    }
  })

  it('finds values inside facets, and gives the rare ones first where asked', async () => {
    const ask = (match: string, order: 'top' | 'rare') =>
      facets(asking(db), { scope: everything, fields: ['actor_key', 'http_status'], match, order, limit: 3 })
    const [actors, statuses] = await ask('OR2', 'top')
    expect(actors?.values.map(({ value }) => value)).toEqual(['actor2'])
    expect(statuses?.values).toEqual([])
    const counts = (await ask('', 'rare'))[0]?.values.map(({ count }) => count) ?? []
    expect(counts).toHaveLength(3)
    expect(counts).toEqual([...counts].sort((a, b) => a - b))
    for (const hostile of ['%', '_', "'; DROP TABLE access_event; --", '\ud800'])
      expect((await ask(hostile, 'top'))[0]?.values.some(({ value }) => !String(value).includes(hostile))).toBe(false)
  })

  it('offers the values of a field that contain what was typed', async () => {
    expect(await fieldValues(asking(db), { field: 'action', prefix: 'put', limit: 5 })).toEqual([
      { value: 'Put "x", y', count: 30 },
    ])
    expect(await fieldValues(asking(db), { field: 'action', prefix: '%', limit: 5 })).toEqual([])
  })

  it.each([1, 2, 7, 50, 4000])('puts every timed event into one of at most %i aligned buckets', async (most) => {
    const result = await histogram(asking(db), { scope: everything, buckets: most, by: 'outcome' })
    expect(result.startUs.length).toBeLessThanOrEqual(most)
    expect(result.startUs.every((us) => us % result.widthUs === 0)).toBe(true)
    expect(result.count.reduce((a, b) => a + b, 0)).toBe(54)
    const split = Object.values(result.by).map((cells) => cells.reduce((a, b) => a + b, 0))
    expect(split.reduce((a, b) => a + b, 0)).toBe(54)
    expect(result.count.at(-1)).toBeGreaterThan(0)
  })

  it('gives an empty histogram for an empty scope', async () => {
    const nothing = { startUs: [], widthUs: 0, count: [], by: {} }
    expect(await histogram(asking(db), { scope: { filter: 'action:none' }, buckets: 10 })).toEqual(nothing)
  })

  it('keeps to the window, half-open', async () => {
    const window = { fromUs: t0 + 10e6, toUs: t0 + 30e6 }
    const result = await countEvents(asking(db), { scope: { filter: '', window }, limit: 1 })
    expect(result.count).toBe(4)
    const absurd = { fromUs: -1e300, toUs: 1e300 }
    expect((await countEvents(asking(db), { scope: { filter: '', window: absurd }, limit: 1 })).count).toBe(54)
  })

  it('explains a filter by its terms and a query that the console can run', async () => {
    const filter = 'actor:x -(a OR b) "it\'s"'
    const result = await checkFilter(asking(db), filter)
    expect(result).toMatchObject({
      ok: true,
      terms: [
        { text: 'actor:x', start: 0, end: 7, negated: false },
        { text: '-(a OR b)', start: 8, end: 17, negated: true },
        { text: '"it\'s"', start: 18, end: 24, negated: false },
      ],
    })
    expect(result.ok && (await db.rows(sql.trusted(result.sql)))).toEqual([])
    expect(await checkFilter(asking(db), 'acto:x')).toEqual({
      ok: false,
      message: 'There is no field acto. Did you mean actor?',
      position: 0,
      suggestion: 'actor',
    })
  })
})
