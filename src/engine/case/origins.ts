/**
 * Where originals stood on this machine, by SHA-256: a local hint for rebuild and for showing source bytes. It stays in
 * the case folder's `local.json`, never goes into the journal, a report or a package, and may be lost without harm.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../io'
import { caseFiles } from './folder'

const Local = z.object({ origins: z.record(z.string(), z.string()) })

const cache = new Map<string, Map<string, string>>()

export async function readOrigins(folder: string): Promise<Map<string, string>> {
  const cached = cache.get(folder)
  if (cached !== undefined) return cached
  let origins = new Map<string, string>()
  try {
    const parsed = Local.parse(JSON.parse(await readFile(join(folder, caseFiles.local), 'utf8')))
    origins = new Map(Object.entries(parsed.origins))
  } catch {
    // None yet, or not readable: a hint only.
  }
  cache.set(folder, origins)
  return origins
}

export async function rememberOrigin(folder: string, sha256: string, path: string): Promise<void> {
  const origins = await readOrigins(folder)
  origins.set(sha256, path)
}

/** Writes what was remembered; called at the end of an import. */
export async function saveOrigins(folder: string): Promise<void> {
  const origins = cache.get(folder)
  if (origins === undefined) return
  await writeFileAtomic(join(folder, caseFiles.local), JSON.stringify({ origins: Object.fromEntries(origins) })).catch(
    () => undefined,
  )
}
