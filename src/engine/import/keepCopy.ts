import { copyFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { caseFiles } from '../case/folder'
import { asIoError, syncFolder } from '../io'

/** A copy of the original inside the case, named by its hash; complete or not there. */
export async function keepCopy(folder: string, path: string, sha256: string): Promise<void> {
  const target = join(folder, caseFiles.evidence, sha256)
  try {
    if ((await stat(target).catch(() => undefined)) !== undefined) return
    await mkdir(join(folder, caseFiles.evidence), { recursive: true })
    await copyFile(path, `${target}.part`)
    await rename(`${target}.part`, target)
    await syncFolder(join(folder, caseFiles.evidence))
  } catch (error) {
    throw asIoError(error, 'The copy of the file cannot be kept with the case.')
  }
}
