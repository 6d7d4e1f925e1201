/** The n-th step of writing the journal fails, for each n: what was acknowledged stays, and nothing else is there. */
import { type FileHandle, mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Journal, parseJournal } from '../../../../src/engine/case/journal'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-journal-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

type Step = 'open' | 'write' | 'half' | 'sync' | 'truncate'

/** A file whose steps are counted; `fails` says which of them go wrong. */
function failing(fails: (step: number, kind: Step) => boolean) {
  let steps = 0
  const seen: Step[] = []
  const check = (kind: Step) => {
    seen.push(kind)
    if (fails(++steps, kind)) throw Object.assign(new Error('no room'), { code: 'ENOSPC' })
  }
  const openFile = async (path: string, flags: string): Promise<FileHandle> => {
    check('open')
    const file = await open(path, flags)
    return new Proxy(file, {
      get(target, key) {
        if (key === 'write')
          return async (bytes: Buffer, from: number, length: number, at: number) => {
            check('write')
            // Half is written, the rest with the next step: what a disk does that is nearly full.
            const half = Math.ceil(length / 2)
            const result = await target.write(bytes, from, half, at)
            check('half')
            return result
          }
        if (key === 'datasync')
          return async () => {
            check('sync')
            await target.datasync()
          }
        if (key === 'truncate')
          return async (length: number) => {
            check('truncate')
            await target.truncate(length)
          }
        const value: unknown = Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
  }
  return { openFile, seen, count: () => steps }
}

async function writeTwelve(fails: (step: number, kind: Step) => boolean) {
  const path = join(folder, `journal-${Math.random()}.jsonl`)
  const faults = failing(fails)
  const options = { path, actor: 'a', tool: 't', now: () => new Date(0), openFile: faults.openFile }
  const { journal } = await Journal.open(options)
  const acknowledged: string[] = []
  for (let n = 0; n < 12; n++) {
    const text = `${n} ${'x'.repeat(n * 7)}`
    try {
      await journal.append('note.add', { text })
      acknowledged.push(text)
    } catch (error) {
      expect(error).toMatchObject({ code: 'io.disk-full' })
    }
  }
  await journal.close()
  return { path, acknowledged, ...faults }
}

/** `more`: as many records may stand behind them that were refused, where even cutting them back failed. */
async function expectHolds(path: string, acknowledged: readonly string[], more = 0): Promise<void> {
  const before = parseJournal(await readFile(path).catch(() => Buffer.alloc(0)))
  expect(before.faults).toEqual([])
  const { journal, notices } = await Journal.open({ path, actor: 'a', tool: 't', now: () => new Date(0) })
  const texts = journal.records().map(({ args }) => args.text)
  expect(texts.slice(0, acknowledged.length)).toEqual(acknowledged)
  expect(texts.length - acknowledged.length).toBeLessThanOrEqual(more)
  expect(journal.faults).toEqual([])
  // A tail is set aside only where cutting it back failed too.
  if (before.tornBytes === 0) expect(notices).toEqual([])
  await journal.close()
}

describe('a journal whose disk fails', () => {
  it('once, at each step in turn, loses one record and no other', async () => {
    const total = (await writeTwelve(() => false)).count()
    expect(total).toBeGreaterThan(50)
    for (let broken = 1; broken <= total; broken++) {
      const { path, acknowledged } = await writeTwelve((step) => step === broken)
      expect(acknowledged.length).toBe(11)
      await expectHolds(path, acknowledged)
    }
  })

  it('from some step on, keeps what it acknowledged before', async () => {
    const total = (await writeTwelve(() => false)).count()
    for (let broken = 1; broken <= total; broken += 3) {
      const { path, acknowledged } = await writeTwelve((step) => step >= broken)
      await expectHolds(path, acknowledged, 1)
    }
  })

  it('at a sync is never told to sync the same bytes again: they are cut away and written anew', async () => {
    let syncs = 0
    const { path, acknowledged, seen } = await writeTwelve((_, kind) => kind === 'sync' && ++syncs === 3)
    expect(acknowledged).toHaveLength(11)
    const at = seen.indexOf('sync', seen.indexOf('sync', seen.indexOf('sync') + 1) + 1)
    expect(seen.slice(at, at + 3)).toEqual(['sync', 'truncate', 'open'])
    await expectHolds(path, acknowledged)
  })
})
