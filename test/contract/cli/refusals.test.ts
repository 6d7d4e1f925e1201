import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { calls, trail } from './evidence'
import { ended, printed, type Rig, rig } from './rig'

let own: Rig
beforeAll(async () => {
  own = await rig()
  await own.put('trail.jsonl', trail)
  await own.put('noise.txt', 'this is no export of anything\n')
  const { code, err } = await own.run('import', 'a.case', 'trail.jsonl', '--copy')
  expect(code).toBe(0)
  expect(err).toMatch(/^trail\.jsonl: 1 rejected, first: .+\n$/)
}, 240_000)
afterAll(() => own.remove())

describe('exit codes and messages', () => {
  it.each([
    [2, /command “frob”/, ['frob']],
    [2, /--bogus/, ['events', 'a.case', '--bogus']],
    [2, /Usage: crosstrail import/, ['import', 'a.case']],
    [2, /at character 8/, ['events', 'a.case', '--where', 'actor:(']],
    [2, /nofield.*at character 1\)/, ['count', 'a.case', '--where', 'nofield:x']],
    [2, /at character \d+/, ['sql', 'a.case', 'SELECT * FRM span']],
    [2, /at character 8/, ['sql', 'a.case', 'SELECT nocol FROM span']],
    [2, /SELECT/, ['sql', 'a.case', 'DROP TABLE span']],
    [2, /nofield/, ['count', 'a.case', '--by', 'nofield']],
    [2, /nofield/, ['events', 'a.case', '--fields', 'nofield']],
    [2, /--limit/, ['events', 'a.case', '--limit', 'many']],
    [2, /--order/, ['events', 'a.case', '--order', 'up']],
    [2, /32 hex/, ['trace', 'a.case', 'zz']],
    [2, /no trace/, ['trace', 'a.case', '0'.repeat(32)]],
    [2, /no event/, ['note', 'a.case', 'add', '--event', '1', '--text', 'x']],
    [2, /full time/, ['report', 'a.case', '--out', 'r.html', '--at', 'yesterday']],
    [2, /zone/, ['report', 'a.case', '--out', 'r.html', '--tz', 'Nowhere/Town']],
    [2, /no format/, ['import', 'a.case', 'trail.jsonl', '--format', 'nothing']],
    [3, /There is no case none\.case/, ['events', 'none.case']],
    [3, /noise\.txt: /, ['import', 'b.case', 'noise.txt']],
    [3, /is a device/, ['import', 'b.case', '/dev/zero']],
  ] as const)('gives %i with one plain line: %s', async (code, message, words) => {
    const ran = await own.run(...words)
    expect(ran.code).toBe(code)
    expect(ran.err).toMatch(message)
    expect(ran.err.trimEnd().split('\n').length).toBeLessThanOrEqual(2)
    expect(ran.err).not.toMatch(/\n {4}at /)
    expect(ran.err).not.toContain(own.root)
    if (words[0] !== 'import') expect(ran.out).toBe('')
  })

  it('gives 3 for a pipe, and does not wait for it', async () => {
    if (spawnSync('mkfifo', [own.path('pipe')]).status !== 0) return
    const { code, err } = await own.run('import', 'b.case', 'pipe')
    expect([code, err]).toEqual([3, expect.stringContaining('is a pipe')])
  })

  it('takes the same file twice and keeps nothing twice', async () => {
    const again = await own.json(['import', 'a.case', 'trail.jsonl'])
    expect(again).toMatchObject({ files: [{ status: 'duplicate' }], totals: { kept: 0, duplicate: 6, rejected: 1 } })
    expect(await own.json(['count', 'a.case'])).toEqual({ count: 6 })
  })

  it('gives 5 while another process holds the case, naming neither paths nor processes', async () => {
    const holder = own.start('serve', 'a.case', '--port', '0')
    try {
      await printed(holder, /open at http/)
      const { code, out, err } = await own.run('count', 'a.case')
      expect([code, out]).toEqual([5, ''])
      expect(err).toContain('open elsewhere')
      expect(err).not.toContain(own.root)
      expect(err).not.toContain(String(holder.pid))
    } finally {
      const stopped = ended(holder)
      holder.kill('SIGTERM')
      await stopped
    }
    expect((await own.run('count', 'a.case')).code).toBe(0)
  })

  it('stays quiet when the reader of its output goes away', async () => {
    await own.put('many.jsonl', calls(20_000))
    expect((await own.run('import', 'many.case', 'many.jsonl')).code).toBe(0)
    const child = own.start('events', 'many.case')
    const done = ended(child)
    child.stdout?.once('data', () => child.stdout?.destroy())
    const { code, err } = await done
    expect([code, err]).toEqual([0, ''])
    expect(existsSync(own.path('many.case', 'lock'))).toBe(false)
  })
})

describe('verify', () => {
  const findings = async () => {
    const found = await own.json(['verify', 'a.case'], 4)
    expect(found).toMatchObject({ ok: false, findings: expect.any(Array) })
    return JSON.stringify(found)
  }

  it('gives 4 after one byte of the journal was changed, and 0 when it is put back', async () => {
    const path = own.path('a.case', 'journal.jsonl')
    const before = await readFile(path)
    const changed = Buffer.from(before)
    const at = before.indexOf('"import":1')
    changed[at + 9] = '2'.charCodeAt(0)
    await writeFile(path, changed)
    expect(await findings()).toContain('"journal"')
    await writeFile(path, before)
    expect((await own.run('verify', 'a.case')).code).toBe(0)
  })

  it('gives 4 after one byte of a copy of the evidence was changed', async () => {
    const [name = ''] = await readdir(own.path('a.case', 'evidence'))
    const path = own.path('a.case', 'evidence', name)
    const before = await readFile(path)
    const changed = Buffer.from(before)
    changed[100] = (before[100] ?? 0) ^ 1
    await writeFile(path, changed)
    expect(await findings()).toContain('"evidence"')
    await writeFile(path, before)
    expect((await own.run('verify', 'a.case')).code).toBe(0)
  })

  it('gives 4 where the chain does not contain the head that was written down', async () => {
    expect(await own.json(['verify', 'a.case', '--head', 'a'.repeat(64)], 4)).toMatchObject({ ok: false })
  })
})

describe('what a case survives', () => {
  it('a lost database: rebuild gives the same rows, ids and notes', async () => {
    const [event] = await own.lines('events', 'a.case', '--limit', '1')
    await own.json(['note', 'a.case', 'add', '--event', String(event?.event_id), '--text', 'keep me', '--tag', 't'])
    const look = async () => [
      (await own.run('events', 'a.case', '--raw')).out,
      (await own.run('rejects', 'a.case', '--json')).out,
      (await own.run('sources', 'a.case', '--json')).out,
      (await own.run('note', 'a.case', 'list', '--json')).out,
    ]
    const before = await look()
    expect(before[3]).toContain('keep me')
    await rm(own.path('a.case', 'evidence.duckdb'))
    await rm(own.path('trail.jsonl'))
    expect((await own.run('events', 'a.case')).code).toBe(3)
    expect((await own.run('rebuild', 'a.case')).code).toBe(0)
    expect(await look()).toEqual(before)
    expect((await own.run('verify', 'a.case')).code).toBe(0)
  })

  it('a journey as one file', async () => {
    const packed = await own.json(['pack', 'a.case', 'a.crosstrail'])
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
    expect(packed).toStrictEqual({ file: 'a.crosstrail', files: 4, sizeBytes: expect.any(Number), sha256: hash })
    expect(await own.json(['unpack', 'a.crosstrail', 'copy.case'])).toStrictEqual({
      case: 'copy.case',
      files: 4,
      id: expect.any(String),
      title: 'a',
    })
    expect((await own.run('events', 'copy.case')).out).toBe((await own.run('events', 'a.case')).out)
    expect((await own.run('verify', 'copy.case')).code).toBe(0)
    expect((await own.run('pack', 'a.case', 'a.crosstrail')).code).toBe(2)
    expect((await own.run('unpack', 'a.crosstrail', 'copy.case')).code).toBe(3)
  })

  it.each(['json', 'html', 'pdf'])('a report as %s, with the same bytes each time', async (format) => {
    const words = ['report', 'a.case', '--at', '2026-02-01T00:00:00Z', '--format', format, '--out']
    const first = await own.json([...words, `first.${format}`])
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
    const shape = { file: `first.${format}`, sha256: hash, bodyDigest: hash }
    expect(first).toStrictEqual({ ...shape, pages: expect.any(Number) })
    await own.json([...words, `second.${format}`])
    const [one, two] = [await readFile(own.path(`first.${format}`)), await readFile(own.path(`second.${format}`))]
    expect(one.length).toBeGreaterThan(1000)
    expect(two.equals(one)).toBe(true)
  })
})
