/** How files were acquired, as the analyst says. Kept in the journal alone. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import { Acquisition, type AcquisitionNote } from '../../contract/custody'
import { journaledImports } from '../case/imports'
import type { JournalRecord } from '../case/journal'
import { record } from '../case/open'
import type { CaseSession } from '../context'

const Args = z.object({ files: z.array(z.string()), acquisition: Acquisition })

/** Errors: `not-found` for a file that was not imported, `usage` where nothing is said. */
export async function noteAcquisition(
  session: CaseSession,
  files: readonly string[],
  acquisition: Acquisition,
): Promise<{ readonly files: number }> {
  if (Object.values(acquisition).every((text) => text.trim() === ''))
    throw new AppError('usage', 'Say at least one of: by whom, when, how, with what, from which system.')
  const names = importedNames(session.journal.records())
  const unknown = files.find((sha256) => !names.has(sha256))
  if (unknown !== undefined) throw new AppError('not-found', `There is no file with SHA-256 ${unknown} in the case.`)
  await record(session, 'source.acquired', { files: [...new Set(files)], acquisition })
  return { files: new Set(files).size }
}

/** In the order in which they were said. */
export function listAcquisitions(records: readonly JournalRecord[]): AcquisitionNote[] {
  const names = importedNames(records)
  return records.flatMap(({ op, args, actor, at, seq }) => {
    const parsed = op === 'source.acquired' ? Args.safeParse(args) : undefined
    if (parsed?.success !== true) return []
    const { files, acquisition } = parsed.data
    return files.map((sha256) => ({
      sha256,
      name: names.get(sha256) ?? '',
      ...acquisition,
      author: actor,
      recordedAt: at,
      seq,
    }))
  })
}

/** One line for a table: what is known, in a fixed order. */
export function acquisitionText({ by, at, how, tool, system, text }: Acquisition): string {
  const parts = [
    system === '' ? '' : `from ${system}`,
    by === '' ? '' : `by ${by}`,
    at === '' ? '' : `at ${at}`,
    tool === '' ? '' : `with ${tool}`,
    how,
    text,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function importedNames(records: readonly JournalRecord[]): ReadonlyMap<string, string> {
  const files = journaledImports(records).flatMap((one) => one.files)
  return new Map(files.map(({ sha256, name }) => [sha256, name]))
}
