/**
 * Who holds the case. The lock file is made by a hard link, so that of two openers exactly one succeeds; a holder that
 * no longer runs is taken over. DuckDB's own file lock stands behind it.
 */
import { randomUUID } from 'node:crypto'
import { link, readFile, stat, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { AppError } from '../../common/errors'
import { asIoError } from '../io'
import { processStart } from './processStart'

interface Holder {
  readonly actor: string
  readonly since: string
  readonly pid: number
  readonly processStart: string
  readonly token: string
}

export interface CaseLock {
  /** A sentence where a dead holder was taken over. */
  readonly notice: string | undefined
  release(): Promise<void>
}

/** A take-over takes milliseconds; a guard this old belongs to a process that died inside one. */
const staleGuardMs = 10_000

/** Errors: `case.in-use` with the holder's label, `io.*`. */
export async function acquireLock(folder: string, actor: string, now: Date): Promise<CaseLock> {
  const path = join(folder, 'lock')
  const token = randomUUID()
  const mine: Holder = {
    actor,
    since: now.toISOString(),
    pid: process.pid,
    processStart: processStart(process.pid) ?? '',
    token,
  }
  const own = join(folder, `.lock-${token}`)
  let notice: string | undefined
  try {
    await writeFile(own, JSON.stringify(mine), { flag: 'wx' })
    for (let round = 0; ; round++) {
      if (await tryLink(own, path)) break
      const holder = await readHolder(path)
      if (holder === 'gone') continue
      if (round > 500 || (holder !== 'unreadable' && isAlive(holder)))
        throw new AppError(
          'case.in-use',
          `The case is open elsewhere${holder === 'unreadable' ? '' : `, by ${holder.actor} since ${holder.since}`}. Close it there first.`,
        )
      if (await removeDead(own, path)) notice = 'The program that had this case open ended without closing it.'
    }
  } catch (error) {
    throw asIoError(error, 'The case cannot be locked for writing.')
  } finally {
    await unlink(own).catch(() => undefined)
  }
  return {
    notice,
    async release() {
      const holder = await readHolder(path)
      if (typeof holder !== 'string' && holder.token === token) await unlink(path).catch(() => undefined)
    },
  }
}

async function tryLink(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

async function readHolder(path: string): Promise<Holder | 'gone' | 'unreadable'> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof value !== 'object' || value === null) return 'unreadable'
    const { actor, since, pid, processStart: start, token } = value as Record<string, unknown>
    if (typeof pid !== 'number' || typeof token !== 'string') return 'unreadable'
    return { actor: String(actor), since: String(since), pid, processStart: String(start), token }
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'unreadable'
  }
}

function isAlive(holder: Holder): boolean {
  if (!Number.isSafeInteger(holder.pid) || holder.pid <= 0) return false
  const start = processStart(holder.pid)
  return start !== undefined && (holder.processStart === '' || start === '' || start === holder.processStart)
}

/**
 * Removes the dead holder's file. Only one opener at a time may do so (`lock.takeover`), and nobody else ever removes a
 * file that is not its own: so a lock that was won meanwhile cannot be taken away.
 */
async function removeDead(own: string, path: string): Promise<boolean> {
  const guard = `${path}.takeover`
  if (!(await tryLink(own, guard))) {
    const age = Date.now() - ((await stat(guard).catch(() => undefined))?.mtimeMs ?? Date.now())
    if (age > staleGuardMs) await unlink(guard).catch(() => undefined)
    await setTimeout(10)
    return false
  }
  try {
    const holder = await readHolder(path)
    if (holder === 'gone' || (holder !== 'unreadable' && isAlive(holder))) return false
    await unlink(path)
    return true
  } finally {
    await unlink(guard).catch(() => undefined)
  }
}
