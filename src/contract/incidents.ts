/** Incidents with their story, and indicators with their sightings. */
import { z } from 'zod'
import { method } from './method'
import { About, authored, LongText, Severity, Title, Verdict } from './work'

export const incidentStates = ['open', 'contained', 'recovered', 'closed'] as const
export const storyMarks = ['detection', 'containment', 'recovery'] as const
export const affectedKinds = ['actor', 'resource', 'address'] as const

export const StoryItem = z.strictObject({
  id: z.string().min(1).max(100),
  /** Null: own text only. */
  about: About.nullable().default(null),
  text: LongText.default(''),
  mark: z.enum(storyMarks).nullable().default(null),
  /** RFC 3339, as the analyst wrote it: for what no record tells the time of. */
  at: z.iso.datetime({ offset: true }).nullable().default(null),
})
export type StoryItem = z.infer<typeof StoryItem>

export const Affected = z.strictObject({
  kind: z.enum(affectedKinds),
  id: z.string().min(1).max(4000),
  text: LongText.default(''),
})
export type Affected = z.infer<typeof Affected>

const Story = z.array(StoryItem).max(2000)
const AffectedList = z.array(Affected).max(2000)

const IncidentFields = z.strictObject({
  title: Title,
  summary: LongText,
  impact: LongText,
  scope: LongText,
  severity: Severity,
  state: z.enum(incidentStates),
  story: Story,
  affected: AffectedList,
})
export const Incident = z.strictObject({ ...authored, ...IncidentFields.shape })
export type Incident = z.infer<typeof Incident>
export const IncidentNew = z.strictObject({
  title: Title,
  summary: LongText.default(''),
  impact: LongText.default(''),
  scope: LongText.default(''),
  severity: Severity.default('medium'),
  state: z.enum(incidentStates).default('open'),
  story: Story.default([]),
  affected: AffectedList.default([]),
})
export const IncidentChange = IncidentFields.partial()

export const indicatorKinds = ['address', 'account', 'key', 'hash', 'domain'] as const
export const IndicatorKind = z.enum(indicatorKinds)
export const indicatorStatuses = ['candidate', 'confirmed', 'dismissed'] as const

const IndicatorFields = z.strictObject({
  kind: IndicatorKind,
  value: z.string().min(1).max(2000),
  status: z.enum(indicatorStatuses),
  verdict: Verdict.nullable(),
  text: LongText,
})
export const Indicator = z.strictObject({ ...authored, ...IndicatorFields.shape })
export type Indicator = z.infer<typeof Indicator>
export const IndicatorNew = z.strictObject({
  kind: IndicatorKind,
  value: IndicatorFields.shape.value,
  status: z.enum(indicatorStatuses).default('candidate'),
  verdict: Verdict.nullable().default(null),
  text: LongText.default(''),
})
export const IndicatorChange = z.strictObject({
  status: z.enum(indicatorStatuses).optional(),
  verdict: Verdict.nullable().optional(),
  text: LongText.optional(),
})

const Sighting = z.strictObject({
  /** Source of the events, or `spans`, `logs`. */
  source: z.string(),
  count: z.int(),
  firstTs: z.string().nullable(),
  lastTs: z.string().nullable(),
})

const None = z.strictObject({})
const ById = z.strictObject({ id: z.string().max(100) })

export const incidentMethods = {
  'incidents.add': method({ params: IncidentNew, result: Incident }),
  'incidents.update': method({
    params: z.strictObject({ id: ById.shape.id, change: IncidentChange }),
    result: Incident,
  }),
  'incidents.delete': method({ params: ById, result: None }),
  'incidents.list': method({ params: None, result: z.array(Incident) }),
  /** What the records say about the affected: how far they reached, and when. */
  'incidents.reach': method({
    params: ById,
    result: z.array(
      z.strictObject({
        kind: z.enum(affectedKinds),
        id: z.string(),
        events: z.int(),
        denied: z.int(),
        actors: z.int(),
        resources: z.int(),
        addresses: z.int(),
        firstTs: z.string().nullable(),
        lastTs: z.string().nullable(),
      }),
    ),
  }),
  'indicators.add': method({ params: IndicatorNew, result: Indicator }),
  'indicators.update': method({
    params: z.strictObject({ id: ById.shape.id, change: IndicatorChange }),
    result: Indicator,
  }),
  'indicators.delete': method({ params: ById, result: None }),
  'indicators.list': method({ params: None, result: z.array(Indicator) }),
  /** What in the events could be an indicator, most seen first. Nothing is recorded by it. */
  'indicators.extract': method({
    params: z.strictObject({ where: z.string().max(10_000).default(''), limit: z.int().min(1).max(1000).default(50) }),
    result: z.array(z.strictObject({ kind: IndicatorKind, value: z.string(), count: z.int(), known: z.boolean() })),
  }),
  /** Where a value is seen, over all sources. */
  'indicators.sightings': method({
    params: z.strictObject({ kind: IndicatorKind, value: z.string().min(1).max(2000) }),
    result: z.array(Sighting),
  }),
}
