/**
 * Text typed by a person as SQL: exactly one SELECT (or EXPLAIN of one), in a read-only transaction on a connection of
 * its own, with a cap on rows, bytes and time. The only way from text to the database.
 */
import { type DuckDBConnection, type DuckDBPreparedStatement, StatementType } from '@duckdb/node-api'
import { AppError, cancelled, isAppError } from '../../common/errors'
import { asAppError, type Database } from './database'
import { type Cell, toCell } from './values'

export interface UserQueryOptions {
  readonly limit: number
  readonly timeoutMs?: number
  readonly signal?: AbortSignal | undefined
}

export interface UserQueryResult {
  /** Names as the query gives them, a number added to repeated ones; types as DuckDB names them. */
  readonly columns: { readonly name: string; readonly type: string }[]
  readonly rows: Record<string, Cell>[]
  /** More rows, or more text than can be shown, were left out. */
  readonly truncated: boolean
}

const defaultTimeoutMs = 30_000
const maxTextLength = 64 * 1024 * 1024

/** Functions that change the engine instead of answering; they would pass as part of a SELECT. */
const refusedFunctions: ReadonlySet<string> = new Set([
  'enable_logging',
  'disable_logging',
  'set_log_level',
  'truncate_duckdb_logs',
  'write_log',
  'checkpoint',
  'force_checkpoint',
  'enable_profiling',
  'disable_profiling',
  'query',
  'sql_auto_complete',
  'json_execute_serialized_sql',
  'from_substrait',
])

/** Errors: `sql.invalid` with DuckDB's first line and, where it says so, `position`; `sql.refused`; `sql.timeout`; `cancelled`. */
export async function runUserQuery(db: Database, text: string, options: UserQueryOptions): Promise<UserQueryResult> {
  return withUserQuery(db, text, options, (statement, stopped) => collect(statement, options.limit, stopped))
}

/** Runs `use` with the checked statement inside its read-only transaction; `stopped` turns true once it is to end. */
export async function withUserQuery<T>(
  db: Database,
  text: string,
  options: Omit<UserQueryOptions, 'limit'>,
  use: (statement: DuckDBPreparedStatement, stopped: () => boolean) => Promise<T>,
): Promise<T> {
  const { signal, timeoutMs = defaultTimeoutMs } = options
  if (signal?.aborted) throw cancelled()
  const connection = await db.console()
  let stopped: 'timeout' | 'cancel' | undefined
  let again: NodeJS.Timeout | undefined
  const stop = (why: 'timeout' | 'cancel') => {
    stopped ??= why
    connection.interrupt()
    // An interrupt that comes before the query starts is forgotten by the engine, so it is repeated.
    again ??= setInterval(() => connection.interrupt(), 50)
  }
  const timer = setTimeout(() => stop('timeout'), timeoutMs)
  const onAbort = () => stop('cancel')
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    const statement = await prepareSelect(connection, text)
    await connection.run('BEGIN TRANSACTION READ ONLY')
    const result = await use(statement, () => stopped !== undefined)
    // An interrupted stream may just end: what came until then is not the answer.
    if (stopped !== undefined) throw cancelled()
    return result
  } catch (error) {
    if (stopped === 'cancel') throw cancelled()
    if (stopped === 'timeout')
      throw new AppError('sql.timeout', `The query took longer than ${timeoutMs / 1000} s and was stopped.`, {
        timeoutMs,
      })
    throw isAppError(error) ? error : asSqlError(error, text)
  } finally {
    clearTimeout(timer)
    clearInterval(again)
    signal?.removeEventListener('abort', onAbort)
    await connection.run('ROLLBACK').catch(() => undefined)
    connection.closeSync()
  }
}

async function prepareSelect(connection: DuckDBConnection, text: string): Promise<DuckDBPreparedStatement> {
  const first = firstWord(text)
  if (first === '') throw new AppError('sql.invalid', 'There is no query.', { position: 0 })
  // A PRAGMA is rewritten into a SELECT before it gets a type, so its word is looked at.
  if (['pragma', 'call', 'set', 'reset', 'use', 'load', 'install', 'checkpoint', 'execute'].includes(first))
    throw refused()
  const statements = await connection.extractStatements(text)
  if (statements.count !== 1) throw refused()
  const statement = await statements.prepare(0)
  if (statement.statementType === StatementType.EXPLAIN) {
    await requireSelect(connection, explained(text))
    await refuseFunctions(connection, explained(text))
  } else {
    if (statement.statementType !== StatementType.SELECT) throw refused()
    await refuseFunctions(connection, text)
  }
  if (statement.parameterCount > 0)
    throw new AppError('sql.invalid', 'The query has parameters, but nothing is bound to them.', {})
  return statement
}

async function requireSelect(connection: DuckDBConnection, text: string): Promise<void> {
  const first = firstWord(text)
  if (first === '' || first === 'pragma' || first === 'explain') throw refused()
  const statements = await connection.extractStatements(text)
  if (statements.count !== 1 || (await statements.prepare(0)).statementType !== StatementType.SELECT) throw refused()
}

/** Looks for refused functions in the parsed query, where neither quotes nor comments can hide them. */
async function refuseFunctions(connection: DuckDBConnection, text: string): Promise<void> {
  const reader = await connection.runAndReadAll('SELECT json_serialize_sql($1::VARCHAR)::VARCHAR', [text])
  const tree = reader.getRows()[0]?.[0]
  // Some statements that only read (SHOW, DESCRIBE of a name) have no such form and call no function.
  if (typeof tree !== 'string') return
  for (const match of tree.matchAll(/"function_name":"((?:[^"\\]|\\.)*)"/g))
    if (refusedFunctions.has((match[1] ?? '').toLowerCase())) throw refused()
}

function refused(): AppError {
  return new AppError('sql.refused', 'Only one SELECT (or EXPLAIN SELECT) can be run here; it cannot change anything.')
}

/** The first word in lower case, white space, comments and opening parentheses before it left out. */
function firstWord(text: string): string {
  return /^[a-z_]+/i.exec(text.slice(skipComments(text, 0)))?.[0].toLowerCase() ?? text.slice(skipComments(text, 0), 1)
}

function skipComments(text: string, from: number): number {
  let at = from
  for (;;) {
    while (/\s/.test(text[at] ?? '') || text[at] === ';' || text[at] === '(') at++
    if (text.startsWith('--', at)) {
      const end = text.indexOf('\n', at)
      at = end === -1 ? text.length : end + 1
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2)
      at = end === -1 ? text.length : end + 2
    } else return at
  }
}

/** What an EXPLAIN explains. */
function explained(text: string): string {
  const start = skipComments(text, 0)
  const rest = text.slice(start)
  const head = /^explain\s+(?:analyze\s+|\([a-z_ ,]*\)\s*)?/i.exec(rest)
  if (head === null) throw refused()
  return rest.slice(head[0].length)
}

async function collect(
  statement: DuckDBPreparedStatement,
  limit: number,
  stopped: () => boolean,
): Promise<UserQueryResult> {
  const result = await statement.stream()
  const names = result.deduplicatedColumnNames()
  const types = result.columnTypes()
  const columns = names.map((name, index) => ({ name, type: String(types[index]) }))
  const rows: Record<string, Cell>[] = []
  let textLength = 0
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    if (stopped()) throw cancelled()
    const vectors = chunk.getColumns()
    for (let index = 0; index < chunk.rowCount; index++) {
      if (rows.length >= limit || textLength > maxTextLength) return { columns, rows, truncated: true }
      const cells = names.map((name, at): [string, Cell] => [name, toCell(vectors[at]?.[index] ?? null)])
      for (const [, cell] of cells) if (typeof cell === 'string') textLength += cell.length
      rows.push(Object.fromEntries(cells))
    }
  }
  return { columns, rows, truncated: false }
}

/** What the analyst can mend is shown with DuckDB's own words; what they cannot is told as elsewhere. */
function asSqlError(error: unknown, text: string): AppError {
  const message = error instanceof Error ? error.message : String(error)
  const known = asAppError(error)
  const first = message.split('\n')[0]?.trim() ?? ''
  if (known.code !== 'internal' && known.code !== 'io.read-only') return known
  const position = positionOf(message, text)
  return new AppError(
    'sql.invalid',
    first === '' || first === 'Error in native callback' ? 'The query cannot be understood.' : first,
    position === undefined ? {} : { position },
    { cause: error },
  )
}

/** From `LINE 2: …` and the caret below it to an offset; undefined where DuckDB shows a cut line. */
function positionOf(message: string, text: string): number | undefined {
  const lines = message.split('\n')
  const at = lines.findIndex((line) => /^LINE \d+: /.test(line))
  const shown = lines[at]
  const caret = lines[at + 1]?.indexOf('^') ?? -1
  const match = shown === undefined ? null : /^LINE (\d+): (.*)$/.exec(shown)
  if (match === null || caret < 0) return undefined
  const [, number = '1', excerpt = ''] = match
  const source = text.split('\n')
  const lineNo = Number(number) - 1
  const line = source[lineNo]
  const column = caret - `LINE ${number}: `.length
  if (line === undefined || column < 0) return undefined
  const lineStart = source.slice(0, lineNo).reduce((sum, item) => sum + item.length + 1, 0)
  if (line.startsWith(excerpt)) return lineStart + column
  const cut = line.indexOf(excerpt.replace(/^\.\.\./, '').replace(/\.\.\.$/, ''))
  return cut === -1 ? undefined : lineStart + cut + column - (excerpt.startsWith('...') ? 3 : 0)
}
