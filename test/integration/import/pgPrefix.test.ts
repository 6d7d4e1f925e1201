import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rebuildCase } from '../../../src/engine/case/rebuild'
import { caseSlot } from '../../../src/engine/case/slot'
import { sql } from '../../../src/engine/db/sql'

const line = (pid: number, text: string) => `24/${pid} app <shop> 2026-11-24 08:15:0${pid} UTC ${text}`
const text = [
  line(1, 'LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card,select * from card,<none>'),
  line(2, 'ERROR:  permission denied for table card'),
].join('\n')

describe('a log_line_prefix that the analyst named', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
    await writeFile(join(folder, 'server.log'), text)
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const openSlot = async () => {
    const slot = caseSlot({ actor: 'tester', tool: 'crosstrail/test', now: () => new Date(), recordSession: false })
    await slot.create(join(folder, 'test.case'), 'Test')
    return slot
  }
  const rows = (slot: Awaited<ReturnType<typeof openSlot>>) =>
    slot.require().db.rows(sql`SELECT event_id, actor_name, db_name, outcome FROM access_event ORDER BY ts`)

  it('makes the file readable, is journaled, and is used again by a rebuild', async () => {
    const slot = await openSlot()
    try {
      const path = join(folder, 'server.log')
      expect((await slot.importPaths([path], {})).files[0]?.status).toBe('refused')
      const { files } = await slot.importPaths([path], { pgPrefix: '24/%p %u <%d> %m ' })
      expect(files).toMatchObject([{ status: 'imported', formats: ['pgaudit'], records: { read: 2, kept: 2 } }])
      const before = await rows(slot)
      expect(before).toMatchObject([
        { actor_name: 'app', db_name: 'shop', outcome: 'success' },
        { actor_name: 'app', db_name: 'shop', outcome: 'denied' },
      ])
      const begin = slot
        .require()
        .journal.records()
        .filter(({ op }) => op === 'import.begin')
        .at(-1)
      expect(begin?.args).toMatchObject({ options: { pgPrefix: '24/%p %u <%d> %m ' } })
      await rebuildCase(slot, {})
      expect(await rows(slot)).toEqual(before)
    } finally {
      await slot.close()
    }
  })

  it('is refused without a time', async () => {
    const slot = await openSlot()
    try {
      const importing = slot.importPaths([join(folder, 'server.log')], { pgPrefix: '%u@%d ' })
      await expect(importing).rejects.toMatchObject({ code: 'usage', message: expect.stringContaining('%m') })
    } finally {
      await slot.close()
    }
  })
})
