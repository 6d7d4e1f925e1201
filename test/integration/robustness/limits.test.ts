/** Times that lie, lines without end. */
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { call, type Robust, robust } from './rig'

describe('times', () => {
  let own: Robust
  beforeAll(async () => {
    own = await robust()
  })
  afterAll(() => own.remove())

  it.each([
    ['0001-01-01T00:00:00Z', '0001-01-01 00:00:00'],
    ['9999-12-31T23:59:59Z', '9999-12-31 23:59:59'],
    ['2026-01-02T03:04:05.123456Z', '2026-01-02 03:04:05.123456'],
    ['2026-01-02T03:04:05+18:00', '2026-01-01 09:04:05'],
    ['2026-01-02T03:04:05-18:00', '2026-01-02 21:04:05'],
    ['2024-02-29T12:00:00Z', '2024-02-29 12:00:00'],
    ['2016-12-31T23:59:60Z', undefined],
    ['2026-01-02T24:00:00Z', undefined],
    ['2026-02-30T00:00:00Z', undefined],
    ['2023-02-29T00:00:00Z', undefined],
    ['2026-13-01T00:00:00Z', undefined],
    ['2026-01-02T03:04:05+19:00', undefined],
    ['2026-01-02T03:60:00Z', undefined],
    ['yesterday', undefined],
    ['', undefined],
    [null, undefined],
    [true, undefined],
    [{}, undefined],
    ['1767323045', undefined],
    ['12026-01-02T03:04:05Z', undefined],
    ['2026-01-02T03:04:05Z; DROP TABLE span', undefined],
  ])('%j is that instant, or no instant at all', async (eventTime, expected) => {
    const event = call({ eventTime })
    const account = await own.load('time.jsonl', `${JSON.stringify(event)}\n${JSON.stringify(call())}\n`)
    const rows = await own.temp.session.db.rows(
      sql`SELECT CAST(ts AS VARCHAR) AS ts FROM access_event WHERE source_event_id = ${String(event.eventID)}`,
    )
    const given = rows.map(({ ts }) => ts)
    // A second that does not exist may be kept without a time or as the end of its minute, never as another moment.
    if (expected === undefined) {
      if (String(eventTime).endsWith(':60Z'))
        expect(['[]', '[null]', '["2016-12-31 23:59:59"]', '["2017-01-01 00:00:00"]']).toContain(JSON.stringify(given))
      else if (String(eventTime).includes('T24:00:00'))
        expect(['[]', '[null]', '["2026-01-03 00:00:00"]']).toContain(JSON.stringify(given))
      else expect(given.filter((ts) => ts !== null)).toEqual([])
      expect(account.records.rejected + given.length).toBe(1)
    } else expect(given).toEqual([expected])
  })
})

describe('a line without end', () => {
  it('is refused with its position, in bounded memory, and what stands around it is kept', async () => {
    const own = await robust()
    try {
      const path = join(own.folder, 'long.jsonl')
      const file = await open(path, 'w')
      const first = `${JSON.stringify(call())}\n`
      await file.write(`${first}{"x":"`)
      const chunk = Buffer.alloc(1 << 20, 'a')
      const longMiB = 200
      for (let index = 0; index < longMiB; index++) await file.write(chunk)
      await file.write(`"}\n${JSON.stringify(call())}\n`)
      await file.close()
      const before = process.memoryUsage().rss
      let most = before
      const timer = setInterval(() => {
        most = Math.max(most, process.memoryUsage().rss)
      }, 20)
      const { files } = await importSources(own.temp.session, { paths: [path] })
      clearInterval(timer)
      expect(files[0]).toMatchObject({ status: 'partial', records: { read: 3, kept: 2, rejected: 1 } })
      expect(files[0]?.rejects).toMatchObject([
        { line: 2, offset: first.length, reason: expect.stringContaining('limit') },
      ])
      expect((most - before) / 2 ** 20).toBeLessThan(longMiB)
    } finally {
      await own.remove()
    }
  })
})
