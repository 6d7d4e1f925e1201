/**
 * The case's DuckDB: one instance per file in the process, one writer connection, a few for questions, one for the
 * SQL console. Only `engine/db` touches the bindings; everything else asks through this class.
 */
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult } from '@duckdb/node-api'
import type { z } from 'zod'
import { AppError, cancelled, isAppError } from '../../common/errors'
import { type Sql, sql } from './sql'
import { type Cell, toCell } from './values'

export interface DatabaseOptions {
  /** File path, or `:memory:`. */
  readonly path: string
  /** Where DuckDB may spill; inside the case folder. Left out: no spilling (memory databases of tests). */
  readonly tempDirectory?: string
  readonly memoryLimitBytes?: number
  readonly readOnly?: boolean
}

const readerCount = 3

interface Handles {
  readonly instance: DuckDBInstance
  readonly writer: DuckDBConnection
  readonly readers: readonly DuckDBConnection[]
}

export class Database {
  readonly #options: DatabaseOptions
  #handles: Handles
  #idle: DuckDBConnection[]
  #waiting: ((connection: DuckDBConnection) => void)[] = []
  #writeQueue: Promise<unknown> = Promise.resolve()
  #closed = false
  /** Set by a fatal error (a full disk): the instance answers nothing any more and must be opened anew. */
  #broken = false
  #reopening: Promise<void> | undefined

  private constructor(options: DatabaseOptions, handles: Handles) {
    this.#options = options
    this.#handles = handles
    this.#idle = [...handles.readers]
  }

  /** Opens and hardens: no external access, no extensions, configuration locked. Errors: `io.*`, `case.invalid`. */
  static async open(options: DatabaseOptions): Promise<Database> {
    return new Database(options, await openHandles(options))
  }

  async #mend(): Promise<void> {
    if (!this.#broken) return
    this.#reopening ??= (async () => {
      try {
        closeHandles(this.#handles)
        this.#handles = await openHandles(this.#options)
        this.#idle = [...this.#handles.readers]
        this.#broken = false
      } finally {
        this.#reopening = undefined
      }
    })()
    await this.#reopening
  }

  #fail(error: unknown): AppError {
    if (error instanceof Error && /FATAL|has been invalidated/.test(error.message)) this.#broken = true
    return asAppError(error)
  }

  /** All rows, each checked against `row`. Reads run beside one another and beside a write. */
  async all<S extends z.ZodType>(row: S, query: Sql, signal?: AbortSignal): Promise<z.output<S>[]> {
    const rows = await this.rows(query, signal)
    return rows.map((item) => row.parse(item))
  }

  async get<S extends z.ZodType>(row: S, query: Sql, signal?: AbortSignal): Promise<z.output<S> | undefined> {
    return (await this.all(row, query, signal))[0]
  }

  /** Rows as objects of JSON values, unchecked: for rows whose columns the caller does not know. */
  async rows(query: Sql, signal?: AbortSignal): Promise<Record<string, Cell>[]> {
    return this.read((connection) => collect(connection, query), signal)
  }

  /** Streams 64-bit columns chunk by chunk, nulls left out: for loading keys without an object per row. */
  async numbers(query: Sql, take: (values: readonly bigint[]) => void): Promise<void> {
    await this.read(async (connection) => {
      const result = await connection.stream(query.text, [...query.values])
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      )
        for (const column of chunk.getColumns()) take(column.filter((value) => typeof value === 'bigint'))
    })
  }

  /** Lends a reader connection; a fired signal interrupts what runs on it and gives `cancelled`. */
  async read<T>(use: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (this.#closed) throw new AppError('case.closed', 'The case is closed.')
    if (signal?.aborted) throw cancelled()
    await this.#mend()
    const handles = this.#handles
    const connection = this.#idle.pop() ?? (await new Promise<DuckDBConnection>((give) => this.#waiting.push(give)))
    const interrupt = () => connection.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      return await use(connection)
    } catch (error) {
      throw signal?.aborted ? cancelled() : this.#fail(error)
    } finally {
      signal?.removeEventListener('abort', interrupt)
      if (handles === this.#handles) {
        const next = this.#waiting.shift()
        if (next === undefined) this.#idle.push(connection)
        else next(connection)
      }
    }
  }

  /** Runs writes one after another on the writer connection. */
  async write<T>(use: (connection: Writer) => Promise<T>): Promise<T> {
    const run = this.#writeQueue.then(async () => {
      if (this.#closed) throw new AppError('case.closed', 'The case is closed.')
      await this.#mend()
      return use(new Writer(this.#handles.writer))
    })
    this.#writeQueue = run.catch(() => undefined)
    try {
      return await run
    } catch (error) {
      throw this.#fail(error)
    }
  }

  /** One transaction on the writer; rolled back when `use` throws. */
  async transaction<T>(use: (connection: Writer) => Promise<T>): Promise<T> {
    return this.write((connection) => atomically(connection, use))
  }

  /** A connection of its own for the SQL console; the caller closes it. */
  async console(): Promise<DuckDBConnection> {
    await this.#mend()
    return this.#handles.instance.connect()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    await this.#writeQueue
    this.#closed = true
    closeHandles(this.#handles)
  }
}

/** A transaction within a `write`; rolled back when `use` throws. */
export async function atomically<T>(connection: Writer, use: (connection: Writer) => Promise<T>): Promise<T> {
  await connection.run(sql`BEGIN TRANSACTION`)
  try {
    const result = await use(connection)
    await connection.run(sql`COMMIT`)
    return result
  } catch (error) {
    await connection.run(sql`ROLLBACK`).catch(() => undefined)
    throw error
  }
}

async function openHandles(options: DatabaseOptions): Promise<Handles> {
  let instance: DuckDBInstance
  try {
    instance = await DuckDBInstance.create(options.path, {
      storage_compatibility_version: 'v1.5.0',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      ...(options.readOnly ? { access_mode: 'READ_ONLY' } : {}),
    })
  } catch (error) {
    throw asAppError(error)
  }
  const writer = await instance.connect()
  const settings = [
    ...(options.tempDirectory === undefined ? [] : [`SET temp_directory = ${quote(options.tempDirectory)}`]),
    ...(options.memoryLimitBytes === undefined
      ? []
      : [`SET memory_limit = '${Math.round(options.memoryLimitBytes / 1e6)}MB'`]),
    `SET TimeZone = 'UTC'`,
    // A commit of more than this goes into the file itself, not first into the write-ahead log.
    `SET checkpoint_threshold = '16MB'`,
    'SET enable_external_access = false',
    'SET allow_community_extensions = false',
    'SET lock_configuration = true',
  ]
  try {
    for (const setting of settings) await writer.run(setting)
    const readers = await Promise.all(Array.from({ length: readerCount }, () => instance.connect()))
    return { instance, writer, readers }
  } catch (error) {
    writer.closeSync()
    instance.closeSync()
    throw asAppError(error)
  }
}

function closeHandles(handles: Handles): void {
  for (const connection of handles.readers) connection.closeSync()
  handles.writer.closeSync()
  handles.instance.closeSync()
}

/** The writer connection inside `Database.write`. */
export class Writer {
  readonly connection: DuckDBConnection

  constructor(connection: DuckDBConnection) {
    this.connection = connection
  }

  async run(query: Sql): Promise<void> {
    await this.connection.run(query.text, [...query.values])
  }

  async rows(query: Sql): Promise<Record<string, Cell>[]> {
    return collect(this.connection, query)
  }

  async all<S extends z.ZodType>(row: S, query: Sql): Promise<z.output<S>[]> {
    return (await this.rows(query)).map((item) => row.parse(item))
  }
}

async function collect(connection: DuckDBConnection, query: Sql): Promise<Record<string, Cell>[]> {
  return toRows(await connection.stream(query.text, [...query.values]))
}

/** Reads a result to its end as row objects; `limit` stops early and is exact. */
export async function toRows(result: DuckDBResult, limit = Number.POSITIVE_INFINITY): Promise<Record<string, Cell>[]> {
  const names = result.deduplicatedColumnNames()
  const rows: Record<string, Cell>[] = []
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const columns = chunk.getColumns()
    for (let index = 0; index < chunk.rowCount; index++) {
      if (rows.length >= limit) return rows
      rows.push(Object.fromEntries(names.map((name, at) => [name, toCell(columns[at]?.[index] ?? null)])))
    }
  }
  return rows
}

function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}

/** DuckDB's errors in our terms. The engine's own text is kept as the cause, for the log. */
export function asAppError(error: unknown): AppError {
  if (isAppError(error)) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/No space left on device|Out of disk|disk full/i.test(message))
    return new AppError('io.disk-full', 'The disk is full. Free some space and try again.', {}, { cause: error })
  if (/Could not set lock|Conflicting lock/i.test(message))
    return new AppError('case.in-use', 'The case is open in another window or command.', {}, { cause: error })
  if (/Read-only file system|Permission denied|read-only mode/i.test(message))
    return new AppError('io.read-only', 'The case folder cannot be written to.', {}, { cause: error })
  if (
    /not a valid DuckDB database|Serialization Error|Corrupt|checksum|newer version|Could not read enough bytes|Failed to deserialize/i.test(
      message,
    )
  )
    return new AppError(
      'case.invalid',
      'The database of the case is damaged or not ours. Rebuild makes it anew from the originals and the journal.',
      {},
      { cause: error },
    )
  if (/INTERRUPT|Interrupted/i.test(message)) return new AppError('cancelled', 'Cancelled.', {}, { cause: error })
  return new AppError('internal', 'The database reported an error.', {}, { cause: error })
}
