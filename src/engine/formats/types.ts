/**
 * What a format is. A format reads records of one or more carriers (JSON values, CSV records, text lines, protobuf
 * messages) and emits rows. It never touches files, archives, offsets or the database: the import pipeline frames the
 * bytes, hands over one record at a time and does the accounting.
 */
import type { JsonValue } from '../../common/json'
import type { WallClock } from '../../common/time'
import type {
  AccessEventRow,
  LogRecordRow,
  MetricPointRow,
  MetricSeriesRow,
  SpanEventRow,
  SpanLinkRow,
  SpanRow,
} from '../db/rows'

/** Where a record stands in the decompressed member. `line` is 1-based, `offset` and `length` are bytes. */
export interface RecordAt {
  readonly recordNo: number
  readonly line: number
  readonly offset: number
  readonly length: number
  /** The record's own text: what `raw` shows. For a record inside a string or an envelope, the inner text. */
  readonly raw: () => string
  /** The bytes of `raw` where they are at hand; only while the record is handed over. For the pipeline. */
  readonly bytes?: () => Uint8Array | undefined
  /** True where `raw` is JSON without white space between its tokens; false where it is not; left out: not known. */
  readonly compact?: boolean
}

/**
 * A row with what makes it the same row elsewhere. Without `identity` the pipeline takes source, source event id and
 * content (or content and occurrence where there is no id). `content` stands for the record's own text where renderings
 * of one record differ in it; all rows of a record state the same. `alternate` names the same record as a poorer
 * rendering would: it matches a row that has only an alternate.
 */
export type EmittedRow =
  | {
      readonly table: 'access_event'
      readonly row: AccessEventRow
      readonly content?: string
      readonly identity?: string | null
      readonly alternate?: string
    }
  | {
      readonly table: 'span'
      readonly row: SpanRow
      readonly events?: readonly SpanEventRow[]
      readonly links?: readonly SpanLinkRow[]
      readonly identity?: string | null
      readonly alternate?: string
    }
  | {
      readonly table: 'log_record'
      readonly row: LogRecordRow
      readonly content?: string
      readonly identity?: string | null
      readonly alternate?: string
    }
  | {
      readonly table: 'metric_point'
      readonly row: MetricPointRow
      readonly series: MetricSeriesRow
      /** Left out: series, time, value and details. */
      readonly identity?: string | null
      readonly alternate?: string
    }

/** Each record must reach exactly one of these, sooner or later (a session may hold records until `end`). */
export interface Sink {
  /** The record is kept and gives these rows; an empty list means that it was merged into another record's row. */
  emit(at: RecordAt, rows: readonly EmittedRow[]): void
  /** Recognised, and on purpose not imported (a digest, an earlier stage of the same request). */
  skip(at: RecordAt, reason: string): void
  /** Cannot be used: counted, listed with position and reason. */
  reject(at: RecordAt, reason: string): void
}

export interface SessionOptions {
  /** What times mean that name no zone, or name one by an abbreviation: as the analyst said, and UTC otherwise. */
  readonly wallClock: WallClock
  /** Label of the member (a path inside an archive or folder), for cluster and account hints. */
  readonly memberName: string
  readonly sink: Sink
}

/**
 * A place in a JSON document where records are found, e.g. `['Records', '*']` or
 * `['resourceSpans', '*', 'scopeSpans', '*', 'spans', '*']`; `*` is any array element. Values at `context` paths
 * (relative to the ancestors of the record, e.g. `['resourceSpans', '*', 'resource']`) are parsed and handed along.
 * Context may come after the records in the text (Jaeger's `processes`): the framer then holds the records back.
 */
export interface JsonLayout {
  readonly id: string
  readonly records: readonly string[]
  readonly context: readonly (readonly string[])[]
}

/** Context values of a record by their last path element, innermost wins: `{ resource, scope }`, `{ processes, traceID }`. */
export type JsonContext = Readonly<Record<string, JsonValue>>

export interface JsonSession {
  record(value: JsonValue, context: JsonContext, at: RecordAt): void
  end(): void
}

export interface JsonReader {
  /** Layouts beyond "each root value, each element of a root array". */
  readonly layouts: readonly JsonLayout[]
  /**
   * 0 (not mine) to 1 (certain). Called with the first records and again when the previous reader no longer matches.
   * `layout` is the id of the layout that the record came by, if any.
   */
  match(value: JsonValue, layout: string | undefined): number
  /**
   * Peels an envelope that holds records of this format inside one value (EventBridge `detail`, CloudWatch
   * `logEvents[].message`, `_raw`). Returns the inner records, or undefined where the value is a record itself.
   */
  unwrap?(value: JsonValue): readonly InnerRecord[] | undefined
  /**
   * A value that is nothing on its own but may go on with the record before, such as a further line of a message. Asked
   * of the reader of the record before, where no format claims the value.
   */
  continues?(value: JsonValue): boolean
  open(options: SessionOptions): JsonSession
}

/** A record inside an envelope: its text where it stands in a string, or its path where it is a nested value. */
export type InnerRecord = { readonly text: string } | { readonly path: readonly string[]; readonly value: JsonValue }

export interface CsvSession {
  record(fields: readonly string[], at: RecordAt): void
  end(): void
}

export interface CsvReader {
  /** What stands between fields; a comma where none is named. */
  readonly delimiter?: string
  /** `first` is the first record, `second` the next one. `header` says that the first record names the columns. */
  match(
    first: readonly string[],
    second: readonly string[] | undefined,
  ): { readonly score: number; readonly header: boolean }
  open(options: SessionOptions, header: readonly string[] | undefined): CsvSession
}

export interface TextSession {
  /** One record: its physical lines joined with LF, the last line end left out. */
  record(text: string, at: RecordAt): void
  end(): void
}

export interface TextReader {
  /** 0 to 1 for the first lines of the member (at most 200, at most 64 KiB). */
  match(lines: readonly string[]): number
  /**
   * A grouping for this member: the function says whether a physical line begins a record; a line that begins none
   * belongs to the record before (and is a reject where there is none).
   */
  begins(sample: readonly string[]): (line: string) => boolean
  open(options: SessionOptions, sample: readonly string[]): TextSession
}

export interface BinarySession {
  /** One message at the top level of the member, e.g. one ResourceSpans; `recordNo` counts on from `firstRecordNo`. */
  message(bytes: Uint8Array, offset: number, nextRecordNo: () => number): void
  end(): void
}

export interface BinaryReader {
  /** Looks at the first bytes of the member; `complete` says that they are all of it. */
  match(head: Uint8Array, complete: boolean): number
  /** Cuts the member into messages as bytes arrive; see import/framing/protobuf. */
  readonly framing: 'protobuf-field-1' | 'length-prefixed-be32' | 'length-prefixed-varint'
  open(options: SessionOptions): BinarySession
}

export interface Format {
  /** Stable id, as `crosstrail formats` prints it and `--format` takes it. */
  readonly id: string
  readonly title: string
  /** Value of the `source` column, or `trace` for formats of spans. */
  readonly source: string
  readonly containers: readonly string[]
  readonly description: string
  readonly json?: JsonReader
  readonly csv?: CsvReader
  readonly text?: TextReader
  readonly binary?: readonly BinaryReader[]
  /**
   * Asked once a member, with its first bytes, before anything else: false leaves the format out there. For formats
   * made from mappings, whose layouts must not cut members that are not theirs.
   */
  claims?(head: Buffer, complete: boolean): boolean
}

export type { JsonValue }
