import { z } from 'zod'
import { method } from './method'
import { Scope } from './shared'

/** One value that is more, or less, frequent in the region than in the rest. */
export const Difference = z.strictObject({
  /** `event`: a field of the events; `span`: a field of the spans that the events are linked to. */
  of: z.enum(['event', 'span']),
  field: z.string(),
  value: z.json(),
  /** Events with the value, of how many that could have it. */
  inside: z.int(),
  insideOf: z.int(),
  outside: z.int(),
  outsideOf: z.int(),
  /** `inside / insideOf − outside / outsideOf`. */
  shareDifference: z.number(),
  /** Corrected for all values that were compared. */
  p: z.number().min(0).max(1),
})
export type Difference = z.infer<typeof Difference>

export const contrastMethods = {
  /** Which values of which fields set the events of `region` apart from those of `against`, or from all others. */
  'events.contrast': method({
    params: z.strictObject({
      region: Scope,
      /** Events that are in both belong to the region. Left out: all events of the case. */
      against: Scope.optional(),
      fields: z.array(z.string()).min(1).max(60).optional(),
      limit: z.int().min(1).max(2_000).default(100),
    }),
    result: z.strictObject({
      inside: z.int(),
      outside: z.int(),
      /** How many values were compared: what `p` is corrected for. */
      compared: z.int(),
      /** How many of the differences have `p` below 0.05. */
      significant: z.int(),
      /** The significant ones first, the largest difference of shares first. */
      differences: z.array(Difference),
      truncated: z.boolean(),
    }),
    progress: z.strictObject({ field: z.string(), done: z.int(), total: z.int() }),
  }),
}
