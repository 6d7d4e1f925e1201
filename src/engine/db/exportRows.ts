/** All rows of a query typed by a person, written to a new file as they come; nothing is held but one chunk. */
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type DuckDBDataChunk, DuckDBInstance, type DuckDBType } from '@duckdb/node-api'
import { csvLine } from '../../common/csv'
import { cancelled } from '../../common/errors'
import { printableJson } from '../../common/printable'
import type { SqlFormat } from '../../contract/sql'
import { asIoError } from '../io'
import type { Database } from './database'
import { withUserQuery } from './userQuery'
import { toCell } from './values'

export interface ExportOptions {
  readonly format: SqlFormat
  /** A file that does not exist yet. */
  readonly path: string
  readonly signal?: AbortSignal | undefined
  readonly onRows?: (rows: number) => void
}

/** Long enough for a table of ten million rows; the person can cancel. */
const timeoutMs = 600_000

/** Takes chunks in order and leaves a whole file, or none. */
interface Sink {
  write(chunk: DuckDBDataChunk): Promise<void>
  finish(): Promise<void>
  close(): Promise<void>
}

/** Returns the number of rows. Errors: those of `withUserQuery`, `io.*`. */
export async function exportRows(db: Database, text: string, options: ExportOptions): Promise<number> {
  const { format, path, signal, onRows } = options
  const file = await open(path, 'wx').catch((error: unknown) => {
    throw asIoError(error, 'The file cannot be made; it may exist already.')
  })
  try {
    return await withUserQuery(db, text, { timeoutMs, signal }, async (statement, stopped) => {
      const result = await statement.stream()
      const names = result.deduplicatedColumnNames()
      const sink =
        format === 'parquet'
          ? await parquetSink(path, names, result.columnTypes())
          : await textSink(file, format, names)
      let rows = 0
      try {
        for (;;) {
          const chunk = await result.fetchChunk()
          if (chunk === null || chunk.rowCount === 0) break
          if (stopped()) throw cancelled()
          await sink.write(chunk)
          rows += chunk.rowCount
          onRows?.(rows)
        }
        if (stopped()) throw cancelled()
        await sink.finish()
      } finally {
        await sink.close()
      }
      return rows
    })
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
}

async function textSink(file: FileHandle, format: 'csv' | 'json', names: readonly string[]): Promise<Sink> {
  if (format === 'csv') await file.write(csvLine(names))
  return {
    async write(chunk) {
      const vectors = chunk.getColumns()
      const lines: string[] = []
      for (let row = 0; row < chunk.rowCount; row++) {
        const cells = vectors.map((vector) => toCell(vector[row] ?? null))
        lines.push(
          format === 'csv'
            ? csvLine(cells)
            : `${printableJson(Object.fromEntries(names.map((name, at) => [name, cells[at] ?? null])))}\n`,
        )
      }
      await file.write(lines.join('')).catch((error: unknown) => {
        throw asIoError(error, 'The file cannot be written.')
      })
    },
    finish: async () => undefined,
    close: async () => undefined,
  }
}

/**
 * The case's own instance may not touch files, so that no typed query can; the rows pass through a second, empty one
 * beside the target, which writes them.
 */
async function parquetSink(path: string, names: readonly string[], types: readonly DuckDBType[]): Promise<Sink> {
  const folder = await mkdtemp(join(dirname(path), '.crosstrail-parquet-')).catch((error: unknown) => {
    throw asIoError(error, 'There is no room for temporary files.')
  })
  const instance = await DuckDBInstance.create(join(folder, 'rows.duckdb'))
  const connection = await instance.connect()
  const columns = names.map((name, at) => `"${name.replaceAll('"', '""')}" ${String(types[at] ?? 'VARCHAR')}`)
  await connection.run(`CREATE TABLE "rows" (${columns.join(', ')})`)
  const appender = await connection.createAppender('rows')
  return {
    async write(chunk) {
      appender.appendDataChunk(chunk)
    },
    async finish() {
      appender.closeSync()
      await connection.run(`COPY "rows" TO '${path.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION zstd)`)
    },
    async close() {
      connection.closeSync()
      instance.closeSync()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
