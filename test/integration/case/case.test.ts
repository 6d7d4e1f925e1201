import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acquireLock } from '../../../src/engine/case/lock'
import { openCase, record } from '../../../src/engine/case/open'
import { packCase, unpackCase } from '../../../src/engine/case/pack'
import { verifyCase } from '../../../src/engine/case/verify'
import { Database } from '../../../src/engine/db/database'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { listNotes } from '../../../src/engine/notes/handlers'
import { type TempCase, tempCase } from '../../support/tempCase'

const noteArgs = (id: string) => ({ id, target: { kind: 'case', id: '' }, text: `text of ${id}`, tags: ['a', '<b>'] })
const openOptions = (folder: string) => ({
  folder,
  actor: 'tester',
  tool: 'crosstrail/test',
  now: () => new Date(),
  recordSession: false,
})

describe('case', () => {
  let temp: TempCase
  beforeEach(async () => {
    temp = await tempCase()
  })
  afterEach(() => temp.remove())

  it('keeps notes over a reopening and a lost projection', async () => {
    await record(temp.session, 'note.add', noteArgs('n1'))
    await record(temp.session, 'note.add', noteArgs('n2'))
    await record(temp.session, 'note.delete', { id: 'n1' })
    const session = await temp.reopen()
    expect((await listNotes(session)).map(({ id }) => id)).toEqual(['n2'])
    await session.db.transaction(async (writer) => {
      await writer.run(sql`DELETE FROM note`)
      await writer.run(sql`UPDATE journal_state SET seq = 99`)
    })
    expect((await verifyCase(session, {})).findings.map(({ kind }) => kind)).toEqual(['projection'])
    expect((await listNotes(await temp.reopen())).map(({ id }) => id)).toEqual(['n2'])
    expect((await verifyCase(temp.session, {})).ok).toBe(true)
  })

  it('gives one opener the case and tells the other plainly', async () => {
    await expect(openCase(openOptions(temp.folder))).rejects.toMatchObject({
      code: 'case.in-use',
      message: expect.stringContaining('tester'),
    })
  })

  it('takes over from a holder that no longer runs', async () => {
    const { folder } = temp
    await temp.session.close()
    await writeFile(
      join(folder, 'lock'),
      JSON.stringify({ actor: 'gone', since: '2026-01-01T00:00:00Z', pid: 2 ** 22 - 3, processStart: '1', token: 'x' }),
    )
    const session = await openCase(openOptions(folder))
    expect(session.notices).toHaveLength(1)
    await session.close()
    await temp.reopen().catch(() => undefined)
  })

  it('lets exactly one of many racing openers in, also over a dead lock', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'crosstrail-lock-'))
    for (let round = 0; round < 20; round++) {
      await writeFile(
        join(folder, 'lock'),
        JSON.stringify({ actor: 'gone', since: '', pid: 2 ** 22 - 3, processStart: '1', token: 'x' }),
      )
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, index) => acquireLock(folder, `a${index}`, new Date())),
      )
      const won = results.filter((result) => result.status === 'fulfilled')
      expect(won).toHaveLength(1)
      for (const result of won) await result.value.release()
      expect(await readdir(folder)).toEqual([])
    }
    await rm(folder, { recursive: true })
  })

  it.each([
    ['a view', 'CREATE VIEW access_event2 AS SELECT * FROM access_event'],
    ['a macro that shadows a builtin', 'CREATE MACRO lower(x) AS upper(x)'],
    ['a table that is not ours', 'CREATE TABLE extra (a INTEGER)'],
    ['a default that runs a function', 'ALTER TABLE identity ALTER COLUMN label SET DEFAULT random()'],
    ['a type', "CREATE TYPE mood AS ENUM ('a')"],
    ['a sequence', 'CREATE SEQUENCE s'],
    ['a changed column', 'ALTER TABLE note ALTER COLUMN author TYPE INTEGER USING 1'],
  ])('refuses a database with %s, and reads nothing of it', async (_what, statement) => {
    const { folder } = temp
    await temp.session.db.write((writer) => writer.run(sql.trusted(statement)))
    await temp.session.close()
    await expect(openCase(openOptions(folder))).rejects.toMatchObject({ code: 'case.invalid' })
    await rm(join(folder, 'evidence.duckdb'))
    await temp.reopen()
  })

  it('refuses a file that is no database', async () => {
    const { folder } = temp
    await temp.session.close()
    await writeFile(join(folder, 'evidence.duckdb'), 'this is no database, but long enough to look at'.repeat(500))
    await expect(openCase(openOptions(folder))).rejects.toMatchObject({ code: 'case.invalid' })
    await rm(join(folder, 'evidence.duckdb'))
    await temp.reopen()
  })

  it('goes on when an imported file is known to the database only, and says what a lost database lacks', async () => {
    const { folder } = temp
    const source = join(folder, '..', 'trail.json')
    await writeFile(
      source,
      JSON.stringify({
        Records: [
          {
            eventVersion: '1.08',
            eventTime: '2026-01-02T03:04:05Z',
            eventSource: 's3.amazonaws.com',
            eventName: 'GetObject',
            eventID: 'e-1',
            userIdentity: { type: 'Root' },
          },
        ],
      }),
    )
    await importSources(temp.session, { paths: [source], copy: true })
    await temp.session.close()
    const journal = join(folder, 'journal.jsonl')
    const lines = (await readFile(journal, 'utf8')).trimEnd().split('\n')
    const kept = lines.slice(
      0,
      lines.findIndex((line) => line.includes('"import.files"')),
    )
    await writeFile(journal, `${kept.join('\n')}\n`)
    const session = await temp.reopen().catch(() => openCase(openOptions(folder)))
    expect(session.journal.records().at(-2)).toMatchObject({ op: 'import.files', args: { recovered: true } })
    expect(session.journal.records().at(-1)).toMatchObject({ op: 'content.digest', args: { recovered: true } })
    expect((await verifyCase(session, {})).findings).toEqual([])
    const file = join(folder, '..', 'packed.crosstrail')
    await packCase(session, file)
    await session.close()
    await rm(join(folder, 'evidence.duckdb'))
    await expect(openCase(openOptions(folder))).rejects.toMatchObject({
      code: 'case.invalid',
      message: expect.stringContaining('rebuild'),
    })
    const unpacked = join(folder, '..', 'unpacked.case')
    expect(await unpackCase(file, unpacked)).toMatchObject({ title: 'Test' })
    const copy = await openCase(openOptions(unpacked))
    expect(await copy.db.rows(sql`SELECT count(*) AS n FROM access_event`)).toEqual([{ n: 1 }])
    expect((await verifyCase(copy, {})).ok).toBe(true)
    await copy.close()
    await rm(folder, { recursive: true })
    await mkdir(folder)
  })

  it('says plainly that a folder cannot be written to', async () => {
    if (process.getuid?.() === 0) return
    const { folder } = temp
    await temp.session.close()
    await chmod(folder, 0o500)
    await expect(openCase(openOptions(folder))).rejects.toMatchObject({ code: 'io.read-only' })
    await chmod(folder, 0o700)
    await temp.reopen()
  })

  it('answers again after a fatal error of the database', async () => {
    const db = await Database.open({ path: join(temp.folder, '..', 'other.duckdb') })
    await expect(db.rows(sql`SELECT error('FATAL test')`)).rejects.toBeDefined()
    expect(await db.rows(sql`SELECT 1 AS one`)).toEqual([{ one: 1 }])
    await db.close()
  })
})
