/** Files that ask for more memory than there is: the reader dies or refuses, the process and the other files go on. */
import { open, readFile, rm } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { ImportResult } from '../../../src/contract/import'
import { calls } from './evidence'
import { ended, type Rig, rig } from './rig'

const good = 60
const longBytes = 2 ** 30
const extraMb = 256

/** Written into the child, since only itself knows its peak. */
const meter = `const { isMainThread } = require('node:worker_threads')
if (isMainThread) process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)))`

const Printed = z.object(ImportResult.shape)

let own: Rig
beforeAll(async () => {
  own = await rig()
  await own.put('meter.cjs', meter)
}, 240_000)
afterAll(() => own.remove())
afterEach(() => vi.unstubAllEnvs())

describe('a file that needs more memory than its reader may have', () => {
  it('is refused, saying so, and the files around it are imported', async () => {
    vi.stubEnv('CROSSTRAIL_PARSER_HEAP_MB', '48')
    const small = await rig()
    try {
      // A record below the limit of size that becomes millions of objects.
      const hungry = `{"eventName":"x","a":[${'{"a":{}},'.repeat(1_500_000)}0]}\n`
      const paths = [
        await small.put('1.jsonl', calls(good, 0)),
        await small.put('2.jsonl', `${calls(good, good)}${hungry}`),
        await small.put('3.jsonl', calls(good, 2 * good)),
        await small.put('4.jsonl', calls(good, 3 * good)),
      ]
      const ran = await small.run('import', 'a.case', ...paths, '--json')
      const { files, totals } = Printed.parse(JSON.parse(ran.out))
      expect(files.map(({ status }) => status)).toEqual(['imported', 'refused', 'imported', 'imported'])
      expect(files[1]?.rejects).toMatchObject([{ reason: expect.stringContaining('more than the 48 MB of memory') }])
      expect(totals).toMatchObject({ access_event: 3 * good, rejected: 1 })
      expect(await small.json(['count', 'a.case'])).toEqual({ count: 3 * good })
      expect(await small.json(['verify', 'a.case'])).toMatchObject({ ok: true })
    } finally {
      await small.remove()
    }
  }, 120_000)
})

describe('a line of a gibibyte', () => {
  let baseMb = 0
  /** Imports in a process of its own; gives the account and the peak of its memory. */
  const measured = async (name: string) => {
    const peak = own.path(`${name}.peak`)
    vi.stubEnv('NODE_OPTIONS', `--require ${own.path('meter.cjs')}`)
    vi.stubEnv('PEAK_FILE', peak)
    const child = await rig()
    try {
      const { out } = await ended(child.start('import', 'a.case', own.path(name), '--json'))
      const { files } = Printed.parse(JSON.parse(out))
      return { account: files[0], peakMb: z.coerce.number().parse(await readFile(peak, 'utf8')) / 1024 }
    } finally {
      await child.remove()
    }
  }
  const head = calls(good, 0)
  const begin = '{"x":"'
  const tail = `"}\n${calls(good, good)}`

  const expectOneReject = ({ account, peakMb }: Awaited<ReturnType<typeof measured>>, length: number) => {
    expect(account).toMatchObject({
      status: 'partial',
      records: { read: 2 * good + 1, kept: 2 * good, duplicate: 0, skipped: 0, rejected: 1 },
      rejects: [{ line: good + 1, offset: head.length, length }],
    })
    expect(account?.rejects[0]?.reason).toContain('limit')
    expect(peakMb - baseMb).toBeLessThan(extraMb)
  }

  beforeAll(async () => {
    await own.put('base.jsonl', `${head}${calls(good, good)}`)
    baseMb = (await measured('base.jsonl')).peakMb
    expect(baseMb).toBeGreaterThan(20)
  }, 60_000)

  it('is refused with its place in bounded memory', async () => {
    const file = await open(own.path('long.jsonl'), 'w')
    // A hole: the disk need not hold it.
    await file.write(head + begin, 0)
    await file.write(tail, head.length + begin.length + longBytes)
    await file.close()
    expectOneReject(await measured('long.jsonl'), begin.length + longBytes + 2)
    await rm(own.path('long.jsonl'))
  }, 240_000)

  it('is refused with its place in bounded memory inside a gzip', async () => {
    // As many gzip members as it takes, each of a mebibyte that packs a hundredfold or so.
    const block = Buffer.from(
      Array.from({ length: 1 << 14 }, (_, n) => String(Math.imul(n >> 3, 0x9e3779b1) >>> 0).padEnd(64, 'x')).join(''),
    )
    expect(block.length).toBe(1 << 20)
    const packed = gzipSync(block)
    expect(block.length / packed.length).toBeLessThan(190)
    const file = await open(own.path('long.jsonl.gz'), 'w')
    await file.writeFile(gzipSync(head + begin))
    for (let mebibyte = 0; mebibyte < longBytes / block.length; mebibyte++) await file.writeFile(packed)
    await file.writeFile(gzipSync(tail))
    await file.close()
    expectOneReject(await measured('long.jsonl.gz'), begin.length + longBytes + 2)
    await rm(own.path('long.jsonl.gz'))
  }, 240_000)
})
