import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCase } from '../../../src/engine/case/open'
import { rebuildCase } from '../../../src/engine/case/rebuild'
import { caseSlot } from '../../../src/engine/case/slot'
import { verifyCase } from '../../../src/engine/case/verify'
import { statedContent } from '../../../src/engine/content/journaled'
import { Database } from '../../../src/engine/db/database'
import { sql } from '../../../src/engine/db/sql'

const sample = resolve(import.meta.dirname, '../../../resources/sample')
const extra = resolve(import.meta.dirname, '../../fixtures/custody')
const common = { actor: 'tester', tool: 'crosstrail/test', now: () => new Date(), recordSession: false }

/** Logs and metrics besides the sample, and a line that is no record. */
let root: string
let whole: string
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosstrail-content-'))
  whole = join(root, 'whole.case')
  const slot = caseSlot(common)
  await slot.create(whole, 'whole')
  await slot.importPaths([sample], { copy: true })
  await slot.importPaths([extra], { copy: true })
  await slot.close()
}, 120_000)
afterAll(() => rm(root, { recursive: true, force: true }))

/** A copy of the case whose database was changed by somebody with DuckDB at hand. */
async function changed(name: string, ...statements: readonly string[]): Promise<readonly string[]> {
  const folder = join(root, `${name}.case`)
  await cp(whole, folder, { recursive: true })
  const db = await Database.open({ path: join(folder, 'evidence.duckdb') })
  for (const statement of statements) await db.write((writer) => writer.run(sql.trusted(statement)))
  await db.close()
  const session = await openCase({ ...common, folder })
  try {
    const { findings } = await verifyCase(session, {})
    return findings.map(({ kind, message }) => `${kind}: ${message}`)
  } finally {
    await session.close()
    await rm(folder, { recursive: true })
  }
}

describe('the content of the database', () => {
  it('fits what the journal states, also after another opening', async () => {
    expect(await changed('untouched')).toEqual([])
  })

  it.each([
    [
      'access_event',
      'actor_name',
      "UPDATE access_event SET actor_name = 'somebody' WHERE seq = (SELECT min(seq) FROM access_event)",
    ],
    ['access_event', 'raw', "UPDATE access_event SET raw = raw || ' ' WHERE seq = (SELECT max(seq) FROM access_event)"],
    [
      'access_event',
      'ts',
      'UPDATE access_event SET ts = ts + INTERVAL 1 MICROSECOND WHERE seq = (SELECT max(seq) FROM access_event)',
    ],
    ['access_event', 'line', 'UPDATE access_event SET line = line + 1 WHERE seq = (SELECT min(seq) FROM access_event)'],
    [
      'span',
      'status',
      "UPDATE span SET status = 'error' WHERE seq = (SELECT min(seq) FROM span WHERE status <> 'error')",
    ],
    ['span_event', 'name', "UPDATE span_event SET name = name || '!'"],
    [
      'log_record',
      'body',
      "UPDATE log_record SET body = 'nothing happened' WHERE seq = (SELECT min(seq) FROM log_record)",
    ],
    ['metric_point', 'value', 'UPDATE metric_point SET "value" = 0.5 WHERE seq = (SELECT max(seq) FROM metric_point)'],
    ['import_reject', 'reason', "UPDATE import_reject SET reason = 'it was fine'"],
    ['source_file', 'name', "UPDATE source_file SET name = 'other.json' WHERE import_id = 1"],
  ])('names file and table where one cell of %s (%s) was changed', async (table, _column, statement) => {
    const findings = await changed('cell', statement)
    expect(findings.length).toBeGreaterThan(0)
    for (const finding of findings)
      expect(finding).toMatch(new RegExp(`^content: “.+”: its rows in ${table} are not what`))
  })

  it.each([
    ['metric_series', "UPDATE metric_series SET unit = 'apples'"],
    ['link', 'UPDATE link SET score = score + 1 WHERE link_id = (SELECT min(link_id) FROM link)'],
    ['link_evidence', `UPDATE link_evidence SET "text" = 'made up'`],
  ])('names the table where a cell of %s was changed', async (table, statement) => {
    expect(await changed('derived', statement)).toEqual([expect.stringContaining(`The table ${table} is not what`)])
  })

  it('names a row that was taken away, one that was added, and two that changed places', async () => {
    expect(await changed('less', 'DELETE FROM log_record WHERE seq = (SELECT max(seq) FROM log_record)')).toEqual([
      expect.stringMatching(/^counts: /),
      expect.stringMatching(/^content: .+ had \d+ rows .+ there are \d+ now\.$/),
    ])
    expect(await changed('link', 'DELETE FROM link_evidence WHERE ordinal > 0')).toEqual([
      expect.stringMatching(/^content: The table link_evidence had/),
    ])
    const [first, second] = ['min', 'max'].map((end) => `(SELECT ${end}(seq) FROM access_event WHERE import_id = 1)`)
    const swap = `UPDATE access_event SET seq = ${first} + ${second} - seq WHERE seq IN (${first}, ${second})`
    expect(await changed('order', swap)).toEqual([expect.stringMatching(/^content: .+ in another order/)])
  })

  it('finds a row that was given to another file', async () => {
    const move =
      'UPDATE access_event SET import_id = 2 WHERE seq = (SELECT min(seq) FROM access_event WHERE import_id = 1)'
    expect((await changed('moved', move)).filter((text) => text.startsWith('content: '))).toHaveLength(2)
  })

  it('is the same after a rebuild', async () => {
    const folder = join(root, 'rebuilt.case')
    await cp(whole, folder, { recursive: true })
    await rm(join(folder, 'evidence.duckdb'))
    const slot = caseSlot(common)
    await slot.openForRebuild(folder)
    const before = statedContent(slot.require().journal.records())
    await rebuildCase(slot, {})
    const session = slot.require()
    const after = statedContent(session.journal.records())
    const digests = (stated: typeof before) => [...stated.files].map(([sha, { digest }]) => [sha, digest]).sort()
    expect(digests(after)).toEqual(digests(before))
    expect(after.files.size).toBeGreaterThan(5)
    expect(session.journal.records().findLast(({ op }) => op === 'case.rebuild')?.args).not.toHaveProperty('changed')
    expect(await verifyCase(session, {})).toMatchObject({ ok: true, findings: [] })
    await slot.close()
  }, 60_000)

  it('is digested at the next opening where a crash left an import without its digests', async () => {
    const folder = join(root, 'crashed.case')
    await cp(whole, folder, { recursive: true })
    const session = await openCase({ ...common, folder })
    const kept = session.journal.records().findLastIndex(({ op }) => op === 'import.files') + 1
    const lines = session.journal.records().slice(0, kept)
    await session.close()
    await writeFile(join(folder, 'journal.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const again = await openCase({ ...common, folder })
    const last = again.journal.records().at(-1)
    expect(last).toMatchObject({ op: 'content.digest', args: { recovered: true } })
    expect(statedContent(again.journal.records()).files.size).toBeGreaterThan(5)
    expect(await verifyCase(again, {})).toMatchObject({ ok: true })
    const { seq } = again.journal
    await again.close()
    const third = await openCase({ ...common, folder })
    expect(third.journal.seq).toBe(seq)
    await third.close()
  })
})

describe('a rebuild without the original of a file that was refused', () => {
  it('keeps its account, and says that it is another one', async () => {
    const noise = join(root, 'noise.txt')
    const folder = join(root, 'refused.case')
    await writeFile(noise, 'no export of anything\n')
    const slot = caseSlot(common)
    await slot.create(folder, 'refused')
    await slot.importPaths([noise, join(extra, 'trail.jsonl')], { copy: true })
    await rm(noise)
    await rebuildCase(slot, {})
    const { journal, db } = slot.require()
    expect(await db.rows(sql`SELECT name, status FROM source_file ORDER BY name`)).toEqual([
      { name: 'noise.txt', status: 'refused' },
      { name: 'trail.jsonl', status: 'partial' },
    ])
    expect(journal.records().findLast(({ op }) => op === 'case.rebuild')?.args).toMatchObject({
      changed: ['noise.txt'],
    })
    expect(await verifyCase(slot.require(), {})).toMatchObject({ ok: true })
    await slot.close()
  })
})
