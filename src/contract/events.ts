import { z } from 'zod'
import { method } from './method'
import { Id64, Row, Scope, TimeUs, TimeWindow, ValueCount } from './shared'

/** Stands for `tsUs` in the cursor of an event without a time (a row without `ts_us`); such events come last in every order. */
export const NO_TIME_US = 2 ** 62

/** Where a page begins: rows are ordered by time, then by arrival. */
export const Cursor = z.strictObject({ tsUs: TimeUs, seq: z.number() })
export type Cursor = z.infer<typeof Cursor>

export const FilterCheck = z.discriminatedUnion('ok', [
  z.strictObject({
    ok: z.literal(true),
    sql: z.string(),
    /** The top-level AND terms, for chips: each with its text and its place in the filter. */
    terms: z.array(z.strictObject({ text: z.string(), start: z.int(), end: z.int(), negated: z.boolean() })),
  }),
  z.strictObject({ ok: z.literal(false), message: z.string(), position: z.int(), suggestion: z.string().nullable() }),
])
export type FilterCheck = z.infer<typeof FilterCheck>

export const FieldInfo = z.strictObject({
  name: z.string(),
  column: z.string(),
  type: z.enum(['text', 'number', 'boolean', 'time', 'ip', 'list']),
  description: z.string(),
  aliases: z.array(z.string()),
})
export type FieldInfo = z.infer<typeof FieldInfo>

/** Columns of a table row: `event_id`, `seq`, `ts_us` plus the asked columns that are not null. */
export const EventRow = Row
export type EventRow = z.infer<typeof EventRow>

export const SourcePosition = z.strictObject({
  file: z.string(),
  sha256: z.string(),
  member: z.string().nullable(),
  recordNo: z.int(),
  line: z.int(),
  offset: z.int(),
  length: z.int(),
})
export type SourcePosition = z.infer<typeof SourcePosition>

export const eventMethods = {
  'filter.check': method({ params: z.strictObject({ filter: z.string() }), result: FilterCheck }),
  'fields.list': method({ params: z.strictObject({}), result: z.array(FieldInfo) }),
  /** Known values of a field that start with or contain `prefix`, most frequent first. */
  'fields.values': method({
    params: z.strictObject({
      field: z.string(),
      prefix: z.string().default(''),
      limit: z.int().min(1).max(200).default(20),
    }),
    result: z.array(ValueCount),
  }),
  /**
   * A page of events by keyset. `after` excludes the cursor row; `from` starts at a time. Rows come in the asked order
   * (`ts` ascending, `-ts` descending); `backward: true` gives the page *before* the cursor, still in that order.
   */
  'events.page': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      order: z.enum(['ts', '-ts']).default('ts'),
      after: Cursor.optional(),
      backward: z.boolean().default(false),
      fromUs: TimeUs.optional(),
      fields: z.array(z.string()).optional(),
      limit: z.int().min(1).max(5_000).default(200),
    }),
    result: z.strictObject({ rows: z.array(EventRow), more: z.boolean() }),
  }),
  /** How many events of the scope come before the cursor in the order: the row's index. */
  'events.rank': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      order: z.enum(['ts', '-ts']).default('ts'),
      cursor: Cursor,
    }),
    result: z.strictObject({ index: z.int(), total: z.int() }),
  }),
  'events.get': method({
    params: z.strictObject({ eventId: Id64 }),
    result: z.strictObject({ event: Row, raw: z.string(), position: SourcePosition }),
  }),
  'events.count': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      by: z.string().optional(),
      limit: z.int().min(1).max(10_000).default(100),
    }),
    result: z.strictObject({ count: z.int(), groups: z.array(ValueCount), truncated: z.boolean() }),
  }),
  /** `count[i]` covers `[startUs[i], startUs[i] + widthUs)`; `by` splits the same buckets by a field's values. */
  'events.histogram': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      buckets: z.int().min(1).max(4_000).default(200),
      by: z.string().optional(),
    }),
    result: z.strictObject({
      startUs: z.array(TimeUs),
      widthUs: z.number(),
      count: z.array(z.int()),
      by: z.record(z.string(), z.array(z.int())),
    }),
  }),
  /**
   * How the values of number, duration and time fields spread: bin `i` holds `edges[i] <= value < edges[i + 1]`, numbers
   * floored, times in microseconds. Without a value there are no edges.
   */
  'events.distributions': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      fields: z.array(z.string()).min(1).max(20),
      bins: z.int().min(1).max(200).default(30),
    }),
    result: z.array(
      z.strictObject({
        field: z.string(),
        scale: z.enum(['linear', 'log']),
        edges: z.array(z.number()),
        count: z.array(z.int()),
        absent: z.int(),
      }),
    ),
  }),
  'events.facets': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      fields: z.array(z.string()).min(1).max(40),
      /** Only values that contain this, whatever its case; absent ones then do not count. */
      match: z.string().max(200).default(''),
      order: z.enum(['top', 'rare']).default('top'),
      limit: z.int().min(1).max(200).default(10),
    }),
    result: z.array(z.strictObject({ field: z.string(), values: z.array(ValueCount), truncated: z.boolean() })),
  }),
  /** The leading values of each field with how many of their events failed; `distinct` counts all values. */
  'events.top': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      fields: z.array(z.string()).min(1).max(20),
      order: z.enum(['count', 'failed']).default('count'),
      limit: z.int().min(1).max(200).default(8),
    }),
    result: z.array(
      z.strictObject({
        field: z.string(),
        distinct: z.int(),
        absent: z.int(),
        values: z.array(z.strictObject({ value: z.string(), count: z.int(), failed: z.int() })),
      }),
    ),
  }),
  /** Stretches in which a source says nothing although its rhythm lets expect it, longest first. */
  'events.silences': method({
    params: z.strictObject({ scope: Scope.default({ filter: '' }), limit: z.int().min(1).max(200).default(20) }),
    result: z.array(z.strictObject({ source: z.string(), fromUs: TimeUs, toUs: TimeUs, usualUs: z.number() })),
  }),
  /** One lane per value of `laneBy`, with the same buckets for all, split by outcome; span lanes count span starts by service. */
  'timeline.lanes': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      window: TimeWindow,
      buckets: z.int().min(1).max(4_000),
      laneBy: z.string().default('source'),
      maxLanes: z.int().min(1).max(60).default(20),
    }),
    result: z.strictObject({
      startUs: TimeUs,
      widthUs: z.number(),
      buckets: z.int(),
      lanes: z.array(
        z.strictObject({
          kind: z.enum(['events', 'spans']),
          key: z.string(),
          total: z.int(),
          /** Sparse: bucket index, series (an outcome, or `ok` / `error` for spans), count. */
          cells: z.array(z.tuple([z.int(), z.string(), z.int()])),
        }),
      ),
      /** Values beyond `maxLanes` are in one lane `(other)`; nothing is left out. */
      folded: z.int(),
    }),
  }),
}
