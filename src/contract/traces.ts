import { z } from 'zod'
import { method } from './method'
import { FilterText, Id64, LinkLevel, Row, Scope, SpanIdText, TimeUs, TimeWindow, TraceIdText } from './shared'

export const SpanRow = z.strictObject({
  trace_id: TraceIdText,
  span_id: SpanIdText,
  parent_span_id: SpanIdText.nullable(),
  name: z.string(),
  kind: z.string(),
  service: z.string().nullable(),
  start_ns: z.string(),
  duration_ns: z.string(),
  status: z.string(),
  status_message: z.string().nullable(),
  attributes: Row,
  resource: Row,
})
export type SpanRow = z.infer<typeof SpanRow>

export const TreeSpan = z.strictObject({
  ...SpanRow.shape,
  /** Place in the tree, 0 for a root. Draw by this and the order: one id may stand for two spans (client and server). */
  depth: z.int().min(0).optional(),
  children: z.array(SpanIdText),
  events: z.array(Id64),
  /** OpenTelemetry span events (logs, exceptions), in time order. */
  span_events: z.array(z.strictObject({ name: z.string(), time_ns: z.string(), attributes: Row })),
})
export type TreeSpan = z.infer<typeof TreeSpan>

export const TraceTree = z.strictObject({
  traceId: TraceIdText,
  /** Depth first, children by start time; spans whose parent is not in the case are roots. */
  spans: z.array(TreeSpan),
  services: z.array(z.string()),
  startNs: z.string(),
  durationNs: z.string(),
})
export type TraceTree = z.infer<typeof TraceTree>

export const TraceSummary = z.strictObject({
  traceId: TraceIdText,
  rootName: z.string(),
  rootService: z.string().nullable(),
  startUs: TimeUs,
  durationUs: z.number(),
  spanCount: z.int(),
  errorCount: z.int(),
  services: z.array(z.string()),
  eventCount: z.int(),
  deniedCount: z.int(),
})
export type TraceSummary = z.infer<typeof TraceSummary>

export const Evidence = z.strictObject({
  item: z.string(),
  event_value: z.string().nullable(),
  span_value: z.string().nullable(),
  weight: z.number(),
  text: z.string(),
})

export const LinkRow = z.strictObject({
  event_id: Id64,
  trace_id: TraceIdText.nullable(),
  span_id: SpanIdText.nullable(),
  level: LinkLevel,
  score: z.number(),
  probability: z.number().nullable(),
  margin: z.number().nullable(),
  rivals: z.int(),
  method: z.string(),
  verdict: z.string().nullable(),
  /** Why, in a few sentences; links by id say it in their evidence. */
  summary: z.string().optional(),
  evidence: z.array(Evidence),
})
export type LinkRow = z.infer<typeof LinkRow>

export const LinkResult = z.strictObject({
  links: z.strictObject({ certain: z.int(), strong: z.int(), likely: z.int(), possible: z.int() }),
  events: z.int(),
  spans: z.int(),
  elapsedMs: z.int(),
})
export type LinkResult = z.infer<typeof LinkResult>

export const traceMethods = {
  /** Traces whose spans match `text` (name, service, trace id) within the window; also those that events of `events` link to. */
  'traces.search': method({
    params: z.strictObject({
      text: z.string().max(500).default(''),
      service: z.string().optional(),
      errorsOnly: z.boolean().default(false),
      /** Only traces with a linked event that matches this filter. */
      events: FilterText.default(''),
      /** Only traces with a span that matches this filter of spans. */
      spans: FilterText.default(''),
      window: TimeWindow.optional(),
      order: z.enum(['-start', 'start', '-duration', '-spans', '-errors']).default('start'),
      limit: z.int().min(1).max(2_000).default(200),
    }),
    result: z.strictObject({ traces: z.array(TraceSummary), total: z.int(), truncated: z.boolean() }),
  }),
  'traces.get': method({ params: z.strictObject({ traceId: TraceIdText }), result: TraceTree }),
  'spans.list': method({
    params: z.strictObject({ where: FilterText.default(''), limit: z.int().min(1).max(1_000_000).default(1_000) }),
    result: z.strictObject({ spans: z.array(SpanRow), truncated: z.boolean() }),
  }),
  'links.compute': method({
    params: z.strictObject({}),
    result: LinkResult,
    progress: z.strictObject({ step: z.string(), done: z.number(), total: z.number() }),
  }),
  /** Links of one event, of one trace, or of all events of a filter. */
  'links.list': method({
    params: z.strictObject({
      eventId: Id64.optional(),
      traceId: TraceIdText.optional(),
      where: FilterText.default(''),
      limit: z.int().min(1).max(1_000_000).default(1_000),
    }),
    result: z.strictObject({ links: z.array(LinkRow), truncated: z.boolean() }),
  }),
}

export const GraphNode = z.strictObject({
  id: z.string(),
  /** `actor`, `session`, `role`, `service` or `resource`. */
  kind: z.string(),
  label: z.string(),
  count: z.int(),
})
export const GraphEdge = z.strictObject({
  source: z.string(),
  target: z.string(),
  count: z.int(),
  denied: z.int(),
  firstTs: z.string(),
  lastTs: z.string(),
})
export const AccessGraph = z.strictObject({
  nodes: z.array(GraphNode),
  edges: z.array(GraphEdge),
  truncated: z.boolean(),
})
export type GraphNode = z.infer<typeof GraphNode>
export type GraphEdge = z.infer<typeof GraphEdge>
export type AccessGraph = z.infer<typeof AccessGraph>

export const graphMethods = {
  /** Actor → role or session → service → resource, aggregated; the strongest edges first when capped. */
  'graph.access': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      maxNodes: z.int().min(2).max(5_000).default(120),
      /** Node ids to keep even when their count would not make the cut. */
      pinned: z.array(z.string()).max(200).default([]),
    }),
    result: AccessGraph,
  }),
}
