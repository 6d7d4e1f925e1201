/**
 * The cases opened on this machine, newest first, in the person's data folder (never in a case). Writers: the engine
 * when a case is opened. Readers: the welcome view.
 */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RecentCase } from '../../contract/case'
import { writeFileAtomic } from '../io'
import { caseFiles } from './folder'

const RecentFile = z.array(z.object({ path: z.string(), title: z.string(), openedAt: z.string() }))
const kept = 20

function refOf(path: string): string {
  return `recent-${createHash('sha256').update(path).digest('hex').slice(0, 24)}`
}

async function load(dataFolder: string): Promise<z.infer<typeof RecentFile>> {
  try {
    return RecentFile.parse(JSON.parse(await readFile(join(dataFolder, 'recent.json'), 'utf8')))
  } catch {
    return []
  }
}

export async function listRecent(dataFolder: string): Promise<RecentCase[]> {
  return (await load(dataFolder)).map(({ path, title, openedAt }) => ({
    ref: refOf(path),
    title,
    openedAt,
    missing: !existsSync(join(path, caseFiles.meta)),
  }))
}

export async function resolveRecent(dataFolder: string, ref: string): Promise<string | undefined> {
  return (await load(dataFolder)).find(({ path }) => refOf(path) === ref)?.path
}

export async function rememberRecent(dataFolder: string, path: string, title: string, now: Date): Promise<void> {
  const others = (await load(dataFolder)).filter((item) => item.path !== path)
  const items = [{ path, title, openedAt: now.toISOString() }, ...others].slice(0, kept)
  try {
    await mkdir(dataFolder, { recursive: true })
    await writeFileAtomic(join(dataFolder, 'recent.json'), JSON.stringify(items))
  } catch {
    // The list is a convenience: a read-only home must not stop a case from opening.
  }
}
