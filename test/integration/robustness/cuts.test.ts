/** A file that ends too early: what is whole is kept, and what is missing is told with its place. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FileAccount } from '../../../src/contract/import'
import { importSources } from '../../../src/engine/import/import'
import { call, type Robust, robust } from './rig'

const count = 40
const records = Array.from({ length: count }, (_, n) => JSON.stringify(call({ userAgent: `ünï ☂ ${n}` })))
const whole = Buffer.from(`{"Records":[${records.join(',')}]}`)
/** Where each record ends. */
const ends: number[] = []
for (const [index, record] of records.entries())
  ends.push((ends[index - 1] ?? '{"Records":['.length - 1) + 1 + Buffer.byteLength(record))
const wholeIn = (bytes: number) => ends.filter((end) => end <= bytes).length

let own: Robust
beforeAll(async () => {
  own = await robust()
})
afterAll(() => own.remove())

/** All cuts in one import, which each file must get through by itself. */
async function loadCuts(name: string, bytes: Buffer, every: number): Promise<(readonly [number, FileAccount])[]> {
  const folder = join(own.folder, name)
  await mkdir(folder)
  const cuts = Array.from({ length: Math.floor(bytes.length / every) }, (_, n) => (n + 1) * every)
  for (const cut of cuts) await writeFile(join(folder, String(cut).padStart(8, '0')), bytes.subarray(0, cut))
  const { files } = await importSources(own.temp.session, { paths: [folder] })
  expect(files).toHaveLength(cuts.length)
  for (const { name: file, records: r } of files)
    expect(r.kept + r.duplicate + r.skipped + r.rejected, file).toBe(r.read)
  return files.map((file) => [Number(file.name), file])
}

describe('a file of records that is cut', () => {
  it('at every 200th byte keeps every whole record and tells the rest as one reject', async () => {
    const accounts = await loadCuts('plain', whole, 200)
    expect(accounts.length).toBeGreaterThan(80)
    for (const [cut, { status, records: r, rejects }] of accounts) {
      const kept = wholeIn(cut)
      expect([cut, r.kept + r.duplicate, r.rejected]).toEqual([cut, kept, 1])
      expect(status).toBe(kept === 0 ? 'refused' : 'partial')
      if (kept === 0) continue
      // It begins right behind the last whole record and reaches to the end of what is there.
      const from = ends[kept - 1] ?? 0
      expect(rejects).toMatchObject([{ offset: from, length: cut - from, line: 1 }])
      expect(rejects[0]?.reason).toContain('ends inside')
    }
  })

  it('inside its gzip, at every 500th byte, keeps what could be unpacked and says where it breaks', async () => {
    // Hardly packed, so that cuts come often.
    const packed = gzipSync(whole, { level: 0 })
    const accounts = await loadCuts('gzip', packed, 500)
    expect(accounts.length).toBeGreaterThan(30)
    const told = accounts.map(([cut, { records: r, rejects }]) => {
      const fault = rejects.find(({ reason }) => reason.includes('gzip stream is cut off'))
      expect(fault?.reason).toContain(String(cut))
      return [cut, r.kept + r.duplicate, wholeIn(fault?.offset ?? 0)]
    })
    for (const [, kept, expected] of told) expect(kept).toBe(expected)
    expect(new Set(told.map(([, kept]) => kept)).size).toBeGreaterThan(20)
  })

  it('inside its gzip as it is usually packed', async () => {
    const noise = Array.from({ length: 400 }, (_, n) =>
      JSON.stringify(
        call({ requestParameters: { key: `${Math.imul(n, 0x9e3779b1)}/${Math.imul(n + 1, 0x85ebca6b)}` } }),
      ),
    )
    const packed = gzipSync(`{"Records":[${noise.join(',')}]}`)
    const accounts = await loadCuts('packed', packed, 500)
    expect(accounts.length).toBeGreaterThan(10)
    const kept = accounts.map(([, { records: r }]) => r.kept + r.duplicate)
    expect(kept).toEqual([...kept].sort((a, b) => a - b))
    expect(kept.at(-1)).toBeGreaterThan(300)
    for (const [, { rejects }] of accounts)
      expect(rejects.some(({ reason }) => reason.includes('gzip stream is cut off'))).toBe(true)
  })
})
