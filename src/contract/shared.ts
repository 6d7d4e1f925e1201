import { z } from 'zod'

/** Microseconds since the epoch, UTC. Years beyond 2255 pass 2^53 and lose their last digits on the wire. */
export const TimeUs = z.number()

/** Half-open: `fromUs <= ts < toUs`. */
export const TimeWindow = z.strictObject({ fromUs: TimeUs, toUs: TimeUs })
export type TimeWindow = z.infer<typeof TimeWindow>

/** A 64-bit number as decimal text. */
export const Id64 = z.string().regex(/^\d{1,20}$/)

export const TraceIdText = z.string().regex(/^[0-9a-f]{32}$/)
export const SpanIdText = z.string().regex(/^[0-9a-f]{16}$/)
export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Text in the filter language; empty means everything. */
export const FilterText = z.string().max(20_000)

/** What narrows a question: a filter, a time window, or both. */
export const Scope = z.strictObject({ filter: FilterText.default(''), window: TimeWindow.optional() })
export type Scope = z.infer<typeof Scope>

export const outcomes = ['success', 'denied', 'auth_failed', 'throttled', 'failed', 'interrupted', 'unknown'] as const
export const Outcome = z.enum(outcomes)
export type Outcome = z.infer<typeof Outcome>

export const linkLevels = ['certain', 'strong', 'likely', 'possible'] as const
export const LinkLevel = z.enum(linkLevels)
export type LinkLevel = z.infer<typeof LinkLevel>

/** A row taken from a table: snake_case column names, 64-bit numbers as text, null columns left out. */
export const Row = z.record(z.string(), z.json())
export type Row = z.infer<typeof Row>

export const ValueCount = z.strictObject({ value: z.json(), count: z.int() })

/** A file the engine wrote for the person to take away; the host turns `ref` into a download or a save dialog. */
export const Download = z.strictObject({
  ref: z.string(),
  fileName: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
})
export type Download = z.infer<typeof Download>
