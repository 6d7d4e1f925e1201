/** A redacted copy of the case as a package that can be given away. */
import { z } from 'zod'
import { StepProgress } from './case'
import { method } from './method'
import { Download, Sha256 } from './shared'

export const redactedKinds = ['secrets', 'mail', 'addresses', 'accounts', 'persons', 'hosts'] as const
export const RedactedKind = z.enum(redactedKinds)
export type RedactedKind = z.infer<typeof RedactedKind>

const LinkCounts = z.strictObject({ certain: z.int(), strong: z.int(), likely: z.int(), possible: z.int() })
export type LinkCounts = z.infer<typeof LinkCounts>

export const ShareSummary = z.strictObject({
  sizeBytes: z.int(),
  sha256: Sha256,
  /** How many different values were replaced, by kind; `own` are those of the own list. */
  replaced: z.record(z.string(), z.int()),
  /** Names that were left because the same word is part of the formats themselves; to be put on the own list where they must go. */
  kept: z.array(z.string()),
  /** Links of this case, and of the copy, which were found anew in its own rows. */
  links: z.strictObject({ original: LinkCounts, copy: LinkCounts }),
  /** How many places the second pass looked at: cells of tables, and files. */
  checked: z.strictObject({ cells: z.int(), files: z.int(), patterns: z.int() }),
})
export type ShareSummary = z.infer<typeof ShareSummary>

export const shareMethods = {
  /** `list`: own strings to remove, one a line; `re:` before an RE2 pattern. Nothing is given out where the second pass finds a removed value. */
  'case.share': method({
    params: z.strictObject({
      kinds: z.array(RedactedKind).max(redactedKinds.length),
      list: z.string().max(1_000_000).default(''),
    }),
    result: z.strictObject({ ...ShareSummary.shape, download: Download }),
    progress: StepProgress,
  }),
}
