/** What the analyst decides about links and clocks. */
import { z } from 'zod'
import { method } from './method'
import { Id64, SpanIdText, TimeUs, TraceIdText } from './shared'

export const ClockRow = z.strictObject({
  source: z.string(),
  /** Null for all services. */
  service: z.string().nullable(),
  /** How far the source's clock is ahead of the spans. */
  offsetUs: z.number(),
  /** Scatter around it (1.4826 × the median absolute deviation). */
  jitterUs: z.number(),
  driftPpm: z.number(),
  pairs: z.int(),
  /** `links`: exact links; `pairs`: pairs without a rival; `search`: a peak outside of the usual windows; `set`: by the analyst alone. */
  basis: z.enum(['links', 'pairs', 'search', 'set']),
  /** A better place for the clock that nobody has agreed to yet: links of the source stay possible until then. */
  suggested: z.boolean(),
  /** The analyst's decision, where there is one. */
  set: z.strictObject({ offsetUs: z.number(), enabled: z.boolean(), author: z.string(), at: z.string() }).nullable(),
  middleUs: TimeUs,
  text: z.string(),
})
export type ClockRow = z.infer<typeof ClockRow>

export const linkingMethods = {
  /** Confirms or rejects a link, or takes that back (null). It stands whatever later linkings find. */
  'links.decide': method({
    params: z.strictObject({
      eventId: Id64,
      traceId: TraceIdText,
      spanId: SpanIdText.nullable().default(null),
      verdict: z.enum(['confirmed', 'rejected']).nullable(),
    }),
    result: z.strictObject({}),
  }),
  'clocks.list': method({ params: z.strictObject({}), result: z.strictObject({ clocks: z.array(ClockRow) }) }),
  /** A named fact about a clock, on or off; stated times stay as they are. Links are found anew. */
  'clocks.set': method({
    params: z.strictObject({
      source: z.string().min(1).max(100),
      service: z.string().min(1).max(300).nullable().default(null),
      offsetUs: z.int().min(-86_400_000_000).max(86_400_000_000),
      enabled: z.boolean().default(true),
    }),
    result: z.strictObject({}),
  }),
}
