/** The first pass: what there is to remove, from all tables, the names of files and what people wrote. */
import { z } from 'zod'
import type { RedactedKind } from '../../contract/share'
import type { JournalRecord } from '../case/journal'
import { fileTables } from '../content/columns'
import type { CaseSession } from '../context'
import { eachText } from '../db/copyRows'
import { sql } from '../db/sql'
import { Dictionary } from './dictionary'
import { vocabularyColumns, wordColumns } from './fields'
import { changeViews } from './views'

/** Tables of imported rows, which a copy holds; the rest of a database is made from them or from the journal. */
export const copiedTables = [...fileTables, 'metric_series'] as const

/** Members of the files of a package, which no name may hide behind. */
const ownWords =
  'format id title created tool crosstrail case journal evidence duckdb jsonl json manifest seq prev at actor op args hash files name sha256 sizeBytes begin end add update delete set import content digest link compute redact'

export async function learnValues(
  session: CaseSession,
  kinds: readonly RedactedKind[],
  list: string,
  options: { readonly signal?: AbortSignal | undefined; readonly onTable?: (done: number, total: number) => void },
): Promise<Dictionary> {
  const { db, journal, meta } = session
  const dictionary = new Dictionary(kinds, list)
  for (const word of ownWords.split(' ')) dictionary.learnWords(word)
  for (const [at, table] of copiedTables.entries()) {
    options.onTable?.(at, copiedTables.length)
    const seen = new Set<string>()
    await eachText(
      db,
      table,
      (column, text) => {
        const once = text.length < 500
        if (once && seen.has(`${column} ${text}`)) return
        if (once && seen.size < 100_000) seen.add(`${column} ${text}`)
        if (seen.size < 500) dictionary.learnWords(column)
        if (vocabularyColumns.has(column)) dictionary.learnWords(text)
        if (wordColumns.has(column)) return
        dictionary.learnColumn(column, text)
        learnText(dictionary, text)
      },
      { signal: options.signal },
    )
    dictionary.learnWords(table)
  }
  for (const name of await personColumns(session, options.signal)) dictionary.learnPerson(name)
  learnText(dictionary, meta.title)
  for (const record of journal.records()) learnRecord(dictionary, record)
  return dictionary
}

function learnText(dictionary: Dictionary, text: string): void {
  changeViews(text, (plain, place) => {
    if (place.isName === true) dictionary.learnName(plain)
    dictionary.learnText(plain, place)
    return plain
  })
}

/** Names of people and logins; those of roles, workloads and services are none. */
async function personColumns({ db }: CaseSession, signal: AbortSignal | undefined): Promise<string[]> {
  const rows = await db.all(
    z.object({ name: z.string() }),
    sql`
      SELECT name FROM (SELECT DISTINCT unnest([actor_name, actor_id, effective_name]) AS name FROM access_event
      WHERE actor_type IS NULL OR actor_type IN ('user', 'db_user', 'unknown', 'root')
      UNION SELECT DISTINCT hop.name FROM (SELECT unnest(chain) AS hop FROM access_event) WHERE hop.type = 'user'
      ) WHERE name IS NOT NULL ORDER BY name`,
    signal,
  )
  return rows.map(({ name }) => name)
}

/** Who did it, and what they wrote. */
function learnRecord(dictionary: Dictionary, { actor, args }: JournalRecord): void {
  dictionary.learnPerson(actor)
  const walk = (value: unknown): void => {
    if (typeof value === 'string') learnText(dictionary, value)
    else if (Array.isArray(value)) for (const item of value) walk(item)
    else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) walk(item)
  }
  walk(args)
  for (const name of ['assignee', 'by']) {
    const value =
      args[name] ??
      (typeof args.acquisition === 'object' && args.acquisition !== null
        ? new Map(Object.entries(args.acquisition)).get(name)
        : undefined)
    if (typeof value === 'string') dictionary.learnPerson(value)
  }
}
