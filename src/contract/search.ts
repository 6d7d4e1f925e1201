import { z } from 'zod'
import { method } from './method'
import { Id64, Outcome, Scope, TimeUs } from './shared'

export const SearchHit = z.strictObject({
  eventId: Id64,
  tsUs: TimeUs.nullable(),
  source: z.string(),
  action: z.string().nullable(),
  actor: z.string().nullable(),
  outcome: Outcome,
  /** The record around the first place that matches; `match` is that place, as it is written there. */
  before: z.string(),
  match: z.string(),
  after: z.string(),
})
export type SearchHit = z.infer<typeof SearchHit>

export const searchMethods = {
  /**
   * Records that contain the text, the newest first, events without a time last. Hits come with the progress, slice by
   * slice; the result holds none of them. Stops at `limit` hits: `searched` says how far it came.
   */
  'events.search': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      text: z.string().min(1).max(1_000),
      caseSensitive: z.boolean().default(false),
      limit: z.int().min(1).max(100_000).default(1_000),
    }),
    result: z.strictObject({ searched: z.int(), total: z.int(), found: z.int(), truncated: z.boolean() }),
    progress: z.strictObject({
      searched: z.int(),
      total: z.int(),
      /** Everything up to this moment, going back in time, has been searched; null at the end and without times. */
      downToUs: TimeUs.nullable(),
      hits: z.array(SearchHit),
    }),
  }),
}
