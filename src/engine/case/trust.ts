/**
 * Which cases were made or accepted here. A case from elsewhere opens for reading: everything that would be added to its
 * journal is refused until somebody says that it may be worked on. The list is the person's, never the case's own.
 */
import { constants } from 'node:fs'
import { access, mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../io'

export interface KnownCases {
  has(id: string): Promise<boolean>
  add(id: string): Promise<void>
}

const List = z.array(z.string())

/** Where no list can be kept nothing could ever be accepted: then every case is known. */
export function knownCases(dataFolder: string): KnownCases {
  const path = join(dataFolder, 'known-cases.json')
  const load = async () => {
    try {
      return List.parse(JSON.parse(await readFile(path, 'utf8')))
    } catch {
      return []
    }
  }
  const writable = async () => {
    try {
      await mkdir(dataFolder, { recursive: true })
      await access(dataFolder, constants.W_OK)
      return true
    } catch {
      return false
    }
  }
  return {
    has: async (id) => (await load()).includes(id) || !(await writable()),
    async add(id) {
      const ids = await load()
      if (ids.includes(id) || !(await writable())) return
      await writeFileAtomic(path, JSON.stringify([...ids, id])).catch(() => undefined)
    },
  }
}

export const foreignNotice =
  'This case was made elsewhere; it is open for reading. What stands in it is what its maker wrote. To work on it, accept it first (“Accept this case”, or crosstrail accept CASE).'
