/**
 * The mappings of a case. They live in its journal (`mapping.save`, `mapping.remove`), so a rebuild finds the very text
 * that an import used. Of equal names the last one is in force; earlier ones stay readable by their hash.
 */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../../common/canonical'
import { AppError } from '../../common/errors'
import { MappingFile } from '../../contract/mappingFile'
import type { JournalRecord } from '../case/journal'
import { record } from '../case/open'
import type { CaseSession } from '../context'
import { genericId } from '../formats/generic'
import { compileMapping } from '../formats/generic/compile'
import type { StoredMapping } from '../import/protocol'

export interface SavedMapping extends StoredMapping {
  readonly savedAt: string
  readonly savedBy: string
  /** How many times a mapping of this name was saved, up to this one. */
  readonly revision: number
}

export function mappingHash(mapping: MappingFile): string {
  return createHash('sha256').update(canonicalJson(mapping)).digest('hex')
}

/** Those in force, in the order in which their names came. A record that is no mapping any more is passed over. */
export function savedMappings(records: readonly JournalRecord[]): SavedMapping[] {
  const byName = new Map<string, SavedMapping>()
  const revisions = new Map<string, number>()
  for (const { op, args, at, actor } of records) {
    if (op === 'mapping.remove' && typeof args.name === 'string') byName.delete(args.name)
    if (op !== 'mapping.save') continue
    const stored = storedMapping(args)
    if (stored === undefined) continue
    const { name } = stored.mapping
    const revision = (revisions.get(name) ?? 0) + 1
    revisions.set(name, revision)
    byName.set(name, { ...stored, savedAt: at, savedBy: actor, revision })
  }
  return [...byName.values()]
}

/** The mappings with these hashes, in their order. Errors: `journal.damaged` where one is missing. */
export function mappingsByHash(records: readonly JournalRecord[], hashes: readonly string[]): StoredMapping[] {
  const known = new Map<string, StoredMapping>()
  for (const { op, args } of records) {
    const stored = op === 'mapping.save' ? storedMapping(args) : undefined
    if (stored !== undefined) known.set(stored.hash, stored)
  }
  return hashes.map((hash) => {
    const stored = known.get(hash)
    if (stored !== undefined) return stored
    throw new AppError('journal.damaged', `The journal lacks the mapping ${hash.slice(0, 12)} that an import used.`)
  })
}

/** The content is checked against its hash, so that a changed one is never taken for it. */
function storedMapping(args: Readonly<Record<string, unknown>>): StoredMapping | undefined {
  const parsed = MappingFile.safeParse(args.mapping)
  if (!parsed.success || mappingHash(parsed.data) !== args.hash) return undefined
  return { hash: mappingHash(parsed.data), mapping: parsed.data }
}

/** Saves a mapping; one that is in force already, word for word, is not saved again. Errors: `usage`, `io.*`. */
export async function saveMapping(session: CaseSession, mapping: MappingFile): Promise<SavedMapping> {
  compileMapping(mapping)
  const hash = mappingHash(mapping)
  const inForce = () => savedMappings(session.journal.records()).find((saved) => saved.mapping.name === mapping.name)
  const before = inForce()
  if (before?.hash === hash) return before
  await record(session, 'mapping.save', { name: mapping.name, hash, mapping })
  const saved = inForce()
  if (saved === undefined) throw new AppError('internal', 'A mapping was saved, but is not there.')
  return saved
}

/** What an import tries: the mappings that are given with it, first and saved, then those of the case. */
export async function withMappings(
  session: CaseSession,
  format: string | undefined,
  given: readonly MappingFile[],
): Promise<{ readonly mappings: readonly StoredMapping[] }> {
  const first: StoredMapping[] = []
  for (const mapping of given) first.push(await saveMapping(session, mapping))
  const hashes = new Set(first.map(({ hash }) => hash))
  const others = savedMappings(session.journal.records()).filter(({ hash }) => !hashes.has(hash))
  const mappings = [...first, ...others].map(({ hash, mapping }) => ({ hash, mapping }))
  if (format === genericId && mappings.length === 0)
    throw new AppError('usage', 'The format generic needs a mapping: name its file with --mapping.')
  return { mappings }
}
