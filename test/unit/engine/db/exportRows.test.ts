import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/engine/db/database'
import { exportRows } from '../../../../src/engine/db/exportRows'
import { memoryDatabase } from '../../../support/memoryDatabase'

const query = `SELECT i AS n, '=1+' || i AS f, [i, NULL] AS list, {'a': 'ä"'} AS "s t", 1.50::DECIMAL(5, 2) AS d,
  make_timestamp(1700000000000000 + i) AS t, NULL::VARCHAR AS nothing, 18446744073709551615::UBIGINT AS u FROM range(5000) r(i)`

describe('rows as a file', () => {
  let db: Database
  let folder: string
  beforeAll(async () => {
    db = await memoryDatabase()
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-export-'))
  })
  afterAll(async () => {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('writes CSV with every row and no cell that a spreadsheet would run', async () => {
    const path = join(folder, 'a.csv')
    expect(await exportRows(db, query, { format: 'csv', path })).toBe(5000)
    const lines = (await readFile(path, 'utf8')).split('\r\n')
    expect(lines).toHaveLength(5002)
    expect(lines[0]).toBe('"n","f","list","s t","d","t","nothing","u"')
    expect(lines[1]).toContain(`"'=1+0"`)
  })

  it('writes one JSON document a line, large numbers exact', async () => {
    const path = join(folder, 'a.jsonl')
    await exportRows(db, query, { format: 'json', path })
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines).toHaveLength(5000)
    expect(JSON.parse(lines[4999] ?? '')).toMatchObject({
      n: 4999,
      list: [4999, null],
      nothing: null,
      u: '18446744073709551615',
    })
  })

  it('writes Parquet that keeps types, and leaves nothing else behind', async () => {
    const path = join(folder, "it's.parquet")
    await exportRows(db, query, { format: 'parquet', path })
    const instance = await DuckDBInstance.create(':memory:')
    const connection = await instance.connect()
    const from = `read_parquet('${path.replaceAll("'", "''")}')`
    const reader = await connection.runAndReadAll(
      `SELECT count(*), max(n), max(u), any_value(typeof(t)), any_value(typeof(list)) FROM ${from}`,
    )
    expect(reader.getRows()[0]).toEqual([5000n, 4999n, 18446744073709551615n, 'TIMESTAMP', 'BIGINT[]'])
    connection.closeSync()
    instance.closeSync()
    expect((await readdir(folder)).sort()).toEqual(['a.csv', 'a.jsonl', "it's.parquet"])
  })

  it('leaves no file where the query is refused, fails or is cancelled, and overwrites none', async () => {
    const path = join(folder, 'b.csv')
    await expect(exportRows(db, 'DELETE FROM note', { format: 'csv', path })).rejects.toMatchObject({
      code: 'sql.refused',
    })
    await expect(exportRows(db, 'SELECT nope', { format: 'parquet', path })).rejects.toMatchObject({
      code: 'sql.invalid',
    })
    const abort = new AbortController()
    const running = exportRows(db, 'SELECT * FROM range(1000000000)', {
      format: 'csv',
      path,
      signal: abort.signal,
      onRows: () => abort.abort(),
    })
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder)).not.toContain('b.csv')
    await expect(exportRows(db, 'SELECT 1', { format: 'csv', path: join(folder, 'a.csv') })).rejects.toBeDefined()
    expect((await readFile(join(folder, 'a.csv'), 'utf8')).length).toBeGreaterThan(1000)
  })
})
