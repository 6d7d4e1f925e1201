/** Methods about mappings: propose one from a file, try it on a file, keep it in the case, import with it. */
import { z } from 'zod'
import { ImportProgress, ImportResult } from './import'
import { MappingFile, MappingId, MappingMatch, MappingRule, MappingTime } from './mappingFile'
import { method } from './method'
import { Row, Sha256 } from './shared'

/** A file that the host handed out, or one that the case has an account of (also one that was refused). */
export const MappingSource = z.union([z.strictObject({ ref: z.string() }), z.strictObject({ sha256: Sha256 })])
export type MappingSource = z.infer<typeof MappingSource>

/** What the values of a field look like. */
export const valueShapes = [
  'email',
  'address',
  'rfc3339',
  'epoch',
  'written-time',
  'date',
  'time-of-day',
  'uuid',
  'trace-id',
  'span-id',
  'http-status',
  'http-method',
  'path',
  'user-agent',
  'outcome-word',
  'verb',
  'boolean',
  'number',
  'json',
] as const
export type ValueShape = (typeof valueShapes)[number]

/** One place of the sampled records: how often it says something, and what. */
export const SampledField = z.strictObject({
  /** A path or a column, as a mapping names it. */
  place: z.string(),
  filled: z.int(),
  distinct: z.int(),
  /** The most frequent first; long texts are cut. */
  values: z.array(z.strictObject({ value: z.string(), count: z.int() })),
  shapes: z.array(z.enum(valueShapes)),
})
export type SampledField = z.infer<typeof SampledField>

/** A mapping that may still lack what a mapping file must say. */
export const MappingDraft = z.strictObject({
  version: z.literal(1),
  name: z.string(),
  system: z.string().optional(),
  match: MappingMatch.optional(),
  records: z.string().optional(),
  time: MappingTime.optional(),
  columns: z.record(z.string(), MappingRule),
  id: MappingId.optional(),
})
export type MappingDraft = z.infer<typeof MappingDraft>

export const MappingSuggestion = z.strictObject({
  carrier: z.enum(['csv', 'json']),
  member: z.string().nullable(),
  delimiter: z.string().nullable(),
  recordsPath: z.string().nullable(),
  /** Records that were looked at; `truncated`: there are more. */
  records: z.int(),
  truncated: z.boolean(),
  fields: z.array(SampledField),
  /** The first records: their line and the text of each field, in the order of `fields`. */
  preview: z.array(z.strictObject({ line: z.int(), cells: z.array(z.string().nullable()) })),
  draft: MappingDraft,
  /** Why each part of the draft is as it is; `target` is a column, `time` or `id`. */
  reasons: z.array(z.strictObject({ target: z.string(), place: z.string(), reason: z.string() })),
  /** What the analyst has to decide. */
  warnings: z.array(z.string()),
})
export type MappingSuggestion = z.infer<typeof MappingSuggestion>

export const MappingTrial = z.strictObject({
  records: z.int(),
  mapped: z.int(),
  failed: z.int(),
  /** The trial stopped before the end of the file. */
  truncated: z.boolean(),
  /** The first rows, as the case would hold them. */
  rows: z.array(z.strictObject({ line: z.int(), row: Row })),
  failures: z.array(z.strictObject({ member: z.string().nullable(), line: z.int(), reason: z.string() })),
  /** Values that did not fit their column: the row goes without them. */
  misfits: z.array(z.strictObject({ column: z.string(), reason: z.string(), count: z.int(), line: z.int() })),
})
export type MappingTrial = z.infer<typeof MappingTrial>

export const SavedMapping = z.strictObject({
  hash: Sha256,
  mapping: MappingFile,
  savedAt: z.string(),
  savedBy: z.string(),
  /** How many times a mapping of this name was saved, up to this one. */
  revision: z.int(),
})
export type SavedMapping = z.infer<typeof SavedMapping>

export const mappingMethods = {
  /** Reads the text of a mapping file; a fault is told with its line. */
  'mapping.read': method({
    params: z.strictObject({ text: z.string().max(1_000_000) }),
    result: z.strictObject({ mapping: MappingFile, hash: Sha256 }),
  }),
  'mapping.suggest': method({
    params: z.strictObject({ source: MappingSource, records: z.int().min(1).max(5_000).default(500) }),
    result: MappingSuggestion,
  }),
  'mapping.test': method({
    params: z.strictObject({
      source: MappingSource,
      mapping: MappingFile,
      /** Stops after so many records. */
      records: z.int().min(1).max(10_000_000).default(5_000),
      rows: z.int().min(0).max(200).default(10),
    }),
    result: MappingTrial,
  }),
  /** Keeps the mapping in the case; imports try it from then on. Of equal names the last one is in force. */
  'mapping.save': method({ params: z.strictObject({ mapping: MappingFile }), result: SavedMapping }),
  'mapping.list': method({ params: z.strictObject({}), result: z.array(SavedMapping) }),
  /** Imports try it no more; the journal keeps what it said. */
  'mapping.remove': method({ params: z.strictObject({ name: z.string() }), result: z.strictObject({}) }),
  /** Saves the mapping and imports one file by it and nothing else. */
  'mapping.import': method({
    params: z.strictObject({ source: MappingSource, mapping: MappingFile }),
    result: ImportResult,
    progress: ImportProgress,
  }),
}
