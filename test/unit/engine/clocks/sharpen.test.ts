import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sharpen } from '../../../../src/engine/clocks/sharpen'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { memoryDatabase } from '../../../support/memoryDatabase'

const Sharp = z.object({
  source: z.string(),
  service: z.string().nullable(),
  pairs: z.coerce.number(),
  offset_us: z.coerce.number(),
  jitter_us: z.coerce.number(),
})

/** Each event has ten rivals anywhere within two seconds; where `gathers`, also its own span 5 ms (± 1 ms) from it. */
async function pairsOf(db: Database, source: string, options: { readonly gathers: boolean; readonly whole: boolean }) {
  await db.write((writer) =>
    writer.run(sql`
      INSERT INTO clock_pair
      SELECT ${source}, 'api', n.e AS eid, n.e AS grp, (n.e * 100 + n.r)::BIGINT AS sid, n.e * 1000000 AS at_us, ${options.whole},
        CASE WHEN n.r = 0 THEN 5000 + (n.e % 5 - 2) * 500 ELSE (hash(n.e, n.r) % 4000000)::BIGINT - 2000000 END AS d
      FROM (SELECT unnest(range(60)) AS e) AS events CROSS JOIN (SELECT unnest(range(11)) AS r) AS rivals,
        LATERAL (SELECT events.e, rivals.r) AS n
      WHERE n.r > 0 OR ${options.gathers}`),
  )
}

describe('a clock among rivals', () => {
  let db: Database
  let found: readonly z.output<typeof Sharp>[] = []
  beforeAll(async () => {
    db = await memoryDatabase()
    await db.write((writer) =>
      writer.run(sql`
        CREATE TEMP TABLE clock_pair (source VARCHAR, service VARCHAR, eid BIGINT, grp BIGINT, sid BIGINT, at_us BIGINT,
          whole BOOLEAN, d BIGINT)`),
    )
    await pairsOf(db, 'gathers', { gathers: true, whole: false })
    await pairsOf(db, 'scatters', { gathers: false, whole: false })
    await pairsOf(db, 'whole', { gathers: true, whole: true })
    found = await db.write(async (writer) => {
      await sharpen(writer, sql`SELECT * FROM clock_pair`)
      return writer.all(
        Sharp,
        sql`SELECT source, service, pairs, offset_us, jitter_us FROM clock_sharp ORDER BY source, service`,
      )
    })
  })
  afterAll(() => db.close())

  it('is where the true pairs gather, for the source and for each service', () => {
    expect(found.map(({ source, service }) => [source, service])).toEqual([
      ['gathers', 'api'],
      ['gathers', null],
    ])
    for (const { pairs, offset_us, jitter_us } of found) {
      expect(pairs).toBeGreaterThanOrEqual(55)
      expect(Math.abs(offset_us - 5_000)).toBeLessThanOrEqual(500)
      expect(jitter_us).toBeLessThanOrEqual(2_000)
    }
  })

  it('is not seen where pairs lie anywhere, nor from whole seconds', () => {
    expect(found.filter(({ source }) => source !== 'gathers')).toEqual([])
  })
})
