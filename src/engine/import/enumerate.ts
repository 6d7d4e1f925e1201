/** From what the person named to a list of files, in a stable order; links are followed only where they were named. */
import type { Dirent, Stats } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { AppError } from '../../common/errors'
import { asIoError } from '../io'

export interface FoundFile {
  readonly path: string
  /** Relative to the named folder, with `/`; the file's own name where a file was named. */
  readonly name: string
  readonly sizeBytes: number
}

export interface Found {
  readonly files: readonly FoundFile[]
  /** What stands there but is not read: links, devices, pipes. */
  readonly passedOver: readonly { readonly name: string; readonly why: string }[]
}

const maxFolderDepth = 64

/** Errors: `not-found`, `input.refused`, `io.*`, all naming what the person typed. */
export async function enumerate(paths: readonly string[]): Promise<Found> {
  const files: FoundFile[] = []
  const passedOver: { name: string; why: string }[] = []
  for (const path of paths) {
    const info = await stat(path).catch((error: unknown) => {
      throw asIoError(error, `“${basename(path)}” cannot be read.`)
    })
    if (info.isDirectory()) await addFolder(path, '', 0, files, passedOver)
    else if (info.isFile()) files.push({ path, name: basename(path), sizeBytes: info.size })
    else
      throw new AppError(
        'input.refused',
        `“${basename(path)}” is ${kindOf(info)}; only files and folders can be imported.`,
      )
  }
  return { files, passedOver }
}

async function addFolder(
  folder: string,
  prefix: string,
  depth: number,
  files: FoundFile[],
  passedOver: { name: string; why: string }[],
): Promise<void> {
  if (depth > maxFolderDepth) {
    passedOver.push({ name: prefix, why: `folders are nested deeper than ${maxFolderDepth}` })
    return
  }
  let entries: Dirent[]
  try {
    entries = await readdir(folder, { withFileTypes: true })
  } catch {
    passedOver.push({ name: prefix, why: 'the folder cannot be read' })
    return
  }
  entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  for (const entry of entries) {
    const path = join(folder, entry.name)
    const name = prefix === '' ? entry.name : `${prefix}/${entry.name}`
    if (entry.isDirectory()) await addFolder(path, name, depth + 1, files, passedOver)
    else if (entry.isFile()) files.push({ path, name, sizeBytes: (await lstat(path)).size })
    else passedOver.push({ name, why: kindOf(entry) })
  }
}

function kindOf(entry: Dirent | Stats): string {
  if (entry.isSymbolicLink()) return 'a link'
  if (entry.isFIFO()) return 'a pipe'
  if (entry.isSocket()) return 'a socket'
  return 'a device'
}
