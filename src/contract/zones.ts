/** What an import has to ask before it reads times: those that name no zone, or one that means several. */
import { z } from 'zod'
import { method } from './method'
import { TimeUs } from './shared'

/** One time of the data as an example. `localUs` counts what its clock showed as if it were UTC. */
const Example = z.strictObject({
  time: z.string(),
  localUs: TimeUs,
  /** The record or a part of it around the time; null where it is no text. */
  line: z.string().nullable(),
  /** Files in which such times were seen, and the names of some. */
  files: z.int(),
  fileNames: z.array(z.string()),
  /** What the case was told before; null where it was not asked yet. */
  earlier: z.string().nullable(),
})

/** Times of one format that name no zone. */
export const UnzonedTimes = z.strictObject({ format: z.string(), title: z.string(), ...Example.shape })
export type UnzonedTimes = z.infer<typeof UnzonedTimes>

/** Times in an abbreviation that means several zones, or none that is known; the frequent readings first. */
export const AmbiguousZone = z.strictObject({
  name: z.string(),
  ...Example.shape,
  readings: z.array(z.strictObject({ zone: z.string(), place: z.string() })),
})
export type AmbiguousZone = z.infer<typeof AmbiguousZone>

export const ZoneQuestions = z.strictObject({
  unzoned: z.array(UnzonedTimes),
  abbreviations: z.array(AmbiguousZone),
  /** Of `files` files so many were looked into, each at its beginning. */
  lookedAt: z.int(),
  files: z.int(),
})
export type ZoneQuestions = z.infer<typeof ZoneQuestions>

export const zoneMethods = {
  /**
   * Reads the beginning of each file (of many files, of some of each kind) as `import.start` would, and imports nothing.
   * A file that cannot be read is passed over: the import will say so.
   */
  'import.zones': method({
    params: z.strictObject({ sources: z.array(z.string()).min(1), format: z.string().optional() }),
    result: ZoneQuestions,
    progress: z.strictObject({ filesDone: z.int(), filesTotal: z.int() }),
  }),
  /** What a local time is in a zone: `us` is null where the zone skipped it; `problem` says why the text is no zone. */
  'import.timeIn': method({
    params: z.strictObject({ zone: z.string().max(100), localUs: z.int() }),
    result: z.strictObject({ us: TimeUs.nullable(), ambiguous: z.boolean(), problem: z.string().nullable() }),
  }),
}
