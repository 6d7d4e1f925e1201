/** One import: files to rows, account and journal. The only writer of the imported tables. */
import { z } from 'zod'
import { AppError, cancelled } from '../../common/errors'
import type { FileAccount, ImportProgress, ImportResult, Reject } from '../../contract/import'
import { record } from '../case/open'
import { rememberOrigin, saveOrigins } from '../case/origins'
import { takeContent } from '../content/take'
import type { CaseSession } from '../context'
import { sql } from '../db/sql'
import { prefixProblem } from '../formats/pgaudit/templates'
import { formats } from '../formats/registry'
import { toolVersion } from '../version'
import { AssumedZone } from '../zone/assumedZone'
import { listAccounts } from './accounts'
import { CaseWriter, emptyTally, type FileTally, unknownHash } from './caseWriter'
import { enumerate, type FoundFile } from './enumerate'
import { duplicateAccount, failedAccount, passedOver, readAccount, totals } from './fileAccounts'
import { keepCopy } from './keepCopy'
import { type FileMessage, openLanes } from './lanes'
import { ProgressMeter } from './progress'
import type { Batch, FileOutcome, FileTask, StoredMapping } from './protocol'
import { reconcile } from './reconcile'

export interface ImportOptions {
  readonly paths: readonly string[]
  /** Keep copies of the originals in the case, named by SHA-256. */
  readonly copy?: boolean
  /** Id of the only format to try. */
  readonly format?: string
  /** Zone of times that name none: `UTC`, `+02:00`, or a name of the time zone database. */
  readonly timeZone?: string
  /** Zones by the abbreviations that the data has. */
  readonly zoneNames?: Readonly<Record<string, string>>
  /** Zones of times that name none, by the id of their format; they go before `timeZone`. */
  readonly formatZones?: Readonly<Record<string, string>>
  /** `log_line_prefix` of PostgreSQL's plain logs, tried before the known ones; it must state a time. */
  readonly pgPrefix?: string
  /** Mappings for sources without a format of their own; they are in the journal already. */
  readonly mappings?: readonly StoredMapping[]
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: ImportProgress) => void
  readonly onLog?: (text: string) => void
}

/** Files that a journal names, read again in their order without journaling them a second time. */
export interface ReplayOptions extends Omit<ImportOptions, 'paths' | 'copy'> {
  readonly files: readonly FoundFile[]
  readonly batchNo: number
}

/**
 * Committed together: somewhat less than a row group (122,880 rows), or what is at hand after some seconds. DuckDB packs
 * a row group that fills up inside a transaction in the appending thread, which is this one; below that it packs at
 * the commit, in its own threads.
 */
const rowsPerCommit = 100_000
const commitEveryMs = 15_000
/** A file with more rows than this is written as it comes, in a transaction of its own. */
const largeFileRows = 40_000

/** Errors: `not-found`, `input.refused`, `usage`, `cancelled` (finished files stay), `io.*`. */
export async function importSources(session: CaseSession, options: ImportOptions): Promise<ImportResult> {
  const startedAt = performance.now()
  if (options.format !== undefined && !formats.some(({ id }) => id === options.format))
    throw new AppError('usage', `There is no format “${options.format}”.`)
  // Refuses what is no zone before anything is read.
  new AssumedZone(options)
  const problem = options.pgPrefix === undefined ? undefined : prefixProblem(options.pgPrefix)
  if (problem !== undefined) throw new AppError('usage', problem)
  const found = await enumerate(options.paths)
  if (found.files.length === 0) throw new AppError('input.refused', 'There is no file to import.')
  const read = await new ImportRun(session, options, found.files).run()
  const files = [...read, ...found.passedOver.map(passedOver)]
  return { files, totals: totals(files), elapsedMs: Math.round(performance.now() - startedAt) }
}

/** For rebuild: the same rows and ids from the same bytes. */
export async function replayImport(session: CaseSession, options: ReplayOptions): Promise<FileAccount[]> {
  const { files, batchNo, ...rest } = options
  return new ImportRun(session, { ...rest, paths: [] }, files, batchNo).run()
}

class ImportRun {
  readonly #session: CaseSession
  readonly #options: ImportOptions
  readonly #files: readonly FoundFile[]
  readonly #tasks: readonly FileTask[]
  readonly #meter: ProgressMeter
  /** SHA-256 by file number, as the threads report it. */
  readonly #hashes = new Map<number, string>()
  /** First file of this import with a hash, so that an equal file is read once. */
  readonly #firstWith = new Map<string, number>()
  readonly #replayedBatch: number | undefined
  readonly #results: FileAccount[] = []
  readonly #uncommitted: FileAccount[] = []
  #known = new Map<string, FileAccount>()
  #nextImportId = 1
  #batchNo = 1
  #firstImportId = 1
  #rowsSinceCommit = 0
  #committedAt = performance.now()

  constructor(session: CaseSession, options: ImportOptions, files: readonly FoundFile[], replayedBatch?: number) {
    this.#replayedBatch = replayedBatch
    this.#session = session
    this.#options = options
    this.#files = files
    const { format, timeZone, zoneNames, formatZones, pgPrefix, mappings = [] } = options
    const parse = {
      ...(timeZone === undefined ? {} : { timeZone }),
      ...(zoneNames === undefined ? {} : { zoneNames }),
      ...(formatZones === undefined ? {} : { formatZones }),
      ...(format === undefined ? {} : { format }),
      ...(pgPrefix === undefined ? {} : { pgPrefix }),
      ...(mappings.length === 0 ? {} : { mappings }),
    }
    this.#tasks = files.map(({ path, name }, fileNo) => ({ fileNo, path, name, options: parse }))
    this.#meter = new ProgressMeter(files, options.onProgress)
  }

  async run(): Promise<FileAccount[]> {
    const { db } = this.#session
    this.#known = new Map(
      (await listAccounts(db)).filter(({ status }) => status !== 'refused').map((account) => [account.sha256, account]),
    )
    const ids = z.object({ id: z.number(), batch: z.number() })
    const last = await db.get(
      ids,
      sql`SELECT coalesce(max(import_id), 0) AS id, coalesce(max(import_batch), 0) AS batch FROM source_file`,
    )
    this.#nextImportId = (last?.id ?? 0) + 1
    this.#firstImportId = this.#nextImportId
    this.#batchNo = this.#replayedBatch ?? (last?.batch ?? 0) + 1
    const { format, timeZone, zoneNames, formatZones, pgPrefix, copy, mappings = [] } = this.#options
    await this.#journal('import.begin', {
      import: this.#batchNo,
      files: this.#files.length,
      options: {
        format: format ?? null,
        timeZone: timeZone ?? null,
        copy: copy === true,
        ...(zoneNames === undefined ? {} : { zoneNames }),
        ...(formatZones === undefined ? {} : { formatZones }),
        ...(pgPrefix === undefined ? {} : { pgPrefix }),
        ...(mappings.length === 0 ? {} : { mappings: mappings.map(({ hash }) => hash) }),
      },
    })
    const writer = await CaseWriter.open(db)
    const lanes = openLanes(this.#tasks, {
      isNew: (fileNo, sha256) => this.#isNew(fileNo, sha256),
      onProgress: (fileNo, bytes, records) => this.#meter.file(fileNo, bytes, records),
      onLog: (text) => this.#options.onLog?.(text),
    })
    const onAbort = () => lanes.cancel()
    this.#options.signal?.addEventListener('abort', onAbort, { once: true })
    try {
      for (const task of this.#tasks) {
        if (this.#options.signal?.aborted === true) throw cancelled()
        await this.#file(task, lanes.messages(task.fileNo), writer)
      }
      await this.#commit(writer)
      const changes = await reconcile(db)
      await this.#applyChanges(changes)
      await this.#journalContent(new Set(changes.keys()))
      await db.write((connection) => connection.run(sql`CHECKPOINT`))
    } catch (error) {
      await this.#salvage(writer, error)
      throw error
    } finally {
      this.#options.signal?.removeEventListener('abort', onAbort)
      await lanes.close()
      await saveOrigins(this.#session.folder)
    }
    await this.#journal('import.end', { import: this.#batchNo, ...totals(this.#results) })
    return this.#results
  }

  async #journal(op: string, args: Readonly<Record<string, unknown>>): Promise<void> {
    if (this.#replayedBatch === undefined) await record(this.#session, op, args)
  }

  /** Digests of the rows as they are now, so that a later change of them is found. */
  async #journalContent(alsoFiles: ReadonlySet<string> = new Set()): Promise<void> {
    if (this.#replayedBatch !== undefined) return
    const { db, journal } = this.#session
    const scope = { fromImport: this.#firstImportId, alsoFiles }
    await this.#journal('content.digest', await takeContent(db, journal.records(), 'files', scope))
  }

  #isNew(fileNo: number, sha256: string): boolean {
    this.#hashes.set(fileNo, sha256)
    const first = this.#firstWith.get(sha256)
    if (first === undefined || first > fileNo) this.#firstWith.set(sha256, fileNo)
    return !this.#known.has(sha256) && (first === undefined || first > fileNo)
  }

  /** Whole small files are gathered before they are written; a large one is written as it comes, in its own transaction. */
  async #file(task: FileTask, messages: AsyncGenerator<FileMessage>, writer: CaseWriter): Promise<void> {
    const importId = this.#nextImportId
    const tally = emptyTally()
    const gathered: Batch[] = []
    let gatheredRows = 0
    let large = false
    for await (const message of messages) {
      switch (message.kind) {
        case 'batch': {
          const rows = Object.values(message.batch.tables).reduce((sum, table) => sum + table.rows, 0)
          gatheredRows += rows
          gathered.push(message.batch)
          if (!large && gatheredRows > largeFileRows) {
            await this.#commit(writer)
            large = true
          }
          if (large) for (const batch of gathered.splice(0)) await writer.write(importId, batch, tally)
          message.ack()
          break
        }
        case 'done': {
          for (const batch of gathered.splice(0)) await writer.write(importId, batch, tally)
          await this.#finish(task, importId, tally, message.outcome, writer)
          break
        }
        case 'left':
          this.#results.push(this.#duplicate(task))
          break
        case 'failed':
          if (message.cancelled) throw cancelled()
          if (large) await writer.rollback()
          await this.#failed(task, importId, message.reason, writer)
          break
      }
    }
    this.#meter.fileDone(task.fileNo)
    const due = this.#rowsSinceCommit >= rowsPerCommit || performance.now() - this.#committedAt > commitEveryMs
    if (large || due) await this.#commit(writer)
  }

  async #finish(
    task: FileTask,
    importId: number,
    tally: FileTally,
    outcome: FileOutcome,
    writer: CaseWriter,
  ): Promise<void> {
    const sha256 = this.#hashes.get(task.fileNo) ?? unknownHash
    const { account, rejects } = readAccount(task.name, sha256, tally, outcome)
    await this.#keep(task, importId, account, rejects, tally, writer)
    this.#rowsSinceCommit += Object.values(tally.rows).reduce((sum, count) => sum + count, 0)
  }

  async #keep(
    task: FileTask,
    importId: number,
    account: FileAccount,
    rejects: readonly Reject[],
    tally: FileTally,
    writer: CaseWriter,
  ): Promise<void> {
    if (this.#options.copy === true && account.status !== 'refused')
      await keepCopy(this.#session.folder, task.path, account.sha256, account.sizeBytes)
    await writer.account(importId, this.#batchNo, account, rejects, {
      firstUs: tally.firstUs,
      lastUs: tally.lastUs,
      options: JSON.stringify({ ...task.options, mappings: task.options.mappings?.map(({ hash }) => hash) }),
      tool: toolVersion,
    })
    this.#nextImportId++
    this.#results.push(account)
    this.#uncommitted.push(account)
    await rememberOrigin(this.#session.folder, account.sha256, task.path)
  }

  /** The file could not be read through: nothing of it is in the case, and the account says why. */
  async #failed(task: FileTask, importId: number, reason: string, writer: CaseWriter): Promise<void> {
    const sizeBytes = this.#files[task.fileNo]?.sizeBytes ?? 0
    const sha256 = this.#hashes.get(task.fileNo) ?? unknownHash
    const account = failedAccount(task.name, sha256, sizeBytes, reason)
    await this.#keep(task, importId, account, account.rejects, emptyTally(), writer)
  }

  #duplicate(task: FileTask): FileAccount {
    const sha256 = this.#hashes.get(task.fileNo) ?? unknownHash
    const before = this.#known.get(sha256) ?? this.#results.find((account) => account.sha256 === sha256)
    if (before === undefined) throw new AppError('internal', 'A file was left out although it is not in the case.')
    return duplicateAccount(task.name, before)
  }

  async #commit(writer: CaseWriter): Promise<void> {
    if (this.#uncommitted.length === 0) return
    await writer.commit()
    const files = this.#uncommitted.splice(0)
    this.#rowsSinceCommit = 0
    this.#committedAt = performance.now()
    for (const account of files) if (account.status !== 'refused') this.#known.set(account.sha256, account)
    await this.#journal('import.files', {
      import: this.#batchNo,
      files: files.map(({ name, sha256, sizeBytes, status, formats: ids, records, rows }) => ({
        name,
        sha256,
        sizeBytes,
        status,
        formats: ids,
        records,
        rows,
      })),
    })
  }

  /** After a failure or cancel: files that are whole stay, the one in work goes. */
  async #salvage(writer: CaseWriter, cause: unknown): Promise<void> {
    const wholeFilesOnly = cause instanceof AppError && cause.code === 'cancelled' && this.#uncommitted.length > 0
    try {
      if (wholeFilesOnly) await this.#commit(writer)
      else await writer.rollback()
      await this.#journalContent()
      await this.#journal('import.stop', {
        import: this.#batchNo,
        reason: cause instanceof AppError ? cause.code : 'internal',
        files: this.#results.length - this.#uncommitted.length,
      })
    } catch {
      // The first failure is the one to tell.
    }
  }

  async #applyChanges(changes: ReadonlyMap<string, FileAccount>): Promise<void> {
    this.#results.forEach((account, index) => {
      const now = changes.get(account.sha256)
      if (now !== undefined && account.status !== 'duplicate') this.#results[index] = { ...now, name: account.name }
    })
    if (changes.size === 0) return
    await this.#journal('import.reconcile', {
      import: this.#batchNo,
      files: [...changes.values()].map(({ sha256, records, rows }) => ({ sha256, records, rows })),
    })
  }
}
