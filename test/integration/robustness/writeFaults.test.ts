/**
 * The n-th step that writes to the case folder fails while files are imported, for each n until none is left to fail:
 * afterwards the case opens, holds whole files only and all that was acknowledged, and the same import completes.
 */
import type { FileHandle } from 'node:fs/promises'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { isAppError } from '../../../src/common/errors'
import { createCase, openCase } from '../../../src/engine/case/open'
import { verifyCase } from '../../../src/engine/case/verify'
import type { CaseSession } from '../../../src/engine/context'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { call } from './rig'

/** What fails and how; off unless a test turns it on. */
const faults = vi.hoisted(() => ({
  on: false,
  step: 0,
  failFrom: 0,
  failTo: 0,
  code: 'ENOSPC',
  seen: [] as string[],
  check(kind: string): void {
    if (!this.on) return
    this.step++
    this.seen.push(kind)
    if (this.step >= this.failFrom && this.step <= this.failTo)
      throw Object.assign(new Error(`injected at ${kind}`), { code: this.code })
  },
}))

vi.mock('node:fs/promises', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:fs/promises')>()
  const writing = new Set(['write', 'writev', 'writeFile', 'appendFile', 'sync', 'datasync', 'truncate'])
  const guarded = (file: FileHandle): FileHandle =>
    new Proxy(file, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key)
        if (typeof value !== 'function') return value
        if (typeof key !== 'string' || !writing.has(key)) return value.bind(target)
        return async (...words: unknown[]) => {
          faults.check(key)
          return Reflect.apply(value, target, words)
        }
      },
    })
  return {
    ...real,
    open: async (path: string, flags?: string | number, mode?: number) => {
      if (flags !== undefined && flags !== 'r') faults.check('open')
      return guarded(await real.open(path, flags, mode))
    },
    rename: async (from: string, to: string) => {
      faults.check('rename')
      await real.rename(from, to)
    },
    mkdir: async (...words: Parameters<typeof real.mkdir>) => {
      faults.check('mkdir')
      return real.mkdir(...words)
    },
  }
})

const perFile = [40, 3, 25]
const roots: string[] = []
afterEach(async () => {
  faults.on = false
  for (const root of roots.splice(0)) await rm(root, { recursive: true, force: true })
})

interface Tried {
  readonly steps: number
  readonly failed: boolean
}

async function filesIn(session: CaseSession): Promise<number[]> {
  const rows = await session.db.all(
    z.object({ accounted: z.number(), stored: z.number() }),
    sql`SELECT f.rows_access_event AS accounted, count(e.event_id) AS stored FROM source_file f
      LEFT JOIN access_event e USING (import_id) WHERE f.status <> 'refused' GROUP BY f.import_id, f.rows_access_event ORDER BY f.import_id`,
  )
  for (const { accounted, stored } of rows) expect(stored).toBe(accounted)
  return rows.map(({ stored }) => stored)
}

/** One case, one import in which the steps from `failFrom` to `failTo` fail. */
async function tryOnce(failFrom: number, failTo: number, code: string): Promise<Tried> {
  const root = await mkdtemp(join(tmpdir(), 'crosstrail-faults-'))
  roots.push(root)
  const evidence = await mkdtemp(join(root, 'evidence-'))
  for (const [index, count] of perFile.entries())
    await writeFile(
      join(evidence, `${index}.jsonl`),
      Array.from({ length: count }, () => `${JSON.stringify(call())}\n`).join(''),
    )
  const options = {
    folder: join(root, 'a.case'),
    actor: 'tester',
    tool: 'crosstrail/test',
    now: () => new Date(),
    recordSession: false,
  }
  const session = await createCase({ ...options, title: 'a' })
  await session.journal.append('test.act', { text: 'before' })
  Object.assign(faults, { on: true, step: 0, failFrom, failTo, code, seen: [] })
  let failed = false
  try {
    await importSources(session, { paths: [evidence], copy: true })
  } catch (error) {
    failed = true
    if (!isAppError(error)) throw error
    expect(error.code).toMatch(/^io\./)
    expect(error.message).not.toContain(root)
  }
  const steps = faults.step
  faults.on = false
  const acknowledged = session.journal.records().map(({ op, hash }) => `${op} ${hash}`)
  await session.close()

  const reopened = await openCase(options)
  try {
    const kept = reopened.journal.records().map(({ op, hash }) => `${op} ${hash}`)
    expect(kept.slice(0, acknowledged.length)).toEqual(acknowledged)
    const before = await filesIn(reopened)
    expect(perFile.slice(0, before.length)).toEqual(before)
    if (!failed) expect(before).toEqual(perFile)
    expect(await verifyCase(reopened, {})).toMatchObject({ ok: true })
    const { totals } = await importSources(reopened, { paths: [evidence], copy: true })
    expect(totals).toMatchObject({ read: 68, rejected: 0 })
    expect(await filesIn(reopened)).toEqual(perFile)
    expect(await verifyCase(reopened, {})).toMatchObject({ ok: true })
  } finally {
    await reopened.close()
  }
  return { steps, failed }
}

describe('an import whose writes fail', () => {
  it('at one step, for each step in turn, loses nothing and completes afterwards', async () => {
    const undisturbed = await tryOnce(0, -1, 'ENOSPC')
    expect(undisturbed.failed).toBe(false)
    expect(new Set(faults.seen)).toEqual(new Set(['open', 'write', 'writeFile', 'sync', 'datasync', 'rename', 'mkdir']))
    let failures = 0
    for (let step = 1; step <= undisturbed.steps; step++) if ((await tryOnce(step, step, 'ENOSPC')).failed) failures++
    expect(failures).toBeGreaterThan(undisturbed.steps / 3)
  }, 240_000)

  it('at one sync that the disk refuses, for each in turn', async () => {
    await tryOnce(0, -1, 'EIO')
    const syncs = faults.seen.flatMap((kind, at) => (kind.endsWith('sync') ? [at + 1] : []))
    expect(syncs.length).toBeGreaterThan(5)
    for (const step of syncs) await tryOnce(step, step, 'EIO')
  }, 240_000)

  it('from some step on', async () => {
    const { steps } = await tryOnce(0, -1, 'ENOSPC')
    for (let step = 1; step <= steps; step += 4) await tryOnce(step, Number.POSITIVE_INFINITY, 'ENOSPC')
  }, 240_000)
})
