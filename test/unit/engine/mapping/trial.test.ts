import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MappingFile } from '../../../../src/contract/mappingFile'
import { tryMapping } from '../../../../src/engine/mapping/trial'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const json: MappingFile = {
  version: 1,
  name: 'Doors',
  time: { path: 'at', format: 'auto' },
  columns: { actor_id: { path: 'who' }, action: { path: 'what' }, outcome: { path: 'r', values: { y: 'success' } } },
}
const csv: MappingFile = {
  version: 1,
  name: 'Doors',
  time: { column: 'at', format: 'auto' },
  columns: { actor_id: { column: 'who' }, action: { column: 'what' } },
}

async function trial(mapping: MappingFile, bytes: string | Buffer, records = 1000, rows = 10) {
  const path = join(folder, 'file')
  await writeFile(path, bytes)
  return tryMapping(path, mapping, { records, rows })
}

describe('the trial of a mapping', () => {
  it('counts what maps and what fails, with lines and reasons', async () => {
    const lines = [
      { at: '2026-01-02T03:04:05Z', who: 'alice', what: 'open', r: 'y' },
      { at: '2026-01-02T03:04:06Z', who: 'bob', what: 'open', r: 'n' },
      { at: 'never', who: 'bob', what: 'open' },
      { other: true },
      { at: '2026-01-02T03:04:07Z', who: 'bob', what: 'open', r: 'n' },
    ]
    const result = await trial(json, `${lines.map((line) => JSON.stringify(line)).join('\n')}\nbroken\n`)
    expect(result).toMatchObject({ records: 6, mapped: 3, failed: 3, truncated: false })
    expect(result.failures.map(({ line, reason }) => [line, reason])).toEqual([
      [3, '“never” is no time in the format auto'],
      [4, 'no known format: an object with the keys other'],
      [6, 'this is no JSON value'],
    ])
    expect(result.misfits).toEqual([{ column: 'outcome', reason: '“n” does not fit', count: 2, line: 2 }])
    expect(result.rows[0]).toEqual({
      line: 1,
      row: expect.objectContaining({ ts: '2026-01-02T03:04:05Z', actor_id: 'alice', outcome: 'success' }),
    })
  })

  it('names the columns that the header lacks', async () => {
    expect((await trial(csv, 'at;who;how\n1;2;3\n')).failures).toEqual([
      { member: null, line: 1, reason: 'the header has no column “what”' },
    ])
  })

  it('says that a mapping does not fit other things', async () => {
    expect((await trial(json, 'Dear diary\n')).failures[0]?.reason).toContain('the mapping does not fit')
    expect((await trial(json, '[1,2]')).mapped).toBe(0)
    expect(await trial(json, '')).toMatchObject({ records: 0, mapped: 0, failed: 0 })
  })

  it('reads compressed files and stops where it is told to', async () => {
    const line = '2026-01-02T03:04:05Z,alice,open\n'
    const result = await trial(csv, gzipSync(`at,who,what\n${line.repeat(60_000)}`), 100, 2)
    expect(result.truncated).toBe(true)
    expect(result.rows).toHaveLength(2)
    expect(result.records).toBeLessThan(60_000)
  })

  it('is cancelled by its signal', async () => {
    await writeFile(join(folder, 'file'), 'at,who,what\n1,2,3\n')
    const signal = AbortSignal.abort()
    await expect(tryMapping(join(folder, 'file'), csv, { records: 10, rows: 1, signal })).rejects.toThrow()
  })
})
