import { z } from 'zod'
import { MappingFile } from './mappingFile'
import { method } from './method'
import { Download, Sha256 } from './shared'

export const RecordCounts = z.strictObject({
  read: z.int(),
  kept: z.int(),
  duplicate: z.int(),
  skipped: z.int(),
  rejected: z.int(),
})
export type RecordCounts = z.infer<typeof RecordCounts>

export const RowCounts = z.strictObject({
  access_event: z.int(),
  span: z.int(),
  log_record: z.int(),
  metric_point: z.int(),
})
export type RowCounts = z.infer<typeof RowCounts>

/** Position in the decompressed member: 1-based line, 0-based byte offset, byte length. */
export const Reject = z.strictObject({
  member: z.string().nullable(),
  line: z.int(),
  offset: z.int(),
  length: z.int(),
  reason: z.string(),
})
export type Reject = z.infer<typeof Reject>

export const fileStatuses = ['imported', 'partial', 'refused', 'skipped', 'duplicate'] as const

/**
 * Records of a file whose times name no zone (`assumed`, read in `timeZone`, or in UTC where it is null), that stand in an
 * hour that occurred twice (`ambiguous`), times that do not exist in the zone (`missing`), and the abbreviations of
 * zones that were seen; one with `readAs` null was not read.
 */
export const ZoneAccount = z.strictObject({
  timeZone: z.string().nullable(),
  assumed: z.int(),
  ambiguous: z.int(),
  missing: z.int(),
  sample: z.string().nullable(),
  abbreviations: z.array(
    z.strictObject({ name: z.string(), records: z.int(), readAs: z.string().nullable(), sample: z.string() }),
  ),
})
export type ZoneAccount = z.infer<typeof ZoneAccount>

/** The import account of one file: kept + duplicate + skipped + rejected = read, always. At most 100 rejects. */
export const FileAccount = z.strictObject({
  name: z.string(),
  sha256: Sha256,
  sizeBytes: z.int(),
  formats: z.array(z.string()),
  status: z.enum(fileStatuses),
  records: RecordCounts,
  rows: RowCounts,
  firstTs: z.string().nullable(),
  lastTs: z.string().nullable(),
  rejects: z.array(Reject),
  limits: z.array(z.string()),
  /** Null where every time says what it means. */
  zones: ZoneAccount.nullable(),
})
export type FileAccount = z.infer<typeof FileAccount>

export const ImportResult = z.strictObject({
  files: z.array(FileAccount),
  totals: z.strictObject({ files: z.int(), ...RecordCounts.shape, ...RowCounts.shape }),
  elapsedMs: z.int(),
})
export type ImportResult = z.infer<typeof ImportResult>

export const ImportProgress = z.strictObject({
  phase: z.enum(['reading', 'linking']),
  fileName: z.string(),
  filesDone: z.int(),
  filesTotal: z.int(),
  bytesRead: z.int(),
  bytesTotal: z.int(),
  records: z.int(),
  recordsPerSecond: z.number(),
  bytesPerSecond: z.number(),
  etaMs: z.number().nullable(),
})
export type ImportProgress = z.infer<typeof ImportProgress>

export const FormatInfo = z.strictObject({
  id: z.string(),
  title: z.string(),
  source: z.string(),
  containers: z.array(z.string()),
  description: z.string(),
})
export type FormatInfo = z.infer<typeof FormatInfo>

/** Most bytes of evidence that one answer holds. */
export const MAX_EVIDENCE_BYTES = 65_536

/** Exact bytes of a member, with what is needed to read them. */
export const SourceBytes = z.strictObject({
  /** Where the bytes are from: the file itself or the copy that the case keeps. Its hash was checked. */
  from: z.enum(['original', 'copy']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be']),
  offset: z.int(),
  base64: z.string(),
  /** The member ends with these bytes. */
  atEnd: z.boolean(),
})
export type SourceBytes = z.infer<typeof SourceBytes>

export const importMethods = {
  /** Imports the sources into the open case and links what was added. Whole files only, also when cancelled. */
  'import.start': method({
    params: z.strictObject({
      sources: z.array(z.string()).min(1),
      copy: z.boolean().default(false),
      format: z.string().optional(),
      timeZone: z.string().optional(),
      /** Zones by the abbreviations that the data has: `{ IST: 'Asia/Kolkata' }`. */
      zoneNames: z.record(z.string(), z.string()).default({}),
      /** Zones of times that name none, by the id of their format; they go before `timeZone`. */
      formatZones: z.record(z.string(), z.string()).default({}),
      /** `log_line_prefix` of the PostgreSQL servers whose plain logs are imported. */
      pgPrefix: z.string().optional(),
      /** Saved in the case and tried first, before those that it has already. */
      mappings: z.array(MappingFile).max(100).default([]),
      /** A list of hashes as `sha256sum` writes it: nothing is imported unless all files are those of the list. */
      expected: z.string().max(50_000_000).optional(),
    }),
    result: ImportResult,
    progress: ImportProgress,
  }),
  'import.sources': method({ params: z.strictObject({}), result: z.array(FileAccount) }),
  'import.rejects': method({
    params: z.strictObject({
      sha256: Sha256.optional(),
      offset: z.int().min(0).default(0),
      limit: z.int().min(1).max(10_000).default(100),
    }),
    result: z.strictObject({
      rejects: z.array(z.strictObject({ file: z.string(), sha256: Sha256, ...Reject.shape })),
      total: z.int(),
    }),
  }),
  /** All rejects of a file or of the case as one file to take away; CSV is safe to open in a spreadsheet. */
  'import.exportRejects': method({
    params: z.strictObject({ sha256: Sha256.optional(), format: z.enum(['csv', 'json']) }),
    result: Download,
  }),
  /**
   * Bytes of a file of the case, as positions of events and rejects name them: inside a container they are those of the
   * unpacked member. Fails with `not-found` where the file is not at hand and `source.unreadable` where it has changed.
   */
  'import.bytes': method({
    params: z.strictObject({
      sha256: Sha256,
      member: z.string().nullable().default(null),
      offset: z.int().min(0).default(0),
      length: z.int().min(1).max(MAX_EVIDENCE_BYTES).default(4_096),
    }),
    result: SourceBytes,
  }),
  'import.formats': method({ params: z.strictObject({}), result: z.array(FormatInfo) }),
}
