import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { rebuildCase } from '../../../src/engine/case/rebuild'
import { caseSlot } from '../../../src/engine/case/slot'
import { sql } from '../../../src/engine/db/sql'
import { listAccounts } from '../../../src/engine/import/accounts'

const pgPrefix = '%m [%p] %u@%d '
const line = (time: string) =>
  `${time} [7] app@shop LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card,select * from card,<none>`

/** Local times in Berlin: on both sides of the summer, and in the hours that it skips and repeats. */
const local = [
  '2026-03-29 01:59:59.000',
  '2026-03-29 02:30:00.000',
  '2026-03-29 03:00:00.000',
  '2026-10-25 02:30:00.000',
  '2026-10-25 03:00:00.000',
]
const named = ['2026-01-15 12:00:00.000 IST', '2026-01-15 12:00:00.000 EST', '2026-01-15 12:00:00.000 UTC']

describe('times of an import whose zone the source does not state', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
    await writeFile(join(folder, 'local.log'), local.map(line).join('\n'))
    await writeFile(join(folder, 'named.log'), named.map(line).join('\n'))
    await writeFile(join(folder, 'shared.log'), line('2026-01-15 12:00:00.000 IST'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const inCase = async (use: (slot: ReturnType<typeof caseSlot>) => Promise<void>) => {
    const slot = caseSlot({ actor: 'tester', tool: 'crosstrail/test', now: () => new Date(), recordSession: false })
    await slot.create(join(folder, 'test.case'), 'Test')
    try {
      await use(slot)
    } finally {
      await slot.close()
    }
  }
  const path = (name: string) => join(folder, `${name}.log`)
  const rows = (slot: ReturnType<typeof caseSlot>) =>
    slot.require().db.rows(sql`SELECT event_id, epoch_us(ts) AS us, flags FROM access_event ORDER BY ts, event_id`)
  const us = (text: string) => BigInt(Date.parse(text)) * 1000n

  it('follows daylight saving, rejects a skipped hour, flags a repeated one, and a rebuild gives the same', () =>
    inCase(async (slot) => {
      const { files } = await slot.importPaths([path('local')], { pgPrefix, timeZone: 'Europe/Berlin' })
      expect(files).toMatchObject([
        {
          status: 'partial',
          records: { read: 5, kept: 4, rejected: 1 },
          rejects: [{ line: 2, reason: expect.stringContaining('does not exist in Europe/Berlin') }],
          zones: { timeZone: 'Europe/Berlin', assumed: 4, ambiguous: 1, missing: 1, abbreviations: [] },
        },
      ])
      const before = await rows(slot)
      expect(before.map(({ us: at, flags }) => [BigInt(String(at)), flags])).toEqual([
        [us('2026-03-29T00:59:59Z'), ['zone_assumed']],
        [us('2026-03-29T01:00:00Z'), ['zone_assumed']],
        [us('2026-10-25T00:30:00Z'), ['zone_assumed', 'time_ambiguous']],
        [us('2026-10-25T02:00:00Z'), ['zone_assumed']],
      ])
      await rebuildCase(slot, {})
      expect(await rows(slot)).toEqual(before)
      const [account] = await listAccounts(slot.require().db)
      expect(account?.zones).toEqual(files[0]?.zones)
    }))

  it('reads each format in the zone that was named for it, and a rebuild gives the same', () =>
    inCase(async (slot) => {
      await writeFile(
        join(folder, 'okta.json'),
        JSON.stringify({
          uuid: '00000000-0000-0000-0000-000000000001',
          published: '2026-01-15T12:00:00.000',
          eventType: 'user.session.start',
          version: '0',
          severity: 'INFO',
          actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com', displayName: 'alice' },
          outcome: { result: 'SUCCESS' },
        }),
      )
      await writeFile(path('one'), line('2026-01-15 12:00:00.000'))
      const { files } = await slot.importPaths([path('one'), join(folder, 'okta.json')], {
        pgPrefix,
        timeZone: 'UTC',
        formatZones: { okta: 'Asia/Kolkata' },
      })
      expect(files.map(({ zones }) => zones?.timeZone)).toEqual(['UTC', 'Asia/Kolkata'])
      const before = await rows(slot)
      expect(before.map(({ us: at }) => BigInt(String(at)))).toEqual([
        us('2026-01-15T06:30:00Z'),
        us('2026-01-15T12:00:00Z'),
      ])
      await rebuildCase(slot, {})
      expect(await rows(slot)).toEqual(before)
    }))

  it('takes UTC where nobody answers, and says so on each event and in the account', () =>
    inCase(async (slot) => {
      const { files } = await slot.importPaths([path('local')], { pgPrefix })
      expect(files).toMatchObject([
        { status: 'imported', zones: { timeZone: null, assumed: 5, ambiguous: 0, missing: 0, sample: local[0] } },
      ])
      for (const { flags } of await rows(slot)) expect(flags).toEqual(['clock_suspect', 'zone_assumed'])
    }))

  it('rejects an abbreviation that several zones share, and reads those that mean one offset', () =>
    inCase(async (slot) => {
      const { files } = await slot.importPaths([path('named')], { pgPrefix })
      expect(files).toMatchObject([
        {
          records: { read: 3, kept: 2, rejected: 1 },
          rejects: [{ line: 1, reason: expect.stringContaining('--tz IST=ZONE') }],
          zones: {
            assumed: 0,
            abbreviations: [
              { name: 'EST', records: 1, readAs: '-05:00' },
              { name: 'IST', records: 1, readAs: null },
            ],
          },
        },
      ])
      expect((await rows(slot)).map(({ us: at }) => BigInt(String(at)))).toEqual([
        us('2026-01-15T12:00:00Z'),
        us('2026-01-15T17:00:00Z'),
      ])
    }))

  it('imports a file that was refused for its abbreviation once somebody says what it means, and keeps the answer', () =>
    inCase(async (slot) => {
      expect((await slot.importPaths([path('shared')], { pgPrefix })).files[0]?.status).toBe('refused')
      const zoneNames = { IST: 'Asia/Kolkata' }
      const { files } = await slot.importPaths([path('shared')], { pgPrefix, zoneNames })
      expect(files[0]?.status).toBe('imported')
      const before = await rows(slot)
      expect(before.map(({ us: at }) => BigInt(String(at)))).toEqual([us('2026-01-15T06:30:00Z')])
      const begin = slot
        .require()
        .journal.records()
        .filter(({ op }) => op === 'import.begin')
        .at(-1)
      expect(begin?.args).toMatchObject({ options: { zoneNames } })
      await rebuildCase(slot, {})
      expect(await rows(slot)).toEqual(before)
    }))

  it('reads nothing at all where an answer is no zone', () =>
    inCase(async (slot) => {
      const importing = slot.importPaths([path('local')], { pgPrefix, timeZone: 'Europe/Berlni' })
      await expect(importing).rejects.toMatchObject({
        code: 'usage',
        message: expect.stringContaining('did you mean Europe/Berlin'),
      })
      expect(
        slot
          .require()
          .journal.records()
          .some(({ op }) => op === 'import.begin'),
      ).toBe(false)
    }))
})
