import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Progress } from '../../../../../src/contract'
import type { Database } from '../../../../../src/engine/db/database'
import { sql } from '../../../../../src/engine/db/sql'
import { searchRecords } from '../../../../../src/engine/query/search/search'
import { newestFirst, sliceRows } from '../../../../../src/engine/query/search/slices'
import { memoryDatabase } from '../../../../support/memoryDatabase'
import { addEvents, asking } from '../support'

const hostileStrings = [
  '=HYPERLINK("x")',
  "'; DROP TABLE access_event; --",
  '%_\\E.*[(',
  '\u202egnp.exe',
  '<script>alert(1)</script>',
  'ПриВет',
  'İstanbul',
  '👩‍👩‍👧',
  '$1 $$',
  '\n\t',
  '(?i)',
]

describe('text in records', () => {
  let db: Database
  const rows = sliceRows * 3
  beforeAll(async () => {
    db = await memoryDatabase()
    await db.transaction((writer) =>
      writer.run(sql`
        INSERT INTO access_event BY NAME
        SELECT 1000 + i AS event_id, 1000 + i AS seq, 1 AS import_id, i AS record_no, 0 AS line, 0 AS byte_offset,
          0 AS byte_length, 'generic' AS source, 'success' AS outcome, 1000 + i AS dup_key,
          -- One burst at the same moment, the others spread; some without a time.
          CASE WHEN i % 1000 = 7 THEN NULL WHEN i < ${sliceRows} THEN make_timestamp(1700000000000000)
            ELSE make_timestamp(1700000000000000 + i * 1000) END AS ts,
          CASE WHEN i % 1000 < 10 THEN 'some Needle ' || i ELSE 'hay' END AS raw
        FROM range(${rows}) t(i)`),
    )
    await addEvents(db, [
      { event_id: 1n, seq: 1n, at: 0, raw: 'before the (50%_.*) and after' },
      ...hostileStrings.map((text, index) => ({ event_id: 10n + BigInt(index), at: index, raw: `<${text}>` })),
    ])
  })
  afterAll(() => db.close())

  async function search(text: string, more: { caseSensitive?: boolean; limit?: number; filter?: string } = {}) {
    const steps: Progress<'events.search'>[] = []
    const { caseSensitive = false, limit = 100_000, filter = '' } = more
    const result = await searchRecords(asking(db), { scope: { filter }, text, caseSensitive, limit }, (step) =>
      steps.push(step),
    )
    return { result, steps, hits: steps.flatMap(({ hits }) => hits) }
  }

  it('finds every record once, the newest first, those without a time last', async () => {
    const { result, hits, steps } = await search('needle')
    expect(result.found).toBe((rows / 1000) * 10)
    expect(new Set(hits.map(({ eventId }) => eventId)).size).toBe(result.found)
    const times = hits.map(({ tsUs }) => tsUs ?? Number.NEGATIVE_INFINITY)
    expect(times).toEqual([...times].sort((a, b) => b - a))
    expect(steps.length).toBeGreaterThan(3)
    expect(result.searched).toBe(result.total)
    expect(steps.at(-1)?.searched).toBe(result.total)
  })

  it('puts each event into exactly one slice, a burst at one moment too', async () => {
    const slices = await newestFirst(asking(db), sql`TRUE`, rows)
    let sum = 0
    for (const { condition } of slices) {
      const [row] = await db.rows(sql`SELECT count(*) AS n FROM access_event WHERE ${condition}`)
      sum += Number(row?.n)
    }
    const [all] = await db.rows(sql`SELECT count(*) AS n FROM access_event`)
    expect(sum).toBe(Number(all?.n))
  })

  it('minds the case of letters only when asked', async () => {
    expect((await search('needle', { caseSensitive: true })).hits).toHaveLength(0)
    expect((await search('Needle', { caseSensitive: true, limit: 5 })).hits).toHaveLength(5)
  })

  it('stops at the limit, says so, and does not count the slice it left as searched', async () => {
    const { result } = await search('needle', { limit: 5 })
    expect(result).toMatchObject({ found: 5, truncated: true })
    expect(result.searched).toBeLessThan(result.total)
  })

  it('takes the text as it is, whatever it would mean elsewhere, and shows it in its place', async () => {
    const { hits } = await search('(50%_.*)')
    expect(hits).toMatchObject([{ eventId: '1', before: 'before the ', match: '(50%_.*)', after: ' and after' }])
    for (const text of hostileStrings) {
      const found = (await search(text, { caseSensitive: true })).hits
      expect(found.length, JSON.stringify(text)).toBeGreaterThan(0)
      expect((await search(text)).hits.length, JSON.stringify(text)).toBeGreaterThanOrEqual(found.length)
    }
  })

  it('searches only what the filter holds', async () => {
    const { result } = await search('needle', { filter: '-_exists_:ts' })
    expect(result).toMatchObject({ total: rows / 1000, found: rows / 1000 })
  })
})
