/** Exact bytes of evidence, rejects as CSV, and files that may not be read, on the built command line. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { outFolder } from '../../support/built'
import { calls } from './evidence'
import { ended, type Rig, rig } from './rig'

let own: Rig
const text = `${calls(2)}=broken\u001b[31m\n${calls(2, 2)}{"cut\n`
const packed = gzipSync(text)
const sha256 = createHash('sha256').update(packed).digest('hex')
beforeAll(async () => {
  own = await rig()
  await own.put('calls.jsonl.gz', packed)
  const ran = await own.run('import', 'a.case', 'calls.jsonl.gz')
  expect(ran.code).toBe(0)
}, 240_000)
afterAll(() => own.remove())

it('bytes prints those of an event exactly, and nothing else', async () => {
  const events = await own.lines('events', 'a.case', '--raw')
  expect(events).toHaveLength(4)
  for (const { event_id, raw } of events) {
    const ran = await own.run('bytes', 'a.case', String(event_id))
    expect([ran.code, ran.out, ran.err]).toEqual([0, raw, ''])
    const json = await own.json(['bytes', 'a.case', String(event_id)])
    expect(json).toMatchObject({ sha256, member: null, base64: Buffer.from(String(raw)).toString('base64') })
  }
})

it('bytes prints those of a place, and no control reaches a terminal in a hex dump', async () => {
  const offset = text.indexOf('=broken')
  const place = ['bytes', 'a.case', '--file', sha256, '--offset', String(offset), '--length', '12']
  expect((await own.run(...place)).out).toBe('=broken\u001b[31m')
  expect((await own.run(...place, '--hex')).out).toBe(
    `${offset.toString(16).padStart(8, '0')}  3d 62 72 6f 6b 65 6e 1b  5b 33 31 6d              |=broken.[31m|\n`,
  )
})

it('bytes says what it lacks: the event, the file, the place', async () => {
  expect(await own.run('bytes', 'a.case', '7')).toMatchObject({ code: 2, out: '' })
  expect(await own.run('bytes', 'a.case', 'x')).toMatchObject({ code: 2, out: '' })
  expect(await own.run('bytes', 'a.case')).toMatchObject({ code: 2, out: '' })
  expect(await own.run('bytes', 'a.case', '--file', '0'.repeat(64))).toMatchObject({ code: 2, out: '' })
  const behind = await own.run('bytes', 'a.case', '--file', sha256, '--offset', '999999')
  expect([behind.code, behind.out, behind.err]).toEqual([0, '', 'The file ends before these bytes.\n'])
})

it('rejects come as CSV that is no formula', async () => {
  const { out } = await own.run('rejects', 'a.case', '--csv')
  const [head, ...rows] = out.trimEnd().split('\r\n')
  expect(head).toBe('"file","sha256","member","line","offset","length","reason"')
  expect(rows).toHaveLength(2)
  expect(rows[0]).toContain(`"calls.jsonl.gz","${sha256}","","3","${text.indexOf('=broken')}","12",`)
})

it('bytes of a file that has changed or is gone are not shown', async () => {
  await own.put('calls.jsonl.gz', gzipSync(`${text} `))
  const changed = await own.run('bytes', 'a.case', '--file', sha256)
  expect([changed.code, changed.out]).toEqual([3, ''])
  expect(changed.err).toContain('has changed since it was imported')
})

it('a file that may not be read is refused, and the files around it are imported', async (context) => {
  if (process.platform === 'win32') return context.skip('there are no such permissions')
  const folder = own.path('locked')
  await mkdir(folder)
  for (const [name, from] of [
    ['1.jsonl', 10],
    ['2.jsonl', 12],
    ['3.jsonl', 14],
  ] as const)
    await writeFile(resolve(folder, name), calls(2, from))
  await chmod(resolve(folder, '2.jsonl'), 0)
  await chmod(own.root, 0o777)
  // The administrator may read everything, so that somebody else has to try.
  const somebody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const child = spawn(process.execPath, [resolve(outFolder, 'cli/index.js'), 'import', 'b.case', 'locked', '--json'], {
    cwd: own.root,
    env: { ...process.env, CROSSTRAIL_DATA: own.path('somebody'), HOME: own.root },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...somebody,
  })
  const ran = await ended(child)
  if (ran.code !== 0 && /EACCES|Cannot find module/.test(ran.err))
    return context.skip('somebody else cannot run it here')
  const { files } = JSON.parse(ran.out)
  expect(files.map(({ status }: { readonly status: string }) => status)).toEqual(['imported', 'refused', 'imported'])
  expect(files[1].rejects[0].reason).toContain('No permission')
  expect(ran.out).not.toContain(own.root)
})
