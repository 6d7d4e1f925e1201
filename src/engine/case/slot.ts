/**
 * The place for the one open case. Writers: the case handlers (open, create, close, rebuild). Readers: every handler,
 * through `EngineContext.session`.
 */
import { AppError, isAppError } from '../../common/errors'
import type { ImportProgress, ImportResult } from '../../contract/import'
import { type ImportOptions, importSources } from '../import/import'
import { relink } from '../links/handlers'
import { savedMappings } from '../mapping/store'
import { createCase, type OpenedCase, type OpenOptions, openCase, setDatabaseAside } from './open'

export interface CaseSlot {
  current(): OpenedCase | undefined
  /** Throws `case.closed`. */
  require(): OpenedCase
  open(folder: string): Promise<void>
  /** Opens a case whose database may be missing, damaged or incomplete; a damaged one is set aside. */
  openForRebuild(folder: string): Promise<void>
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
    async openForRebuild(folder) {
      await close()
      const tolerant = { ...options, folder, tolerateIncomplete: true }
      try {
        session = await openCase(tolerant)
      } catch (error) {
        if (!isAppError(error) || error.code !== 'case.invalid') throw error
        await setDatabaseAside(folder)
        session = await openCase(tolerant)
      }
    },
    async create(folder, title) {
      await close()
      session = await createCase({ ...options, folder, title })
    },
    async importPaths(paths, importOptions) {
      const session = require()
      const mappings = importOptions.mappings ?? savedMappings(session.journal.records())
      const result = await importSources(session, { ...importOptions, paths, mappings })
      await relink(session, importOptions.signal)
      return result
    },
  }
}
