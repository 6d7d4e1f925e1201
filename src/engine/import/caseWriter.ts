/**
 * Puts what the parsing threads give into the case: whole files only, several small files or one large one in a
 * transaction, the account in the same transaction as the rows.
 */
import { z } from 'zod'
import type { FileAccount, Reject } from '../../contract/import'
import { type AppendColumn, appendColumns, stageTypes } from '../db/append'
import type { Database, Writer } from '../db/database'
import { sql } from '../db/sql'
import { childrenOf, keptParentsOf, onlyNewSeries } from './childRows'
import { alternateMark } from './hash64'
import { KeySet } from './keySet'
import type { Batch } from './protocol'
import { isRootTable, parentTable, type TableName, tableNames, tables } from './tables'

/** A little more than DuckDB's row group: full groups go to the file at once, past the write-ahead log. */
const stageRowsBeforeInsert = 130_000
/** Staged text is held in memory; large records are moved on earlier. */
const stageBytesBeforeInsert = 256 * 2 ** 20

/** What a file has come to while its batches are written. */
export interface FileTally {
  kept: number
  duplicate: number
  rows: Record<TableName, number>
  firstUs: bigint | undefined
  lastUs: bigint | undefined
}

export function emptyTally(): FileTally {
  return {
    kept: 0,
    duplicate: 0,
    rows: {
      access_event: 0,
      span: 0,
      span_event: 0,
      span_link: 0,
      log_record: 0,
      metric_point: 0,
      metric_series: 0,
    },
    firstUs: undefined,
    lastUs: undefined,
  }
}

export class CaseWriter {
  readonly #db: Database
  #keys: KeySet
  #nextSeq: bigint
  #inTransaction = false
  /** Rows and columns of the staging tables; a column that no staged row has is not there. */
  readonly #stages = new Map<TableName, Stage>()
  #stagedImportId = 0

  private constructor(db: Database, keys: KeySet, nextSeq: bigint) {
    this.#db = db
    this.#keys = keys
    this.#nextSeq = nextSeq
  }

  static async open(db: Database): Promise<CaseWriter> {
    return new CaseWriter(db, await loadKeys(db), await loadNextSeq(db))
  }

  /** The staging table for rows with these columns: the one at hand if it has them all, else a new one. */
  async #stageFor(connection: Writer, name: TableName, columns: readonly AppendColumn[]): Promise<Stage> {
    const present = tables[name].map((_, at) => at).filter((at) => (columns[at]?.wire ?? 'null') !== 'null')
    const old = this.#stages.get(name)
    if (old !== undefined && present.every((at) => old.has.has(at))) return old
    if (old !== undefined) await this.#insertStaged(connection)
    const all = new Set([...(old?.columns ?? []), ...present])
    const stage: Stage = { columns: [...all].sort((a, b) => a - b), has: all, rows: 0, bytes: 0 }
    const definitions = stage.columns
      .map((at) => tables[name][at])
      .map((spec) => spec && `"${spec.name}" ${stageTypes[spec.wire]}`)
    await connection.run(
      sql.trusted(`CREATE OR REPLACE TEMP TABLE stage_${name} (${[...definitions, 'seq BIGINT'].join(', ')})`),
    )
    this.#stages.set(name, stage)
    return stage
  }

  /** Writes the rows of a batch that are not in the case yet. Opens a transaction where none is open. */
  async write(importId: number, batch: Batch, tally: FileTally): Promise<void> {
    await this.#db.write(async (connection) => {
      if (!this.#inTransaction) {
        await connection.run(sql`BEGIN TRANSACTION`)
        this.#inTransaction = true
      }
      if (this.#stagedImportId !== importId) await this.#insertStaged(connection)
      this.#stagedImportId = importId
      const keptRecords = new Uint8Array(batch.emitted)
      /** Rows with children, by their table: which are kept. */
      const keptParents = {
        span: new Uint8Array(batch.tables.span?.rows ?? 0),
        metric_point: new Uint8Array(batch.tables.metric_point?.rows ?? 0),
      }
      for (const name of tableNames) {
        const table = batch.tables[name]
        if (table === undefined || table.rows === 0) continue
        const rows = isRootTable(name)
          ? this.#newRows(name, table.columns, table.owner, keptRecords, keptParentsOf(keptParents, name))
          : childrenOf(table.owner, keptParentsOf(keptParents, parentTable(name)))
        if (rows.length === 0) continue
        if (isRootTable(name)) noteTimes(name, table.columns, rows, tally)
        const stage = await this.#stageFor(connection, name, table.columns)
        await appendColumns(
          connection.connection,
          `stage_${name}`,
          stage.columns.map((at) => tables[name][at]?.wire ?? 'text'),
          stage.columns.map((at) => table.columns[at] ?? { wire: 'null' }),
          rows,
          this.#nextSeq,
        )
        this.#nextSeq += BigInt(rows.length)
        stage.rows += rows.length
        for (const column of table.columns) if (column.wire === 'text') stage.bytes += column.bytes.length
        tally.rows[name] += rows.length
      }
      const kept = keptRecords.reduce((sum, one) => sum + one, 0)
      tally.kept += kept
      tally.duplicate += batch.emitted - kept
      const stages = [...this.#stages.values()]
      if (stages.some(({ rows, bytes }) => rows >= stageRowsBeforeInsert || bytes >= stageBytesBeforeInsert))
        await this.#insertStaged(connection)
    })
  }

  #newRows(
    name: TableName,
    columns: Columns,
    owner: Uint32Array,
    keptRecords: Uint8Array,
    keptRows: Uint8Array | undefined,
  ): Uint32Array {
    const keyColumn = columns[columnIndex(name, 'dup_key')]
    const alternateColumn = columns[columnIndex(name, 'dup_alt')]
    const keys = keyColumn?.wire === 'u64' ? keyColumn.values : undefined
    const alternates = alternateColumn?.wire === 'u64' ? alternateColumn : undefined
    const rows: number[] = []
    for (let row = 0; row < owner.length; row++) {
      const key = BigInt(keys?.[row] ?? 0)
      const alternate = alternates?.nulls[row] === 0 ? BigInt(alternates.values[row] ?? 0) : undefined
      if (this.#keys.has(key) || (alternate === undefined && this.#keys.has(key ^ alternateMark))) continue
      this.#keys.add(key)
      if (alternate !== undefined) this.#keys.add(alternate)
      rows.push(row)
      keptRecords[owner[row] ?? 0] = 1
      if (keptRows !== undefined) keptRows[row] = 1
    }
    return Uint32Array.from(rows)
  }

  /** Moves staged rows into the case's tables, in time order. */
  async #insertStaged(connection: Writer): Promise<void> {
    for (const [name, stage] of this.#stages) {
      if (stage.rows === 0) continue
      const specs = stage.columns.map((at) => tables[name][at]).filter((spec) => spec !== undefined)
      const targets = specs.map((spec) => `"${spec.name}"`)
      const values = specs.map(({ name: column, cast }) => (cast === undefined ? `"${column}"` : cast(`"${column}"`)))
      const root = isRootTable(name)
      const order = !root
        ? ''
        : ` ORDER BY ${stageHas(specs, 'start_ns') ? 'start_ns, ' : stageHas(specs, 'ts') ? 'ts, ' : ''}seq`
      const extra = root ? [', seq, import_id', `, seq, ${this.#stagedImportId}`] : ['', '']
      await connection.run(
        sql.trusted(
          `INSERT INTO ${name} (${targets.join(', ')}${extra[0]}) SELECT ${values.join(', ')}${extra[1]} FROM stage_${name}${name === 'metric_series' ? onlyNewSeries : ''}${order}`,
        ),
      )
      await connection.run(sql.trusted(`TRUNCATE stage_${name}`))
      stage.rows = 0
      stage.bytes = 0
    }
  }

  /** Adds the account of a file that is wholly written, to the open transaction. */
  async account(
    importId: number,
    batchNo: number,
    account: FileAccount,
    rejects: readonly Reject[],
    details: AccountDetails,
  ): Promise<void> {
    await this.#db.write(async (connection) => {
      if (!this.#inTransaction) {
        await connection.run(sql`BEGIN TRANSACTION`)
        this.#inTransaction = true
      }
      const { records, rows } = account
      // A file that was refused before and comes again is told once.
      const old = await connection.all(
        z.object({ import_id: z.number() }),
        sql`
          SELECT import_id FROM source_file
          WHERE sha256 = ${account.sha256} AND status = 'refused' AND sha256 <> ${unknownHash}`,
      )
      for (const { import_id } of old) {
        await connection.run(sql`DELETE FROM import_reject WHERE import_id = ${import_id}`)
        await connection.run(sql`DELETE FROM source_file WHERE import_id = ${import_id}`)
      }
      const time = (us: bigint | undefined) => (us === undefined ? sql`NULL` : sql`make_timestamp(${us}::BIGINT)`)
      await connection.run(sql`
        INSERT INTO source_file VALUES (${importId}, ${batchNo}, ${account.name}, ${account.sha256}, ${account.sizeBytes},
          ${sql.strings(account.formats)}, ${account.status}, ${records.read}, ${records.kept}, ${records.duplicate},
          ${records.skipped}, ${records.rejected}, ${rows.access_event}, ${rows.span}, ${rows.log_record},
          ${rows.metric_point}, ${time(details.firstUs)}, ${time(details.lastUs)}, ${sql.strings(account.limits)},
          ${details.options}, ${details.tool})`)
      for (let from = 0; from < rejects.length; from += 500) {
        const values = rejects
          .slice(from, from + 500)
          .map(
            ({ member, line, offset, length, reason }, index) =>
              sql`(${importId}, ${from + index}, ${member}, ${line}, ${offset}, ${length}, ${reason})`,
          )
        await connection.run(sql`INSERT INTO import_reject VALUES ${sql.join(values, ', ')}`)
      }
    })
  }

  async commit(): Promise<void> {
    await this.#db.write(async (connection) => {
      if (!this.#inTransaction) return
      await this.#insertStaged(connection)
      await connection.run(sql`COMMIT`)
      this.#inTransaction = false
    })
  }

  /** Leaves the case as after the last commit. */
  async rollback(): Promise<void> {
    await this.#db.write(async (connection) => {
      if (this.#inTransaction) await connection.run(sql`ROLLBACK`).catch(() => undefined)
      this.#inTransaction = false
      for (const name of tableNames) await connection.run(sql.trusted(`DROP TABLE IF EXISTS stage_${name}`))
      this.#stages.clear()
    })
    this.#keys = await loadKeys(this.#db)
  }

  async close(): Promise<void> {
    await this.#db.write(async (connection) => {
      for (const name of tableNames) await connection.run(sql.trusted(`DROP TABLE IF EXISTS stage_${name}`))
    })
  }
}

interface Stage {
  /** Indexes into the table's columns, rising. */
  readonly columns: readonly number[]
  readonly has: ReadonlySet<number>
  rows: number
  bytes: number
}

function stageHas(specs: readonly { readonly name: string }[], name: string): boolean {
  return specs.some((spec) => spec.name === name)
}

/** Stands for the hash of a file that could not be read through. */
export const unknownHash = '0'.repeat(64)

export interface AccountDetails {
  readonly firstUs: bigint | undefined
  readonly lastUs: bigint | undefined
  readonly options: string
  readonly tool: string
}

type Columns = NonNullable<Batch['tables'][TableName]>['columns']

function columnIndex(table: TableName, column: string): number {
  return tables[table].findIndex(({ name }) => name === column)
}

function noteTimes(table: TableName, columns: Columns, rows: Uint32Array, tally: FileTally): void {
  const column = columns[columnIndex(table, 'ts')]
  if (column?.wire !== 'i64') return
  for (const row of rows) {
    if (column.nulls[row] === 1) continue
    // The wire is unsigned; times before 1970 are negative.
    const us = BigInt.asIntN(64, BigInt(column.values[row] ?? 0))
    if (tally.firstUs === undefined || us < tally.firstUs) tally.firstUs = us
    if (tally.lastUs === undefined || us > tally.lastUs) tally.lastUs = us
  }
}

async function loadKeys(db: Database): Promise<KeySet> {
  const count = await db.get(
    z.object({ n: z.number() }),
    sql`
      SELECT (SELECT count(*) FROM access_event) + (SELECT count(*) FROM span) + (SELECT count(*) FROM log_record)
        + (SELECT count(*) FROM metric_point) AS n`,
  )
  const keys = new KeySet(count?.n ?? 0)
  for (const table of ['access_event', 'span', 'log_record', 'metric_point'])
    await db.numbers(sql`SELECT dup_key, dup_alt FROM ${sql.ident(table)}`, (values) => {
      for (const value of values) keys.add(value)
    })
  return keys
}

async function loadNextSeq(db: Database): Promise<bigint> {
  const row = await db.get(
    z.object({ n: z.number() }),
    sql`
      SELECT greatest(
        (SELECT coalesce(max(seq), 0) FROM access_event),
        (SELECT coalesce(max(seq), 0) FROM span),
        (SELECT coalesce(max(seq), 0) FROM log_record),
        (SELECT coalesce(max(seq), 0) FROM metric_point)) AS n`,
  )
  return BigInt(row?.n ?? 0) + 1n
}
