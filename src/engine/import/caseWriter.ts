/**
 * Puts what the parsing threads give into the case: whole files only, several small files or one large one in a
 * transaction, the account in the same transaction as the rows.
 */
import { z } from 'zod'
import type { FileAccount, Reject } from '../../contract/import'
import { Appenders, type Filled } from '../db/append'
import type { AppendColumn } from '../db/append/buffers'
import type { Database, Writer } from '../db/database'
import { sql } from '../db/sql'
import { childrenOf, keptParentsOf } from './childRows'
import { alternateMark } from './hash64'
import { KeySet } from './keySet'
import type { Batch } from './protocol'
import { isRootTable, parentTable, type TableName, tableNames, tables } from './tables'

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
  #series: KeySet
  /** Hashes of files whose account says so; those of a transaction that was given up may be among them. */
  readonly #refused: Set<string>
  #nextSeq: bigint
  /** There are some while a transaction is open. */
  #appenders: Appenders | undefined

  private constructor(db: Database, keys: KeySet, series: KeySet, refused: Set<string>, nextSeq: bigint) {
    this.#db = db
    this.#keys = keys
    this.#series = series
    this.#refused = refused
    this.#nextSeq = nextSeq
  }

  static async open(db: Database): Promise<CaseWriter> {
    return new CaseWriter(db, await loadKeys(db), await loadSeries(db), await loadRefused(db), await loadNextSeq(db))
  }

  /** Writes the rows of a batch that are not in the case yet. Opens a transaction where none is open. */
  async write(importId: number, batch: Batch, tally: FileTally): Promise<void> {
    await this.#db.write(async (connection) => {
      const appenders = await this.#begin(connection)
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
          : this.#newSeries(name, table.columns, childrenOf(table.owner, keptParentsOf(keptParents, parentTable(name))))
        if (rows.length === 0) continue
        if (isRootTable(name)) noteTimes(name, table.columns, rows, tally)
        await appenders.append(
          name,
          tables[name].map(({ target }) => target),
          this.#withFilled(name, table.columns, importId),
          rows,
        )
        this.#nextSeq += BigInt(rows.length)
        tally.rows[name] += rows.length
      }
      const kept = keptRecords.reduce((sum, one) => sum + one, 0)
      tally.kept += kept
      tally.duplicate += batch.emitted - kept
    })
  }

  async #begin(connection: Writer): Promise<Appenders> {
    if (this.#appenders === undefined) {
      await connection.run(sql`BEGIN TRANSACTION`)
      this.#appenders = new Appenders(connection.connection)
    }
    return this.#appenders
  }

  #withFilled(name: TableName, columns: readonly AppendColumn[], importId: number): (AppendColumn | Filled)[] {
    return columns.map((column, at) => {
      const spec = tables[name][at]
      if (spec?.from !== 'writer') return column
      return spec.name === 'seq' ? { from: this.#nextSeq } : { constant: importId }
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
      const alternate = alternates?.valid[row] === 1 ? BigInt(alternates.values[row] ?? 0) : undefined
      if (this.#keys.has(key) || (alternate === undefined && this.#keys.has(key ^ alternateMark))) continue
      this.#keys.add(key)
      if (alternate !== undefined) this.#keys.add(alternate)
      rows.push(row)
      keptRecords[owner[row] ?? 0] = 1
      if (keptRows !== undefined) keptRows[row] = 1
    }
    return Uint32Array.from(rows)
  }

  /** A series comes once a file at least; the case keeps the first. Rows of other tables pass. */
  #newSeries(name: TableName, columns: Columns, rows: Uint32Array): Uint32Array {
    if (name !== 'metric_series') return rows
    const ids = columns[columnIndex(name, 'series_id')]
    return rows.filter((row) => ids?.wire === 'u64' && this.#series.add(BigInt(ids.values[row] ?? 0)))
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
      await this.#begin(connection)
      const { records, rows } = account
      // A file that was refused before and comes again is told once.
      const old = this.#refused.has(account.sha256)
        ? await connection.all(
            z.object({ import_id: z.number() }),
            sql`
              SELECT import_id FROM source_file
              WHERE sha256 = ${account.sha256} AND status = 'refused' AND sha256 <> ${unknownHash}`,
          )
        : []
      if (account.status === 'refused') this.#refused.add(account.sha256)
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
          ${details.options}, ${details.tool},
          ${account.zones === null ? null : JSON.stringify(account.zones)})`)
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
      if (this.#appenders === undefined) return
      this.#appenders.close()
      await connection.run(sql`COMMIT`)
      this.#appenders = undefined
    })
  }

  /** Leaves the case as after the last commit. */
  async rollback(): Promise<void> {
    await this.#db.write(async (connection) => {
      if (this.#appenders === undefined) return
      try {
        this.#appenders.discard()
        await connection.run(sql`ROLLBACK`)
      } catch {
        // What broke the transaction has ended it.
      }
      this.#appenders = undefined
    })
    this.#keys = await loadKeys(this.#db)
    this.#series = await loadSeries(this.#db)
  }
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
    if (column.valid[row] !== 1) continue
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

async function loadSeries(db: Database): Promise<KeySet> {
  const series = new KeySet()
  await db.numbers(sql`SELECT series_id FROM metric_series`, (values) => {
    for (const value of values) series.add(value)
  })
  return series
}

async function loadRefused(db: Database): Promise<Set<string>> {
  const rows = await db.all(
    z.object({ sha256: z.string() }),
    sql`SELECT sha256 FROM source_file WHERE status = 'refused'`,
  )
  return new Set(rows.map(({ sha256 }) => sha256))
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
