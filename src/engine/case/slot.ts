/**
 * The place for the one open case. Writers: the case handlers (open, create, close, rebuild). Readers: every handler,
 * through `EngineContext.session`.
 */
import { AppError } from '../../common/errors'
import type { ImportProgress, ImportResult } from '../../contract/import'
import { type ImportOptions, importSources } from '../import/import'
import { createCase, type OpenedCase, type OpenOptions, openCase } from './open'

export interface CaseSlot {
  current(): OpenedCase | undefined
  /** Throws `case.closed`. */
  require(): OpenedCase
  open(folder: string): Promise<void>
  create(folder: string, title: string): Promise<void>
  close(): Promise<void>
  importPaths(
    paths: readonly string[],
    options: Omit<ImportOptions, 'paths'> & { readonly onProgress?: (progress: ImportProgress) => void },
  ): Promise<ImportResult>
}

export function caseSlot(options: Omit<OpenOptions, 'folder'>): CaseSlot {
  let session: OpenedCase | undefined

  const close = async () => {
    const closing = session
    session = undefined
    await closing?.close()
  }
  const require = () => {
    if (session === undefined) throw new AppError('case.closed', 'No case is open.')
    return session
  }
  return {
    current: () => session,
    require,
    close,
    async open(folder) {
      if (session?.folder === folder) return
      await close()
      session = await openCase({ ...options, folder })
    },
    async create(folder, title) {
      await close()
      session = await createCase({ ...options, folder, title })
    },
    async importPaths(paths, importOptions) {
      return importSources(require(), { ...importOptions, paths })
    },
  }
}
