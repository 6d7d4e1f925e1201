/** What the journal says of the database's content: the last digest of each file and table, and whether one is due. */
import { z } from 'zod'
import type { JournalRecord } from '../case/journal'
import type { Columns } from './columns'

const Digests = z.record(z.string(), z.string())
const Args = z.object({
  probe: z.string(),
  columns: z.record(z.string(), z.array(z.string())).optional(),
  files: z.record(z.string(), Digests).optional(),
  tables: Digests.optional(),
})

interface Stated<T> {
  readonly digest: T
  readonly probe: string
  readonly columns: Columns
  /** Sequence number of the record. */
  readonly seq: number
}

export interface StatedContent {
  readonly files: ReadonlyMap<string, Stated<Readonly<Record<string, string>>>>
  readonly tables: ReadonlyMap<string, Stated<string>>
  /** Columns of the last record that named them. */
  readonly columns: Columns | undefined
  /** Files (or tables of no file) may have been changed by an act whose digests are not there yet. */
  readonly filesDue: boolean
  readonly tablesDue: boolean
}

/** Acts after which tables that belong to no file are made anew. */
const remaking: ReadonlySet<string> = new Set([
  'import.begin',
  'link.compute',
  'link.confirm',
  'link.reject',
  'link.clear',
  'clock.set',
  'identity.merge',
  'identity.split',
  'identity.clear',
])

/** Acts after which rows of files are new or other ones. */
const changing: ReadonlySet<string> = new Set(['import.begin'])

export function statedContent(records: readonly JournalRecord[]): StatedContent {
  const files = new Map<string, Stated<Readonly<Record<string, string>>>>()
  const tables = new Map<string, Stated<string>>()
  let columns: Columns | undefined
  let filesDue = false
  let tablesDue = false
  for (const { op, args, seq } of records) {
    if (changing.has(op)) filesDue = true
    if (remaking.has(op)) tablesDue = true
    if (op !== 'content.digest') continue
    const parsed = Args.safeParse(args)
    if (!parsed.success) continue
    columns = parsed.data.columns ?? columns
    if (columns === undefined) continue
    const { probe } = parsed.data
    for (const [sha256, digest] of Object.entries(parsed.data.files ?? {}))
      files.set(sha256, { digest, probe, columns, seq })
    for (const [table, digest] of Object.entries(parsed.data.tables ?? {}))
      tables.set(table, { digest, probe, columns, seq })
    if (parsed.data.files !== undefined) filesDue = false
    if (parsed.data.tables !== undefined) tablesDue = false
  }
  return { files, tables, columns, filesDue, tablesDue }
}
