/** A disk that is full, fills up or may only be read: plain words, exit code 6, nothing lost, and all works again with room. */
import { readdir, readFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type SmallDisk, smallDisk, smallDiskNotice } from '../../support/smallDisk'
import { call, calls } from './evidence'
import { type Ran, type Rig, rig } from './rig'

const large = 41_000
let own: Rig
beforeAll(async () => {
  own = await rig()
  await own.put('few.jsonl', calls(300))
  // Every text another, so that it does not pack to nothing.
  const wide = Array.from({ length: large }, (_, index) =>
    JSON.stringify(call(1_000 + index, { requestParameters: { key: `${Math.imul(index, 0x9e3779b1)}`.repeat(6) } })),
  )
  await own.put('large.jsonl', `${wide.join('\n')}\n`)
}, 240_000)
afterAll(() => own.remove())

let disk: SmallDisk
beforeEach(async (context) => {
  const made = await smallDisk(own.path('disk'), 64)
  if (made === undefined) return context.skip(smallDiskNotice)
  disk = made
})
afterEach(() => disk?.remove())

const folder = 'disk/a.case'
const count = async () => JSON.stringify(await own.json(['count', folder]))

function expectPlain({ code, out, err }: Ran): void {
  expect([code, out]).toEqual([6, ''])
  expect(err).toMatch(/disk is full|no permission/i)
  expect(err.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
  expect(err).not.toContain(own.root)
}

/** Nothing half done lies about. */
async function expectTidy(): Promise<void> {
  const names = await readdir(own.path('disk'), { recursive: true })
  expect(names.filter((name) => /\.tmp$|\.part$|\.lock-/.test(name))).toEqual([])
}

describe('a disk that fills up', () => {
  it.each([1, 9, 17])('at %i MiB of an import: the file is out, and in once there is room', async (mebibytes) => {
    disk.resize(mebibytes)
    expectPlain(await own.run('import', folder, 'few.jsonl', 'large.jsonl', '--copy'))
    await expectTidy()
    disk.resize(128)
    expect(await own.json(['verify', folder])).toMatchObject({ ok: true })
    expect(['{"count":0}', '{"count":300}']).toContain(await count())
    expect((await own.run('import', folder, 'few.jsonl', 'large.jsonl', '--copy')).code).toBe(0)
    expect(await count()).toBe(JSON.stringify({ count: 300 + large }))
    expect(await own.json(['verify', folder])).toMatchObject({ ok: true })
  })

  it('while notes, reports, pictures and links are made: each is whole or refused', async () => {
    expect((await own.run('import', folder, 'few.jsonl')).code).toBe(0)
    const acknowledged: string[] = []
    for (const leftBytes of [0, 8_192, 400_000]) {
      await disk.fill(leftBytes)
      const text = `${leftBytes} ${'x'.repeat(20_000)}`
      for (const words of [
        ['note', folder, 'add', '--case', '--text', text],
        ['report', folder, '--out', 'disk/r.html', '--at', '2026-02-01T00:00:00Z'],
        ['graph', folder, '--svg', 'disk/g.svg'],
        ['link', folder],
      ]) {
        const ran = await own.run(...words)
        if (ran.code !== 0) expectPlain(ran)
        else if (words[0] === 'note') acknowledged.push(text)
        else if (words[0] === 'report') expect(await readFile(own.path('disk/r.html'), 'utf8')).toMatch(/<\/html>\s*$/)
      }
      await expectTidy()
      await disk.free()
      expect(await own.json(['verify', folder])).toMatchObject({ ok: true })
      const notes = await own.json(['note', folder, 'list'])
      expect(notes).toMatchObject(acknowledged.map((said) => ({ text: said })))
      expect(notes).toHaveLength(acknowledged.length)
    }
    expect(acknowledged.length).toBeGreaterThan(0)
    expect(acknowledged.length).toBeLessThan(3)
    expect(await count()).toBe('{"count":300}')
  })
})

describe('a folder that may only be read', () => {
  it('is told plainly by each command, and no case is made there', async () => {
    expect((await own.run('import', folder, 'few.jsonl')).code).toBe(0)
    disk.readOnly(true)
    for (const words of [
      ['count', folder],
      ['note', folder, 'add', '--case', '--text', 'x'],
      ['import', folder, 'large.jsonl'],
      ['import', 'disk/new.case', 'few.jsonl'],
      ['verify', folder],
    ])
      expectPlain(await own.run(...words))
    disk.readOnly(false)
    expect(await count()).toBe('{"count":300}')
    expect(await readdir(own.path('disk'))).toEqual(['a.case'])
  })
})
