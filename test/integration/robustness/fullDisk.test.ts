/** A disk that fills up under a host that goes on running: what failed works again without a restart. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createCase } from '../../../src/engine/case/open'
import { verifyCase } from '../../../src/engine/case/verify'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { smallDisk, smallDiskNotice } from '../../support/smallDisk'
import { call } from './rig'

it('imports and notes fail plainly while the disk is full, and the same open case takes them afterwards', async (context) => {
  const root = await mkdtemp(join(tmpdir(), 'crosstrail-full-'))
  const disk = await smallDisk(join(root, 'disk'), 24)
  if (disk === undefined) {
    await rm(root, { recursive: true })
    return context.skip(smallDiskNotice)
  }
  try {
    const put = async (name: string, count: number) => {
      const lines = Array.from({ length: count }, (_, n) =>
        JSON.stringify(call({ requestParameters: { key: `${Math.imul(n, 0x9e3779b1)}`.repeat(6) } })),
      )
      await writeFile(join(root, name), lines.join('\n'))
      return join(root, name)
    }
    const [few, many] = [await put('few.jsonl', 200), await put('many.jsonl', 45_000)]
    const folder = join(disk.path, 'a.case')
    const session = await createCase({
      folder,
      title: 'a',
      actor: 'tester',
      tool: 'crosstrail/test',
      now: () => new Date(),
      recordSession: true,
    })
    const count = async () => Number((await session.db.rows(sql`SELECT count(*) AS n FROM access_event`))[0]?.n)
    await importSources(session, { paths: [few] })
    for (const leftBytes of [0, 1 << 18, 3 << 20]) {
      await disk.fill(leftBytes)
      await expect(importSources(session, { paths: [many] })).rejects.toMatchObject({ code: 'io.disk-full' })
      expect(await count()).toBe(200)
      await disk.free()
      await session.journal.append('test.act', { text: `after ${leftBytes}` })
    }
    await disk.fill(0)
    await expect(session.journal.append('test.act', { text: 'x'.repeat(100_000) })).rejects.toMatchObject({
      code: 'io.disk-full',
    })
    await disk.free()
    disk.resize(200)
    const { totals } = await importSources(session, { paths: [few, many] })
    expect(totals).toMatchObject({ kept: 45_000, duplicate: 200, rejected: 0 })
    expect(await count()).toBe(45_200)
    expect(await verifyCase(session, {})).toMatchObject({ ok: true })
    await session.close()
  } finally {
    disk.remove()
    await rm(root, { recursive: true, force: true })
  }
})
