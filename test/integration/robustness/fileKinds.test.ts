/** What may stand in a folder of evidence besides files at rest. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, truncateSync } from 'node:fs'
import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { type TempCase, tempCase } from '../../support/tempCase'
import { call } from './rig'

let own: TempCase
let folder: string
beforeEach(async () => {
  own = await tempCase()
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-kinds-'))
})
afterEach(async () => {
  await own.remove()
  await rm(folder, { recursive: true, force: true })
})

const line = () => `${JSON.stringify(call())}\n`
const lines = (count: number) => Array.from({ length: count }, line).join('')
const eventCount = async () => Number((await own.session.db.rows(sql`SELECT count(*) AS n FROM access_event`))[0]?.n)
const load = (...paths: string[]) => importSources(own.session, { paths })

describe('a folder of evidence', () => {
  it('is read once where links lead around in it, and links are told', async () => {
    await mkdir(join(folder, 'a', 'b'), { recursive: true })
    await writeFile(join(folder, 'a', 'b', 'good.jsonl'), lines(2))
    await symlink(join(folder, 'a'), join(folder, 'a', 'b', 'loop'))
    await symlink('self', join(folder, 'self'))
    await symlink('/etc/passwd', join(folder, 'elsewhere'))
    const { files } = await load(folder)
    expect(files.map(({ name, status }) => [name, status]).sort()).toEqual([
      ['a/b/good.jsonl', 'imported'],
      ['a/b/loop', 'skipped'],
      ['elsewhere', 'skipped'],
      ['self', 'skipped'],
    ])
    expect(await eventCount()).toBe(2)
  })

  it.skipIf(process.platform === 'win32')('is read around pipes, which are told', async () => {
    expect(spawnSync('mkfifo', [join(folder, 'pipe')]).status).toBe(0)
    await writeFile(join(folder, 'good.jsonl'), lines(3))
    const { files } = await load(folder)
    expect(files.map(({ name, status }) => [name, status])).toEqual([
      ['good.jsonl', 'imported'],
      ['pipe', 'skipped'],
    ])
    await expect(load(join(folder, 'pipe'))).rejects.toMatchObject({ code: 'input.refused' })
  })

  it.skipIf(process.platform === 'win32')(
    'is no device, and a link that was named is not followed into one',
    async () => {
      await expect(load('/dev/zero')).rejects.toMatchObject({ code: 'input.refused' })
      await symlink('/dev/zero', join(folder, 'zero'))
      await expect(load(join(folder, 'zero'))).rejects.toMatchObject({ code: 'input.refused' })
      await symlink('nowhere', join(folder, 'broken'))
      await expect(load(join(folder, 'broken'))).rejects.toMatchObject({ code: 'not-found' })
      await symlink('round', join(folder, 'round'))
      await expect(load(join(folder, 'round'))).rejects.toMatchObject({ code: expect.stringMatching(/^io\./) })
    },
  )

  it('may have thousands of files', async () => {
    const count = 2_000
    for (let n = 0; n < count; n++) await writeFile(join(folder, `${String(n).padStart(4, '0')}.json`), line())
    const { files, totals } = await load(folder)
    expect(totals).toMatchObject({ files: count, read: count, kept: count, rejected: 0 })
    expect(new Set(files.map(({ status }) => status))).toEqual(new Set(['imported']))
    expect(await eventCount()).toBe(count)
  }, 120_000)
})

describe('a file that does not stay as it is', () => {
  it('is read to the size that it had when it was opened, while it grows', async () => {
    const path = join(folder, 'growing.jsonl')
    const start = lines(20_000)
    await writeFile(path, start)
    let appended = 0
    const { files } = await importSources(own.session, {
      paths: [path],
      onProgress: () => {
        appendFileSync(path, lines(50))
        appended += 50
      },
    })
    expect(appended).toBeGreaterThan(0)
    expect((await stat(path)).size).toBeGreaterThan(start.length)
    expect(files).toMatchObject([
      { status: 'imported', sizeBytes: Buffer.byteLength(start), records: { kept: 20_000 } },
    ])
    // Later the rest comes too, and what was there is known.
    const again = await load(path)
    expect(again.totals).toMatchObject({ kept: appended, duplicate: 20_000 })
  })

  it('is refused as a whole where it becomes shorter, and the next one is imported', async () => {
    const path = join(folder, '1-shrinking.jsonl')
    await writeFile(path, lines(40_000))
    await writeFile(join(folder, '2-good.jsonl'), lines(5))
    const { files } = await importSources(own.session, {
      paths: [folder],
      onProgress: ({ bytesRead }) => {
        if (bytesRead > 0) truncateSync(path, 1000)
      },
    })
    expect(files.map(({ status }) => status)).toEqual(['refused', 'imported'])
    expect(files[0]?.rejects[0]?.reason).toMatch(/shorter|changed/)
    expect(await eventCount()).toBe(5)
  })

  it('is refused where it is another one after it was read', async () => {
    const path = join(folder, 'changing.jsonl')
    const text = lines(40_000)
    await writeFile(path, text)
    let changed = false
    const { files } = await importSources(own.session, {
      paths: [path],
      onProgress: ({ bytesRead }) => {
        if (bytesRead === 0 || changed) return
        changed = true
        truncateSync(path, text.length - 10)
        appendFileSync(path, '0123456789')
      },
    })
    expect(changed).toBe(true)
    expect(files[0]).toMatchObject({ status: 'refused' })
    expect(await eventCount()).toBe(0)
  })
})
