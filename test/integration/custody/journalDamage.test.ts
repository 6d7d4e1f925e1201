/** The journal cut, flipped and rearranged: what is told, and what still opens. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Journal, parseJournal, recordHash } from '../../../src/engine/case/journal'
import { openCase, record } from '../../../src/engine/case/open'
import { verifyCase } from '../../../src/engine/case/verify'
import { tempCase } from '../../support/tempCase'

let folder: string
let whole: Buffer
let starts: number[]
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-damage-'))
  const path = join(folder, 'journal.jsonl')
  const { journal } = await Journal.open({ path, actor: 'a', tool: 't', now: () => new Date(0) })
  for (let note = 0; note < 8; note++)
    await journal.append('note.add', { id: `n${note}`, text: `Zoë ${note} \u{1f50d}` })
  await journal.close()
  whole = await readFile(path)
  starts = [...whole.entries()].filter(([, byte]) => byte === 0x0a).map(([at]) => at + 1)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const lastThree = () => starts.at(-4) ?? 0

describe('a journal', () => {
  it('cut at any byte of its last three records opens with every record that is whole, and goes on', async () => {
    const path = join(folder, 'cut.jsonl')
    for (let length = lastThree(); length <= whole.length; length++) {
      await writeFile(path, whole.subarray(0, length))
      const kept = starts.filter((start) => start - 1 <= length).length
      const { journal } = await Journal.open({ path, actor: 'a', tool: 't', now: () => new Date(0) })
      expect([length, journal.seq, journal.faults]).toEqual([length, kept, []])
      await journal.append('note.add', { id: 'after' })
      await journal.close()
      const after = parseJournal(await readFile(path))
      expect([length, after.records.length, after.faults, after.tornBytes]).toEqual([length, kept + 1, [], 0])
    }
  }, 60_000)

  it.each([0x01, 0x20, 0x80, 0xff])('tells of a flip (%i) in any byte of its last three records', (mask) => {
    const before = JSON.stringify(parseJournal(whole).records)
    for (let at = lastThree(); at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at] = (bytes[at] ?? 0) ^ mask
      const { records, faults, tornBytes, missingLineEnd } = parseJournal(bytes)
      const told = faults.length > 0 || tornBytes > 0
      expect([at, told || (JSON.stringify(records) === before && missingLineEnd)]).toEqual([at, true])
      // Only the line end of the last record is no part of a record.
      if (at < whole.length - 1) expect([at, faults.length > 0]).toEqual([at, true])
    }
  })
})

describe('a case', () => {
  it.each([
    ['edited', (lines: string[]) => lines.with(2, (lines[2] ?? '').replace('text 1', 'text 9')), /was changed/],
    ['dropped', (lines: string[]) => lines.toSpliced(2, 1), /does not follow/],
    ['swapped', (lines: string[]) => lines.with(2, lines[3] ?? '').with(3, lines[2] ?? ''), /does not follow/],
    ['doubled', (lines: string[]) => lines.toSpliced(2, 0, lines[2] ?? ''), /does not follow/],
    ['no JSON any more', (lines: string[]) => lines.with(-1, (lines.at(-1) ?? '').replace('{', '(')), /not JSON/],
  ])('with a record that was %s opens, and verify names it', async (_, change, message) => {
    const temp = await tempCase()
    try {
      for (let note = 0; note < 5; note++)
        await record(temp.session, 'note.add', {
          id: `n${note}`,
          target: { kind: 'case', id: '' },
          text: `text ${note}`,
          tags: [],
        })
      const path = join(temp.folder, 'journal.jsonl')
      const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
      await writeFile(path, `${change(lines).join('\n')}\n`)
      const session = await temp.reopen()
      const { ok, findings } = await verifyCase(session, {})
      expect(ok).toBe(false)
      expect(findings.map((finding) => finding.message).join('\n')).toMatch(message)
    } finally {
      await temp.remove()
    }
  })

  it('with a record that was appended by somebody is whole, but not against the head that was known to be the last', async () => {
    const temp = await tempCase()
    try {
      const last = temp.session.journal.records().at(-1)
      const { head, seq } = temp.session.journal
      const body = {
        v: 1,
        seq: seq + 1,
        prev: head,
        at: '2026-01-01T00:00:00.000Z',
        actor: 'x',
        tool: 'y',
        op: 'note.add',
        args: {},
      } as const
      const path = join(temp.folder, 'journal.jsonl')
      await temp.session.close()
      await writeFile(path, `${JSON.stringify({ ...body, hash: recordHash(body) })}\n`, { flag: 'a' })
      const session = await openCase({
        folder: temp.folder,
        actor: 'tester',
        tool: 't',
        now: () => new Date(),
        recordSession: false,
      })
      const known = await verifyCase(session, { head })
      expect(known.ok).toBe(true)
      expect([last?.hash, known.seq, known.head]).toEqual([head, seq + 1, session.journal.head])
      expect(known.afterHead).toBe(1)
      const exact = await verifyCase(session, { head, exact: true })
      expect(exact.findings).toEqual([{ kind: 'journal', message: expect.stringContaining('1 records follow') }])
      await session.close()
    } finally {
      await temp.remove().catch(() => undefined)
    }
  })
})
