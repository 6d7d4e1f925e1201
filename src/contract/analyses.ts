/** What links and their absence say: coverage, accesses out of band, audit gaps, paths to denial. */
import { z } from 'zod'
import { method } from './method'
import { FilterText, Id64, LinkLevel, Outcome, Row, Scope, SpanIdText, TimeUs, TraceIdText } from './shared'

/** The cell of the coverage map that a conclusion rests on. */
export const CoverageCell = z.strictObject({ source: z.string(), area: z.string(), fromUs: TimeUs, toUs: TimeUs })
export type CoverageCell = z.infer<typeof CoverageCell>

export const coverageStates = ['covered', 'sampled', 'uncovered', 'silent', 'traced', 'empty'] as const
/**
 * `covered`: events, and traces that reach them, all kept; `sampled`: the same, but only a share is kept or linked;
 * `uncovered`: events and no trace; `silent`: the source says nothing while calls that it usually records are traced;
 * `traced`: spans only; `empty`: nothing.
 */
export const CoverageState = z.enum(coverageStates)
export type CoverageState = z.infer<typeof CoverageState>

/** Share of the accesses of traced clients that come with a trace. */
export const TraceRate = z.strictObject({
  value: z.number().min(0).max(1),
  /** 95 % interval; as `value` where the rate is declared. */
  low: z.number(),
  high: z.number(),
  /** `declared`: the spans state it; `estimated`: from `n` accesses of clients that come with traces. */
  basis: z.enum(['declared', 'estimated']),
  n: z.int(),
})
export type TraceRate = z.infer<typeof TraceRate>

export const CoverageRow = z.strictObject({
  /** `area`: accesses of one source to one area; `service`: the spans of one service. */
  kind: z.enum(['area', 'service']),
  source: z.string().nullable(),
  /** A database, a cloud service, a namespace; the name of the service in rows of services. */
  area: z.string(),
  events: z.int(),
  linked: z.int(),
  /** Spans of the services whose traces reach the area; of a service: all its spans. */
  spans: z.int(),
  services: z.array(z.string()),
  rate: TraceRate.nullable(),
  /** What the spans declare, beside an estimate. */
  declared: z.number().nullable(),
  /** [bucket, events, linked, spans, state], only where there is something. */
  cells: z.array(z.tuple([z.int(), z.int(), z.int(), z.int(), CoverageState])),
})
export type CoverageRow = z.infer<typeof CoverageRow>

/** A stretch in which a source states nothing, far longer than its usual pauses. */
export const Silence = z.strictObject({
  source: z.string(),
  fromUs: TimeUs,
  toUs: TimeUs,
  /** The pause that 99 of 100 events of the source do not outlast. */
  usualUs: z.number(),
  /** Spans inside of kinds that the source usually records. */
  spans: z.int(),
  /** So many of them would have left events, by the share that usually does. */
  expected: z.number(),
  text: z.string(),
})
export type Silence = z.infer<typeof Silence>

export const CoverageMap = z.strictObject({
  startUs: TimeUs,
  widthUs: z.number(),
  buckets: z.int(),
  rows: z.array(CoverageRow),
  silences: z.array(Silence),
  truncated: z.boolean(),
})
export type CoverageMap = z.infer<typeof CoverageMap>

export const accessVerdicts = ['explained', 'explainable', 'out_of_coverage', 'out_of_band'] as const
export const AccessVerdict = z.enum(accessVerdicts)
export type AccessVerdict = z.infer<typeof AccessVerdict>

/** Accesses that belong together, as they were judged together. */
export const BandGroup = z.strictObject({
  id: z.string(),
  /**
   * `identity`: the identity comes with traces elsewhere; `resource`: the resource is reached with traces by others.
   */
  basis: z.enum(['identity', 'resource']),
  source: z.string(),
  area: z.string(),
  resources: z.array(z.string()),
  actor: z.string().nullable(),
  /** The actor's key, for a filter. */
  actorKey: z.string().nullable(),
  client: z.string().nullable(),
  address: z.string().nullable(),
  session: z.string().nullable(),
  /** Accesses of the group that are out of band, and all of its accesses. */
  outOfBand: z.int(),
  events: z.int(),
  denied: z.int(),
  rows: z.number().nullable(),
  tickets: z.array(z.string()),
  fromUs: TimeUs,
  toUs: TimeUs,
  /** Independent requests (accesses less than a second apart count once), and those without a trace. */
  units: z.int(),
  unlinkedUnits: z.int(),
  /** What it is compared with: accesses, and how many of them come with a trace. */
  comparedWith: z.int(),
  comparedLinked: z.int(),
  /** Others that name a trace which is not here (not kept, or not exported). */
  comparedNamed: z.int(),
  expectedShare: z.number(),
  /** Probability of so many unlinked requests by chance. */
  tail: z.number(),
  cell: CoverageCell,
  text: z.string(),
})
export type BandGroup = z.infer<typeof BandGroup>

export const JudgedEvent = z.strictObject({
  event_id: Id64,
  ts: z.string().nullable(),
  verdict: AccessVerdict,
  source: z.string(),
  area: z.string(),
  resource: z.string().nullable(),
  action: z.string().nullable(),
  outcome: z.string(),
  actor: z.string().nullable(),
  address: z.string().nullable(),
  client: z.string().nullable(),
  group: z.string().nullable(),
  cell: CoverageCell.nullable(),
  reason: z.string(),
})
export type JudgedEvent = z.infer<typeof JudgedEvent>

export const AuditGap = z.strictObject({
  trace_id: TraceIdText,
  span_id: SpanIdText,
  ts: z.string(),
  service: z.string().nullable(),
  name: z.string(),
  /** `database`, `kubernetes`, `cloud` or `route`. */
  kind: z.enum(['database', 'kubernetes', 'cloud', 'route']),
  /** The source that records such calls. */
  source: z.string(),
  status: z.string(),
  what: z.string().nullable(),
  /** Of such spans in this case, so many have an event. */
  alike: z.int(),
  alikeLinked: z.int(),
  /** Inside a silence of the source. */
  silent: z.boolean(),
  cell: CoverageCell,
  reason: z.string(),
})
export type AuditGap = z.infer<typeof AuditGap>

export const stepKinds = ['identity', 'session', 'role', 'change', 'span', 'denial', 'missing'] as const

/** A place on the path. `facts` are columns and attributes as they are stated. */
export const PathStep = z.strictObject({
  kind: z.enum(stepKinds),
  ts: z.string().nullable(),
  title: z.string(),
  text: z.string(),
  event_id: Id64.nullable(),
  trace_id: TraceIdText.nullable(),
  span_id: SpanIdText.nullable(),
  /** `root`, `first_error`, `identity_change`, `failing`, `pivot`, `denied`; of a role `issued_key`, `named_key` or `stated`; `access_key`. */
  marks: z.array(z.string()),
  facts: Row,
})
export type PathStep = z.infer<typeof PathStep>

export const Pivot = z.strictObject({
  event_id: Id64,
  ts: z.string(),
  source: z.string(),
  actor: z.string().nullable(),
  action: z.string().nullable(),
  activity: z.string().nullable(),
  resource: z.string().nullable(),
  score: z.number(),
  /** Microseconds from the change to the denial. */
  beforeUs: z.number(),
  reasons: z.array(z.string()),
})
export type Pivot = z.infer<typeof Pivot>

export const Sibling = z.strictObject({
  event_id: Id64,
  ts: z.string().nullable(),
  outcome: z.string(),
  actor: z.string().nullable(),
  action: z.string().nullable(),
  resource: z.string().nullable(),
})
export type Sibling = z.infer<typeof Sibling>

export const SiblingList = z.strictObject({ total: z.int(), examples: z.array(Sibling), text: z.string() })

export const DenialPath = z.strictObject({
  event_id: Id64,
  ts: z.string().nullable(),
  source: z.string(),
  /** In one sentence: who was refused what, by which rule, and since when. */
  summary: z.string(),
  link: z.strictObject({ trace_id: TraceIdText, span_id: SpanIdText.nullable(), level: LinkLevel }).nullable(),
  /** In order: identity, session, role, pivot, spans from the root to the failing one, the denial. */
  steps: z.array(PathStep),
  policy: z.strictObject({
    name: z.string().nullable(),
    type: z.string().nullable(),
    effect: z.string().nullable(),
    stated: z.string().nullable(),
  }),
  pivot: Pivot.nullable(),
  /** The next candidates, best first. */
  otherChanges: z.array(Pivot),
  siblings: z.strictObject({
    /** The same identity and action, allowed elsewhere. */
    sameActor: SiblingList,
    /** The same resource, allowed for others. */
    sameResource: SiblingList,
    /** The same identity, action and resource, allowed before and after. */
    before: SiblingList,
    after: SiblingList,
  }),
  /** What the path lacks, in sentences. */
  missing: z.array(z.string()),
})
export type DenialPath = z.infer<typeof DenialPath>

export const DenialRow = z.strictObject({
  event_id: Id64,
  ts: z.string().nullable(),
  source: z.string(),
  actor: z.string().nullable(),
  action: z.string().nullable(),
  resource: z.string().nullable(),
  outcome: Outcome,
  policy_type: z.string().nullable(),
  policy_effect: z.string().nullable(),
  reason: z.string().nullable(),
  linked: z.boolean(),
  /** The same identity, action and resource was allowed at an earlier or a later time. */
  allowed_before: z.boolean(),
  allowed_after: z.boolean(),
  anonymous: z.boolean(),
})
export type DenialRow = z.infer<typeof DenialRow>

export const analysisMethods = {
  /** Where traces cover the accesses: source and area (and service) by time. */
  'coverage.map': method({
    params: z.strictObject({
      scope: Scope.default({ filter: '' }),
      buckets: z.int().min(1).max(400).default(60),
      maxRows: z.int().min(1).max(500).default(60),
    }),
    result: CoverageMap,
  }),
  /** A verdict for each access to an interface, to data or by a statement; groups that are out of band, the worst first. */
  'outOfBand.list': method({
    params: z.strictObject({
      where: FilterText.default(''),
      verdicts: z.array(AccessVerdict).default(['out_of_band']),
      limit: z.int().min(0).max(1_000_000).default(1_000),
    }),
    result: z.strictObject({
      counts: z.strictObject({
        explained: z.int(),
        explainable: z.int(),
        out_of_coverage: z.int(),
        out_of_band: z.int(),
      }),
      groups: z.array(BandGroup),
      events: z.array(JudgedEvent),
      truncated: z.boolean(),
    }),
  }),
  'auditGaps.list': method({
    params: z.strictObject({ where: FilterText.default(''), limit: z.int().min(0).max(1_000_000).default(1_000) }),
    result: z.strictObject({
      gaps: z.array(AuditGap),
      total: z.int(),
      silences: z.array(Silence),
      truncated: z.boolean(),
    }),
  }),
  /** How a denial came about. Errors: `not-found`; `input.refused` where the event was not denied. */
  'denial.path': method({ params: z.strictObject({ eventId: Id64 }), result: DenialPath }),
  'denial.list': method({
    params: z.strictObject({ scope: Scope.default({ filter: '' }), limit: z.int().min(1).max(10_000).default(500) }),
    result: z.strictObject({ denials: z.array(DenialRow), total: z.int(), truncated: z.boolean() }),
  }),
}
