/** Digests to be journaled: after an import, after tables were made anew, and at an opening for what a crash left without. */
import type { JournalRecord } from '../case/journal'
import { projectedTables } from '../case/projection'
import type { Database } from '../db/database'
import { type Columns, coveredColumns } from './columns'
import { type ContentScope, contentOf, hashProbe } from './digest'
import { statedContent } from './journaled'

export interface ContentArgs {
  readonly [name: string]: unknown
  readonly probe: string
  /** Left out where they are those of the record before. */
  readonly columns?: Columns
  readonly files?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly tables?: Readonly<Record<string, string>>
}

/** `files`: those in scope; `tables`: what belongs to no file; `all`: both. */
export async function takeContent(
  db: Database,
  records: readonly JournalRecord[],
  part: 'files' | 'tables' | 'all',
  scope: ContentScope = {},
): Promise<ContentArgs> {
  const columns = await coveredColumns(db, projectedTables)
  const before = statedContent(records).columns
  const { files, tables } = await contentOf(db, columns, { ...scope, parts: part })
  return {
    probe: await hashProbe(db),
    ...(before !== undefined && JSON.stringify(before) === JSON.stringify(columns) ? {} : { columns }),
    ...(part === 'tables' ? {} : { files }),
    ...(part === 'files' ? {} : { tables }),
  }
}

/** What a crash left without digests; undefined where nothing is due. Files whose digests still fit are not repeated. */
export async function takeMissing(db: Database, records: readonly JournalRecord[]): Promise<ContentArgs | undefined> {
  const stated = statedContent(records)
  if (!stated.filesDue && !stated.tablesDue) return undefined
  const part = stated.filesDue ? (stated.tablesDue ? 'all' : 'files') : 'tables'
  const taken = await takeContent(db, records, part)
  if (taken.files === undefined) return { ...taken, recovered: true }
  const other = Object.entries(taken.files).filter(
    ([sha256, digest]) => JSON.stringify(stated.files.get(sha256)?.digest) !== JSON.stringify(digest),
  )
  return { ...taken, files: Object.fromEntries(other), recovered: true }
}
