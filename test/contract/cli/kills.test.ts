/** Interrupts and kills at seeded moments, and what the case holds afterwards: whole files only. */
import { spawnSync } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { projectRoot } from '../../support/built'
import { calls } from './evidence'
import { ended, type Rig, rig } from './rig'

const filesCount = 6
const perFile = 30_000
let own: Rig
beforeAll(async () => {
  own = await rig()
  await mkdir(own.path('trails'))
  for (let file = 0; file < filesCount; file++) await own.put(`trails/${file}.jsonl`, calls(perFile, file * perFile))
}, 240_000)
afterAll(() => own.remove())

/** Events by file, as the case has them: each file is all there or not at all. */
async function expectWholeFiles(folder: string): Promise<number> {
  const ran = await own.run('count', folder, '--json')
  if (ran.code === 3 && ran.err.includes('There is no case')) return 0
  expect([ran.code, ran.err]).toEqual([0, ''])
  const { count } = JSON.parse(ran.out)
  expect(count % perFile).toBe(0)
  expect(await own.json(['verify', folder])).toMatchObject({ ok: true })
  return count
}

describe('an import that is broken off', () => {
  it('by Ctrl-C ends with 130 and leaves whole files only', async () => {
    const child = own.start('import', 'interrupted.case', 'trails')
    const done = ended(child)
    const journal = own.path('interrupted.case', 'journal.jsonl')
    await vi.waitFor(async () => expect(await readFile(journal, 'utf8')).toContain('import.begin'), 60_000)
    child.kill('SIGINT')
    const { code, out } = await done
    expect(code === 130 || (code === 0 && out.includes(`${filesCount} files`))).toBe(true)
    const count = await expectWholeFiles('interrupted.case')
    if (code === 130) expect(count).toBeLessThan(filesCount * perFile)
    expect((await own.run('import', 'interrupted.case', 'trails')).code).toBe(0)
    expect(await own.json(['count', 'interrupted.case'])).toEqual({ count: filesCount * perFile })
  })

  it('by kill -9 at six moments leaves whole files each time, and the next import completes', async () => {
    let killed = 0
    for (const delayMs of [250, 600, 1_100, 1_700, 2_400, 3_200]) {
      const child = own.start('import', 'killed.case', 'trails')
      const done = ended(child)
      const timer = setTimeout(() => child.kill('SIGKILL'), delayMs)
      const { code } = await done
      clearTimeout(timer)
      if (code === null) killed++
      await expectWholeFiles('killed.case')
    }
    expect(killed).toBeGreaterThan(1)
    expect((await own.run('import', 'killed.case', 'trails')).code).toBe(0)
    expect(await expectWholeFiles('killed.case')).toBe(filesCount * perFile)
  })
})

const torture = (...words: string[]) =>
  spawnSync(process.execPath, [resolve(projectRoot, 'scripts/torture.mjs'), ...words], { encoding: 'utf8' })

describe('kill -9 at random moments', () => {
  it('of note-taking loses nothing that was acknowledged', () => {
    const { status, stdout } = torture('--only', 'notes', '--rounds', '8')
    const said = /^notes: 8 rounds, [1-8] killed, \d+ acknowledged, 0 failures\n$/
    expect([status, stdout]).toEqual([0, expect.stringMatching(said)])
  })

  it('of an import leaves a case that opens by itself and becomes that of an undisturbed one, row for row', () => {
    const { status, stdout } = torture('--only', 'imports', '--rounds', '6', '--size', '0.1')
    const said = /^imports: 6 rounds, [1-9]\d* killed, 0 failures; an undisturbed one took \d+ ms\n$/
    expect([status, stdout]).toEqual([0, expect.stringMatching(said)])
  })
})

describe('opening a case twice at the same time', () => {
  it('lets one work and tells the other, and loses no note', () => {
    const { status, stdout } = torture('--only', 'races', '--rounds', '5')
    const said = /^races: 5 rounds, \d+ openers told that the case is held, \d+ after one another, 0 failures\n$/
    expect([status, stdout]).toEqual([0, expect.stringMatching(said)])
  })
})
