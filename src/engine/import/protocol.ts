/** What the parsing threads and the thread that owns DuckDB say to each other. */
import type { Reject, ZoneAccount } from '../../contract/import'
import type { MappingFile } from '../../contract/mappingFile'
import type { TableBatch } from './columns'
import type { TableName } from './tables'

/** A mapping of the analyst's as it stands in the journal. `hash`: SHA-256 of its canonical JSON. */
export interface StoredMapping {
  readonly hash: string
  readonly mapping: MappingFile
}

export interface ParseOptions {
  readonly format?: string
  /** `log_line_prefix` of PostgreSQL's plain logs. */
  readonly pgPrefix?: string
  /** Tried beside the formats of the registry, in this order. */
  readonly mappings?: readonly StoredMapping[]
  /** Zone of times that name none, and zones by abbreviation, as the analyst said. */
  readonly timeZone?: string
  readonly zoneNames?: Readonly<Record<string, string>>
  readonly formatZones?: Readonly<Record<string, string>>
}

export interface FileTask {
  readonly fileNo: number
  /** Absolute path; stays in the process. */
  readonly path: string
  /** Label for people: relative to what they named. */
  readonly name: string
  readonly options: ParseOptions
}

/** Rows of whole records. `emitted` is the number of records that have rows in this batch. */
export interface Batch {
  readonly tables: Partial<Record<TableName, TableBatch>>
  readonly emitted: number
}

export interface FileOutcome {
  readonly formats: readonly string[]
  /** Records that gave rows are counted by the writer (kept or duplicate); these were merged into others' rows. */
  readonly merged: number
  readonly skipped: number
  readonly rejected: number
  /** At most `maxListedRejects`; the rest are counted. */
  readonly rejects: readonly Reject[]
  readonly limits: readonly string[]
  readonly zones: ZoneAccount | null
  /** Nothing in the file was of a known format: the best guess and why. */
  readonly refusal?: string
  readonly sizeBytes: number
}

export type FromWorker =
  | { readonly kind: 'hashed'; readonly fileNo: number; readonly sha256: string; readonly sizeBytes: number }
  | { readonly kind: 'batch'; readonly fileNo: number; readonly batch: Batch }
  | { readonly kind: 'progress'; readonly fileNo: number; readonly bytesRead: number; readonly records: number }
  | { readonly kind: 'done'; readonly fileNo: number; readonly outcome: FileOutcome }
  /** The file is in the case already. */
  | { readonly kind: 'left'; readonly fileNo: number }
  | {
      readonly kind: 'failed'
      readonly fileNo: number
      readonly reason: string
      readonly cancelled: boolean
      /** For the log only. */
      readonly detail: string
    }

export type ToWorker =
  | { readonly kind: 'parse'; readonly task: FileTask }
  /** Go on with the file after its hash is known, or leave it: it is in the case already. */
  | { readonly kind: 'verdict'; readonly fileNo: number; readonly go: boolean }
  | { readonly kind: 'ack'; readonly fileNo: number }
  | { readonly kind: 'cancel' }

/** The worker's side of the protocol, so that parsing can also run in the same thread (tests). */
export interface ParsePort {
  hashed(sha256: string, sizeBytes: number): Promise<boolean>
  /** Resolves when the receiver has room for more. Rejects with `cancelled`. */
  batch(batch: Batch): Promise<void>
  progress(bytesRead: number, records: number): void
  readonly cancelled: boolean
}

/** Every reject is stored with the case; these bound one message, in number and in the text of reasons. */
export const maxRejectsPerFile = 1_000_000
export const maxRejectChars = 2 ** 26
