import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { memoryDatabase } from '../../../support/memoryDatabase'

describe('database', () => {
  let db: Database | undefined
  afterEach(async () => {
    await db?.close()
  })

  it('binds interpolated values, so that text cannot become query text', async () => {
    db = await memoryDatabase()
    const hostile = "'; DROP TABLE access_event; --"
    const rows = await db.all(z.object({ v: z.string(), n: z.number() }), sql`SELECT ${hostile} AS v, ${7} AS n`)
    expect(rows).toEqual([{ v: hostile, n: 7 }])
  })

  it('nests fragments and keeps the order of the values', () => {
    const query = sql`a = ${1} AND ${sql.join([sql`b = ${2}`, sql`c = ${3}`], ' AND ')} AND d = ${4}`
    expect(query.text).toBe('a = $1 AND b = $2 AND c = $3 AND d = $4')
    expect(query.values).toEqual([1, 2, 3, 4])
  })

  it('refuses file access after open', async () => {
    db = await memoryDatabase()
    await expect(db.rows(sql`SELECT * FROM read_text('/etc/hostname')`)).rejects.toMatchObject({ code: 'internal' })
  })

  it('rolls a failed transaction back', async () => {
    db = await memoryDatabase()
    await expect(
      db.transaction(async (writer) => {
        await writer.run(sql`INSERT INTO identity VALUES ('a', 'a', NULL)`)
        throw new Error('stop')
      }),
    ).rejects.toBeDefined()
    expect(await db.rows(sql`SELECT count(*) AS n FROM identity`)).toEqual([{ n: 0 }])
  })

  it('gives 64-bit integers as text when they pass 2^53', async () => {
    db = await memoryDatabase()
    const [row] = await db.rows(
      sql`SELECT 9007199254740993::BIGINT AS big, 5::BIGINT AS small, TIMESTAMP '2023-07-10 11:42:18' AS t`,
    )
    expect(row).toEqual({ big: '9007199254740993', small: 5, t: '2023-07-10T11:42:18.000000Z' })
  })
})
