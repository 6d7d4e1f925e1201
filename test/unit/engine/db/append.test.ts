import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Appenders, type Filled } from '../../../../src/engine/db/append'
import type { AppendTarget } from '../../../../src/engine/db/append/buffers'
import { sql } from '../../../../src/engine/db/sql'
import { TableBuilder } from '../../../../src/engine/import/columns'
import type { ColumnSpec } from '../../../../src/engine/import/tables'
import { memoryDatabase } from '../../../support/memoryDatabase'

const column = (name: string, wire: ColumnSpec['wire'], target: AppendTarget): ColumnSpec => ({
  name,
  wire,
  target,
  from: 'format',
})

const specs: readonly ColumnSpec[] = [
  column('text', 'text', { type: 'VARCHAR' }),
  column('small', 'f64', { type: 'USMALLINT' }),
  column('whole', 'f64', { type: 'BIGINT' }),
  column('real', 'f64', { type: 'DOUBLE' }),
  column('yes', 'bool', { type: 'BOOLEAN' }),
  column('signed', 'i64', { type: 'BIGINT' }),
  column('unsigned', 'u64', { type: 'UBIGINT' }),
  column('time', 'i64', { type: 'TIMESTAMP' }),
  column('words', 'list', { type: 'LIST' }),
  column('pairs', 'list', { type: 'LIST', fields: ['kind', 'value'] }),
]
const definition = `text VARCHAR, small USMALLINT, whole BIGINT, real DOUBLE, yes BOOLEAN, signed BIGINT,
  unsigned UBIGINT, time TIMESTAMP, words VARCHAR[], pairs STRUCT(kind VARCHAR, value VARCHAR)[]`

async function stored(rows: readonly Record<string, unknown>[], picked = rows.map((_, index) => index)) {
  const db = await memoryDatabase()
  await db.write(async (connection) => {
    await connection.run(sql.trusted(`CREATE TABLE t (${definition}, seq BIGINT, import_id UINTEGER)`))
    const builder = new TableBuilder(specs)
    rows.forEach((row, index) => {
      builder.push(row as Parameters<TableBuilder['push']>[0], {}, index)
    })
    const filled: Filled[] = [{ from: 100n }, { constant: 7 }]
    const targets: AppendTarget[] = [...specs.map(({ target }) => target), { type: 'BIGINT' }, { type: 'UINTEGER' }]
    const columns = [...builder.finish().columns, ...filled]
    const appenders = new Appenders(connection.connection)
    await appenders.append('t', targets, columns, Uint32Array.from(picked))
    appenders.close()
  })
  const out = await db.rows(
    sql`SELECT * REPLACE (CAST(epoch_us(time) AS VARCHAR) AS time, CAST(signed AS VARCHAR) AS signed, CAST(unsigned AS VARCHAR) AS unsigned) FROM t ORDER BY seq`,
  )
  await db.close()
  return out
}

const row = fc.record(
  {
    text: fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => !text.startsWith('\u{FEFF}')),
    small: fc.integer({ min: 0, max: 65_535 }),
    whole: fc.integer({ min: -(2 ** 52), max: 2 ** 52 }),
    real: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
    yes: fc.boolean(),
    signed: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    unsigned: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
    time: fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }),
    words: fc.array(fc.stringMatching(/^[a-z]{0,30}$/), { maxLength: 4 }),
    pairs: fc.array(fc.record({ kind: fc.constantFrom('a', 'b'), value: fc.stringMatching(/^[a-z]{0,30}$/) }), {
      maxLength: 4,
    }),
  },
  { requiredKeys: [] },
)

const present = <T>(value: T | undefined): T | null => value ?? null
const filledList = <T>(value: readonly T[] | undefined) => (value === undefined || value.length === 0 ? null : value)

describe('appenders', () => {
  const target: readonly AppendTarget[] = [{ type: 'BIGINT' }]
  const numbers = (count: number) => Uint32Array.from({ length: count }, (_, index) => index)

  it.each([1, 100, 5_000, 9_000])('let rows of appends of %i wait until they are closed, in order', async (size) => {
    const db = await memoryDatabase()
    await db.write(async (connection) => {
      await connection.run(sql`CREATE TABLE n (n BIGINT)`)
      const appenders = new Appenders(connection.connection)
      for (const from of [0, 1, 2]) await appenders.append('n', target, [{ from: BigInt(from * size) }], numbers(size))
      appenders.close()
    })
    const out = await db.rows(sql`SELECT count(*)::INTEGER AS n, bool_and(n = rowid) AS ordered FROM n`)
    await db.close()
    expect(out).toEqual([{ n: 3 * size, ordered: true }])
  })

  it('leave nothing behind when the transaction is given up, and serve the next one', async () => {
    const db = await memoryDatabase()
    await db.write(async (connection) => {
      await connection.run(sql`CREATE TABLE n (n BIGINT)`)
      await connection.run(sql`BEGIN TRANSACTION`)
      const given = new Appenders(connection.connection)
      await given.append('n', target, [{ from: 0n }], numbers(5_000))
      await given.append('n', target, [{ from: 5_000n }], numbers(3))
      given.discard()
      await connection.run(sql`ROLLBACK`)
      await connection.run(sql`BEGIN TRANSACTION`)
      const next = new Appenders(connection.connection)
      await next.append('n', target, [{ from: 7n }], numbers(1))
      next.close()
      await connection.run(sql`COMMIT`)
    })
    const out = await db.rows(sql`SELECT n::INTEGER AS n FROM n`)
    await db.close()
    expect(out).toEqual([{ n: 7 }])
  })
})

describe('appended columns', () => {
  it('gives back every value that went in, and null where there was none', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const out = await stored(rows)
        expect(out).toEqual(
          rows.map((item, index) => ({
            text: present(item.text),
            small: present(item.small),
            whole: present(item.whole),
            real: present(item.real),
            yes: present(item.yes),
            signed: present(item.signed?.toString()),
            unsigned: present(item.unsigned?.toString()),
            time: present(item.time?.toString()),
            words: filledList(item.words),
            pairs: filledList(item.pairs),
            seq: 100 + index,
            import_id: 7,
          })),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('keeps lists apart over more rows and items than a chunk holds', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      text: `a text that is longer than a cell, number ${index % 700}`,
      words: Array.from({ length: index % 5 }, (_, item) => `${index}:${item} and some more text`),
      pairs: index % 3 === 0 ? [{ kind: 'k', value: `${index}` }, { kind: 'other' }] : [],
    }))
    const picked = rows.map((_, index) => index).filter((index) => index % 7 !== 0)
    const out = await stored(rows, picked)
    expect(out).toHaveLength(picked.length)
    picked.forEach((index, at) => {
      expect(out[at]?.text).toBe(rows[index]?.text)
      expect(out[at]?.words).toEqual(filledList(rows[index]?.words))
      expect(out[at]?.pairs).toEqual(
        index % 3 === 0
          ? [
              { kind: 'k', value: `${index}` },
              { kind: 'other', value: null },
            ]
          : null,
      )
    })
  })
})
