import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { runUserQuery } from '../../../../src/engine/db/userQuery'
import { memoryDatabase } from '../../../support/memoryDatabase'

describe('the SQL console', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
  })
  afterAll(() => db.close())
  const run = (text: string, limit = 10) => runUserQuery(db, text, { limit })

  it('gives columns with the types of DuckDB, and large integers as text', async () => {
    expect(await run(`SELECT 1 AS a, 9007199254740993 AS a, [1] AS l, TIMESTAMP '2023-01-01' AS t, NULL AS n`)).toEqual(
      {
        columns: [
          { name: 'a', type: 'INTEGER' },
          { name: 'a:1', type: 'BIGINT' },
          { name: 'l', type: 'INTEGER[]' },
          { name: 't', type: 'TIMESTAMP' },
          { name: 'n', type: 'INTEGER' },
        ],
        rows: [{ a: 1, 'a:1': '9007199254740993', l: [1], t: '2023-01-01T00:00:00.000000Z', n: null }],
        truncated: false,
      },
    )
  })

  it('says when rows were left out, and only then', async () => {
    expect(await run('FROM range(11)')).toMatchObject({ truncated: true, rows: { length: 10 } })
    expect(await run('FROM range(10)')).toMatchObject({ truncated: false, rows: { length: 10 } })
  })

  it.each([
    'SELECT count(*) FROM access_event;',
    '-- a comment\nSELECT 1',
    '(SELECT 1)',
    'WITH x AS (SELECT 1) FROM x',
    'VALUES (1)',
    'SHOW TABLES',
    'DESCRIBE access_event',
    'EXPLAIN SELECT 1',
    'explain analyze select count(*) from link',
    'EXPLAIN (FORMAT JSON) SELECT 1',
    "SELECT 'COPY; PRAGMA'",
  ])('runs %s', async (text) => {
    expect((await run(text)).columns.length).toBeGreaterThan(0)
  })

  it.each([
    'SELECT 1; SELECT 2',
    'SELECT 1; DROP TABLE access_event',
    "COPY (SELECT 1) TO 'x.csv'",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO 'x.csv'",
    'EXPLAIN ANALYZE DELETE FROM note',
    "EXPLAIN ANALYZE INSERT INTO identity VALUES ('a', 'a', NULL)",
    "ATTACH ':memory:' AS other",
    'INSTALL httpfs',
    'LOAD json',
    'SET threads = 1',
    'PRAGMA version',
    '/* x */ pragma database_list',
    'CALL pragma_version()',
    'CHECKPOINT',
    'DROP TABLE access_event',
    'DELETE FROM note',
    'INSERT INTO note SELECT * FROM note',
    'CREATE TEMP TABLE t AS SELECT 1',
    'BEGIN',
    'COMMIT',
    'SELECT * FROM enable_logging()',
    'SELECT 1 /* c */ FROM "enable_logging"()',
    "SELECT * FROM query('SELECT 1')",
    'EXPLAIN ANALYZE SELECT * FROM checkpoint()',
    'USE memory',
    'VACUUM',
  ])('refuses %s', async (text) => {
    await expect(run(text)).rejects.toMatchObject({ code: expect.stringMatching(/^sql\.(refused|invalid)$/) })
    expect(await db.rows(sql`SELECT count(*) AS n FROM identity`)).toEqual([{ n: 0 }])
  })

  it.each(["SELECT * FROM read_text('/etc/hostname')", "SELECT * FROM '/etc/hostname'", "FROM read_csv('x.csv')"])(
    'reads no file: %s',
    async (text) => {
      await expect(run(text)).rejects.toMatchObject({ code: 'sql.invalid' })
    },
  )

  it('says where a query goes wrong', async () => {
    const text = 'SELECT 1,\n  nosuch FROM access_event'
    await expect(run(text)).rejects.toMatchObject({
      code: 'sql.invalid',
      message: expect.stringContaining('nosuch'),
      details: { position: text.indexOf('nosuch') },
    })
    await expect(run('SELECT FROM FROM')).rejects.toMatchObject({ code: 'sql.invalid', details: { position: 12 } })
    await expect(run('SELECT $1')).rejects.toMatchObject({ code: 'sql.invalid' })
    for (const empty of ['', '  ', '-- nothing', ';'])
      await expect(run(empty)).rejects.toMatchObject({ code: 'sql.invalid' })
  })

  it('stops at the time limit, and goes on working', async () => {
    const endless = 'SELECT count(*) FROM range(100000000) a, range(100000000) b'
    await expect(runUserQuery(db, endless, { limit: 1, timeoutMs: 200 })).rejects.toMatchObject({ code: 'sql.timeout' })
    expect((await run('SELECT 1 AS a')).rows).toEqual([{ a: 1 }])
  })

  it('can be cancelled', async () => {
    const abort = new AbortController()
    const running = runUserQuery(db, 'SELECT count(*) FROM range(100000000) a, range(100000000) b', {
      limit: 1,
      signal: abort.signal,
    })
    setTimeout(() => abort.abort(), 100)
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    await expect(runUserQuery(db, 'SELECT 1', { limit: 1, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})
