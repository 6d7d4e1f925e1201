/** Findings, and what leads to them: hypotheses and tasks. */
import { z } from 'zod'
import { method } from './method'
import { authored, Confidence, EvidenceItems, LongText, Severity, TechniqueIds, Title } from './work'

export const findingStatuses = ['draft', 'confirmed', 'dismissed'] as const

const FindingFields = z.strictObject({
  title: Title,
  statement: LongText,
  severity: Severity,
  confidence: Confidence,
  status: z.enum(findingStatuses),
  techniques: TechniqueIds,
  evidence: EvidenceItems,
  /** Other explanations that were looked at, and why they do not hold. */
  alternatives: z.array(LongText).max(50),
})
export const Finding = z.strictObject({ ...authored, ...FindingFields.shape })
export type Finding = z.infer<typeof Finding>
export const FindingNew = z.strictObject({
  title: Title,
  statement: LongText.default(''),
  severity: Severity.default('medium'),
  confidence: Confidence.default('medium'),
  status: z.enum(findingStatuses).default('draft'),
  techniques: TechniqueIds.default([]),
  evidence: EvidenceItems.default([]),
  alternatives: FindingFields.shape.alternatives.default([]),
})
export const FindingChange = FindingFields.partial()

export const hypothesisStatuses = ['open', 'supported', 'refuted'] as const

const HypothesisFields = z.strictObject({
  statement: Title,
  status: z.enum(hypothesisStatuses),
  for: EvidenceItems,
  against: EvidenceItems,
  questions: z.array(LongText).max(100),
})
export const Hypothesis = z.strictObject({ ...authored, ...HypothesisFields.shape })
export type Hypothesis = z.infer<typeof Hypothesis>
export const HypothesisNew = z.strictObject({
  statement: Title,
  status: z.enum(hypothesisStatuses).default('open'),
  for: EvidenceItems.default([]),
  against: EvidenceItems.default([]),
  questions: HypothesisFields.shape.questions.default([]),
})
export const HypothesisChange = HypothesisFields.partial()

export const taskStatuses = ['open', 'done', 'dropped'] as const

const TaskFields = z.strictObject({
  title: Title,
  status: z.enum(taskStatuses),
  assignee: z.string().max(200),
  text: LongText,
})
export const Task = z.strictObject({ ...authored, ...TaskFields.shape })
export type Task = z.infer<typeof Task>
export const TaskNew = z.strictObject({
  title: Title,
  status: z.enum(taskStatuses).default('open'),
  assignee: TaskFields.shape.assignee.default(''),
  text: LongText.default(''),
})
export const TaskChange = TaskFields.partial()

const None = z.strictObject({})
const ById = z.strictObject({ id: z.string().max(100) })

export const findingMethods = {
  /** Each act returns after it is durable on disk. */
  'findings.add': method({ params: FindingNew, result: Finding }),
  'findings.update': method({ params: z.strictObject({ id: ById.shape.id, change: FindingChange }), result: Finding }),
  'findings.delete': method({ params: ById, result: None }),
  /** The gravest first. */
  'findings.list': method({ params: None, result: z.array(Finding) }),
  'hypotheses.add': method({ params: HypothesisNew, result: Hypothesis }),
  'hypotheses.update': method({
    params: z.strictObject({ id: ById.shape.id, change: HypothesisChange }),
    result: Hypothesis,
  }),
  'hypotheses.delete': method({ params: ById, result: None }),
  'hypotheses.list': method({ params: None, result: z.array(Hypothesis) }),
  'tasks.add': method({ params: TaskNew, result: Task }),
  'tasks.update': method({ params: z.strictObject({ id: ById.shape.id, change: TaskChange }), result: Task }),
  'tasks.delete': method({ params: ById, result: None }),
  /** Open ones first. */
  'tasks.list': method({ params: None, result: z.array(Task) }),
}
