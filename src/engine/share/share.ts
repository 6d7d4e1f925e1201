/**
 * A redacted copy of a case: fresh ids, every row and act with placeholders, links found anew, packed, and looked through
 * for what was to be removed before anybody gets it.
 */
import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { AppError, throwIfAborted } from '../../common/errors'
import type { LinkCounts, RedactedKind, ShareSummary } from '../../contract/share'
import { caseFiles, createCaseFolder, readCaseMeta } from '../case/folder'
import { databaseMemoryBytes, record } from '../case/open'
import { packFolder, unpackCase } from '../case/pack'
import { catchUp } from '../case/projection'
import { takeContent } from '../content/take'
import type { CaseSession } from '../context'
import { copyRows } from '../db/copyRows'
import { Database } from '../db/database'
import { migrate } from '../db/migrate'
import { sql } from '../db/sql'
import { addressBits } from '../import/addressBits'
import { asIoError, syncFolder, writeNewFile } from '../io'
import { computeLinks } from '../links/handlers'
import { toolVersion } from '../version'
import { chain, type Draft, tellActs } from './acts'
import { LeakSearch, lookAtFiles, lookAtTables } from './check'
import type { Value } from './dictionary'
import { wordColumns } from './fields'
import { copiedTables, learnValues } from './learn'
import { Placeholders } from './placeholders'
import { makeRedactor, type Redactor } from './redactor'

export interface ShareOptions {
  /** The package to be made; must not exist. */
  readonly path: string
  readonly kinds: readonly RedactedKind[]
  readonly list: string
  readonly now: Date
  readonly signal?: AbortSignal | undefined
  readonly onStep?: (step: string, done: number, total: number) => void
}

/**
 * Errors: `verify.failed` where a removed value is left (no package then), `usage` for a list that cannot be read or a file
 * that exists, `case.foreign`, `io.*`, `cancelled`.
 */
export async function shareCase(session: CaseSession, options: ShareOptions): Promise<ShareSummary> {
  const { path, kinds, list, signal, onStep } = options
  if ((await stat(path).catch(() => undefined)) !== undefined)
    throw new AppError('usage', 'There is a file of this name already.')
  if (session.journal.readOnly)
    throw new AppError('case.foreign', 'Accept this case first: what was given away of it is written in its journal.')
  const dictionary = await learnValues(session, kinds, list, {
    signal,
    onTable: (done, total) => onStep?.('reading', done, total),
  })
  const placeholders = await Placeholders.load(session.folder)
  placeholders.avoid(dictionary.addresses())
  const { values, kept } = dictionary.settle()
  const redactor = makeRedactor(values, placeholders)
  const work = await mkdtemp(join(tmpdir(), 'crosstrail-share-')).catch((error: unknown) => {
    throw asIoError(error, 'There is no room for temporary files.')
  })
  const partial = `${path}.part`
  try {
    const folder = join(work, 'copy')
    const links = await writeCopy(session, folder, redactor, placeholders, options)
    const packed = await packFolder(folder, await readCaseMeta(folder), partial)
    await rm(folder, { recursive: true, force: true })
    const checked = await checkPackage(partial, work, values, placeholders, options)
    // First the list, then the act, then the file: what is given away can always be traced back.
    await placeholders.save(session.folder)
    const replaced = Object.fromEntries([...redactor.used()].sort())
    await record(session, 'case.share', {
      sha256: packed.sha256,
      kinds: [...kinds],
      replaced,
      ownList: list.trim() !== '',
    })
    await rename(partial, path)
    await syncFolder(dirname(path))
    return {
      sizeBytes: packed.sizeBytes,
      sha256: packed.sha256,
      replaced,
      kept: [...kept],
      links: { original: await linkCounts(session.db), copy: links },
      checked,
    }
  } catch (error) {
    await rm(partial, { force: true })
    throw asIoError(error, 'The copy cannot be written.')
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** Looks through a package that exists for what this case has to remove. Errors: `verify.failed`, `input.refused`, `io.*`. */
export async function checkShare(session: CaseSession, options: ShareOptions): Promise<ShareSummary['checked']> {
  const { kinds, list, signal, onStep } = options
  const dictionary = await learnValues(session, kinds, list, {
    signal,
    onTable: (done, total) => onStep?.('reading', done, total),
  })
  const work = await mkdtemp(join(tmpdir(), 'crosstrail-share-')).catch((error: unknown) => {
    throw asIoError(error, 'There is no room for temporary files.')
  })
  try {
    return await checkPackage(
      options.path,
      work,
      dictionary.settle().values,
      await Placeholders.load(session.folder),
      options,
    )
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

async function writeCopy(
  session: CaseSession,
  folder: string,
  redactor: Redactor,
  placeholders: Placeholders,
  { kinds, now, signal, onStep }: ShareOptions,
): Promise<LinkCounts> {
  const meta = await createCaseFolder(folder, redactor.text(session.meta.title), toolVersion, now)
  const db = await Database.open({ path: join(folder, caseFiles.database), memoryLimitBytes: databaseMemoryBytes() })
  try {
    await migrate(db, toolVersion)
    for (const [at, table] of copiedTables.entries()) {
      onStep?.('writing', at, copiedTables.length)
      await copyRows(session.db, db, table, changeOf(redactor, placeholders, signal))
    }
    const at = now.toISOString()
    const actor = redactor.text(session.actor)
    const opening: Draft[] = [
      { at, actor, op: 'case.create', args: { id: meta.id, title: meta.title } },
      { at, actor, op: 'case.redact', args: { kinds: [...kinds] } },
    ]
    const acts = tellActs(
      session.journal.records(),
      {
        text: (value) => redactor.text(value),
        id: (value) => placeholders.id(value),
        hash: (value) => placeholders.hash(value),
      },
      opening.length,
    )
    const told = chain([...opening, ...acts, { at, actor, op: 'link.compute', args: {} }], toolVersion)
    await catchUp(db, told)
    throwIfAborted(signal)
    const { links } = await computeLinks(db, signal, ({ step, done, total }) => onStep?.(step, done, total))
    const whole = chain(
      [{ at, actor, op: 'content.digest', args: await takeContent(db, told, 'all') }],
      toolVersion,
      told,
    )
    await catchUp(db, whole)
    await db.write((writer) => writer.run(sql`CHECKPOINT`))
    await writeNewFile(join(folder, caseFiles.journal), whole.map((one) => `${JSON.stringify(one)}\n`).join(''), 0o600)
    return links
  } finally {
    await db.close()
  }
}

/** Places in files of which nobody has the bytes say only how long the removed values were. */
const withoutMeaning = new Set(['byte_offset', 'byte_length'])
const ids = new Set(['event_id', 'row_id', 'span_row_id', 'series_id', 'dup_key', 'dup_alt'])

function changeOf(redactor: Redactor, placeholders: Placeholders, signal: AbortSignal | undefined) {
  const bits = (half: 'hi' | 'lo') => (address: string | null) =>
    address === null ? null : (addressBits(address)?.[half] ?? null)
  return {
    text: (column: string, value: string) =>
      column === 'sha256' ? placeholders.hash(value) : wordColumns.has(column) ? value : redactor.text(value),
    integer: (column: string, value: bigint) => {
      if (ids.has(column)) return placeholders.id(value)
      if (withoutMeaning.has(column)) return 0n
      return column === 'size_bytes' ? wholeKibibytes(value) : value
    },
    derived: { src_ip_hi: { from: 'src_ip', of: bits('hi') }, src_ip_lo: { from: 'src_ip', of: bits('lo') } },
    signal,
  }
}

const wholeKibibytes = (bytes: bigint) => ((bytes + 1023n) / 1024n) * 1024n

async function checkPackage(
  path: string,
  work: string,
  values: readonly Value[],
  placeholders: Placeholders,
  { signal, onStep }: ShareOptions,
): Promise<ShareSummary['checked']> {
  const folder = join(work, 'check')
  await unpackCase(path, folder)
  try {
    const search = new LeakSearch(values)
    onStep?.('checking', 0, 2)
    const files = await lookAtFiles(search, folder, signal)
    const db = await Database.open({ path: join(folder, caseFiles.database), readOnly: true })
    let cells: number
    try {
      const tables = await db.all(
        z.object({ name: z.string() }),
        sql`SELECT table_name AS name FROM system.main.duckdb_tables() WHERE NOT internal ORDER BY 1`,
      )
      onStep?.('checking', 1, 2)
      cells = await lookAtTables(
        search,
        db,
        tables.map(({ name }) => name),
        signal,
      )
    } finally {
      await db.close()
    }
    const [first] = search.leaks
    if (first !== undefined) {
      const what = placeholders.of(first.value.kind, first.value.value)
      throw new AppError(
        'verify.failed',
        `The copy still holds ${new Set(search.leaks.map(({ value }) => value)).size} of the removed values, first the one that ${what} stands for: ${first.form} in ${first.where}. It was not written; name that value or its surroundings in the list.`,
        { form: first.form, where: first.where, placeholder: what },
      )
    }
    return { cells, files, patterns: search.patterns }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function linkCounts(db: Database): Promise<LinkCounts> {
  const rows = await db.all(
    z.object({ level: z.string(), count: z.number() }),
    sql`SELECT "level", count(*) AS count FROM link GROUP BY 1`,
  )
  const of = (level: string) => rows.find((row) => row.level === level)?.count ?? 0
  return { certain: of('certain'), strong: of('strong'), likely: of('likely'), possible: of('possible') }
}
