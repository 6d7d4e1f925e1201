/**
 * Opening a case: lock, journal, database, catalogue, projection, in this order. What can be repaired without a
 * person is repaired and named in `notices`.
 */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { AppError, isAppError } from '../../common/errors'
import { takeMissing } from '../content/take'
import type { CaseMeta, CaseSession } from '../context'
import { checkCatalogue } from '../db/catalogue'
import { Database } from '../db/database'
import { migrate } from '../db/migrate'
import { sql } from '../db/sql'
import { applyKept } from '../enrich/kept'
import { asIoError } from '../io'
import { caseFiles, createCaseFolder, readCaseMeta } from './folder'
import { compareImports } from './imports'
import { Journal, type JournalRecord } from './journal'
import { acquireLock, type CaseLock } from './lock'
import { catchUp } from './projection'
import { foreignNotice, type KnownCases } from './trust'

export interface OpenOptions {
  readonly folder: string
  readonly actor: string
  readonly tool: string
  readonly now: () => Date
  /** Journal the opening and closing: for hosts that keep the case open, not for one command of the CLI. */
  readonly recordSession: boolean
  /** Cases that were made or accepted here; left out: all are. */
  readonly known?: KnownCases
  /** Open although the database lacks files that the journal names: for rebuild only. */
  readonly tolerateIncomplete?: boolean
}

export interface OpenedCase extends CaseSession {
  /** Journals the closing where asked, closes the database and gives the lock back. */
  close(): Promise<void>
}

/** Errors: `case.missing`, `case.invalid`, `case.in-use`, `io.*`. */
export async function openCase(options: OpenOptions): Promise<OpenedCase> {
  return open(options, await readCaseMeta(options.folder))
}

export async function createCase(options: OpenOptions & { readonly title: string }): Promise<OpenedCase> {
  const meta = await createCaseFolder(options.folder, options.title, options.tool, options.now())
  await options.known?.add(meta.id)
  const opened = await open(options, meta)
  if (opened.journal.seq === 0) await record(opened, 'case.create', { id: meta.id, title: meta.title })
  return opened
}

async function open(options: OpenOptions, meta: CaseMeta): Promise<OpenedCase> {
  const { folder, actor, tool, now } = options
  const lock = await acquireLock(folder, actor, now())
  let journal: Journal | undefined
  let db: Database | undefined
  try {
    const opened = await Journal.open({ path: join(folder, caseFiles.journal), actor, tool, now })
    journal = opened.journal
    const notices = [...(lock.notice === undefined ? [] : [lock.notice]), ...opened.notices]
    db = await openDatabase(folder, tool)
    await catchUp(db, journal.records())
    const unplaced = await applyKept(folder, db, journal.records())
    if (unplaced !== undefined) notices.push(unplaced)
    const { missing, unknown } = await compareImports(db, journal.records())
    if (missing > 0 && options.tolerateIncomplete !== true)
      throw new AppError(
        'case.invalid',
        `The database of the case lacks ${missing} files that were imported. Nothing is lost: run rebuild to read them again.`,
      )
    const session: OpenedCase = {
      folder,
      meta,
      db,
      journal,
      actor,
      notices,
      close: () => close(session, lock, options),
    }
    if (journal.seq > 0 && (await options.known?.has(meta.id)) === false) {
      journal.refuseAppends(foreignNotice)
      notices.push(foreignNotice)
      return session
    }
    if (opened.notices.length > 0 || lock.notice !== undefined) await record(session, 'case.recover', { notices })
    for (const batch of unknown) await record(session, 'import.files', { ...batch, recovered: true })
    const content = missing > 0 ? undefined : await takeMissing(db, journal.records())
    if (content !== undefined) await record(session, 'content.digest', content)
    if (options.recordSession) await record(session, 'case.open', {})
    return session
  } catch (error) {
    await db?.close().catch(() => undefined)
    await journal?.close().catch(() => undefined)
    await lock.release()
    throw asIoError(error, 'The case cannot be opened.')
  }
}

async function close(session: OpenedCase, lock: CaseLock, options: OpenOptions): Promise<void> {
  try {
    if (options.recordSession) await record(session, 'case.close', {}).catch(() => undefined)
    await session.db.close()
    await session.journal.close()
  } finally {
    await lock.release()
  }
}

/** Moves a database that cannot be used to `evidence.duckdb.damaged`, so that a new one can be built. */
export async function setDatabaseAside(folder: string): Promise<void> {
  const path = join(folder, caseFiles.database)
  try {
    if (existsSync(path)) await rename(path, `${path}.damaged`)
    if (existsSync(`${path}.wal`)) await rename(`${path}.wal`, `${path}.damaged.wal`)
  } catch (error) {
    throw asIoError(error, 'The damaged database cannot be set aside.')
  }
}

/** A quarter of the memory, at most 1.2 GB: what is beyond it spills, and the whole process stays below 2 GB. */
export function databaseMemoryBytes(): number {
  return Math.min(1.2e9, Math.max(5e8, Math.floor(totalmem() / 4)))
}

async function openDatabase(folder: string, tool: string): Promise<Database> {
  const path = join(folder, caseFiles.database)
  const temp = join(folder, caseFiles.temp)
  await rm(temp, { recursive: true, force: true })
  const existed = existsSync(path)
  // With a write-ahead log beside it the file must be opened for writing to be whole; nothing in a log runs by itself.
  const inspected = existed && !existsSync(`${path}.wal`)
  if (inspected) await inspect(path)
  await mkdir(temp, { recursive: true })
  const db = await Database.open({ path, tempDirectory: temp, memoryLimitBytes: databaseMemoryBytes() })
  try {
    if (existed && !inspected && (await db.rows(schemaTables)).length > 0) await checkCatalogue(db)
    await migrate(db, tool)
    return db
  } catch (error) {
    await db.close()
    throw error
  }
}

async function inspect(path: string): Promise<void> {
  const db = await Database.open({ path, readOnly: true })
  try {
    if ((await db.rows(schemaTables)).length > 0) await checkCatalogue(db)
  } finally {
    await db.close()
  }
}

const schemaTables = sql.trusted('SELECT table_name FROM system.main.duckdb_tables() LIMIT 1')

/** Journal first, then the projection: a crash or a full disk between the two is mended by the next act or opening. */
export async function record(
  session: CaseSession,
  op: string,
  args: Readonly<Record<string, unknown>>,
): Promise<JournalRecord> {
  const entry = await session.journal.append(op, args)
  try {
    await catchUp(session.db, session.journal.records())
  } catch (error) {
    // The act is durable; saying that it failed would be a lie.
    if (!isAppError(error) || (error.code !== 'io.disk-full' && error.code !== 'io.read-only')) throw error
  }
  return entry
}
