/** What an analyst thinks of the records: marks, and what findings and incidents stand on; undo, history, search. */
import { z } from 'zod'
import { method } from './method'
import { NoteTarget, Tags } from './notes'

export const severities = ['info', 'low', 'medium', 'high', 'critical'] as const
export const Severity = z.enum(severities)
export const verdicts = ['benign', 'suspicious', 'malicious', 'unknown'] as const
export const Verdict = z.enum(verdicts)
export const confidences = ['low', 'medium', 'high'] as const
export const Confidence = z.enum(confidences)

/** Current ids of ATT&CK; an old id that comes in is written as the one that took its place. */
export const TechniqueIds = z.array(z.string().min(5).max(20)).max(50)
export const Title = z.string().min(1).max(300)
export const LongText = z.string().max(100_000)

export const figureKinds = ['timeline', 'graph'] as const

/** What an item of a finding or a story points to. `where` is a filter; empty for all events. */
export const About = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('record'), target: NoteTarget }),
  z.strictObject({ kind: z.literal('query'), where: z.string().max(10_000) }),
  z.strictObject({ kind: z.literal('figure'), figure: z.enum(figureKinds), where: z.string().max(10_000) }),
  z.strictObject({ kind: z.literal('finding'), id: z.string().max(100) }),
])
export type About = z.infer<typeof About>

export const EvidenceItem = z.strictObject({ about: About, text: LongText.default('') })
export type EvidenceItem = z.infer<typeof EvidenceItem>
export const EvidenceItems = z.array(EvidenceItem).max(1000)

/** Who made an item and when it last changed: the first and the last record of the journal about it. */
export const authored = { id: z.string(), author: z.string(), createdAt: z.string(), updatedAt: z.string() }

export const Mark = z.strictObject({
  target: NoteTarget,
  star: z.boolean(),
  severity: Severity.nullable(),
  verdict: Verdict.nullable(),
  techniques: z.array(z.string()),
  tags: z.array(z.string()),
  author: z.string(),
  updatedAt: z.string(),
})
export type Mark = z.infer<typeof Mark>

/** What is left out stays as it is; null takes a severity or verdict back. */
export const MarkChange = z.strictObject({
  star: z.boolean().optional(),
  severity: Severity.nullable().optional(),
  verdict: Verdict.nullable().optional(),
  addTechniques: TechniqueIds.optional(),
  removeTechniques: TechniqueIds.optional(),
  addTags: Tags.optional(),
  removeTags: Tags.optional(),
})
export type MarkChange = z.infer<typeof MarkChange>

export const workKinds = ['note', 'mark', 'finding', 'incident', 'indicator', 'hypothesis', 'task'] as const
export const WorkKind = z.enum(workKinds)
export type WorkKind = z.infer<typeof WorkKind>

const Act = z.strictObject({ seq: z.int(), op: z.string(), at: z.string(), actor: z.string(), items: z.int() })

export const HistoryEntry = z.strictObject({
  seq: z.int(),
  at: z.string(),
  actor: z.string(),
  op: z.string(),
  /** The act was taken back since. */
  undone: z.boolean(),
  /** What the record says, as JSON. */
  args: z.string(),
})

export const Described = z.strictObject({
  target: NoteTarget,
  /** False: the case holds no such thing, or not any more. */
  known: z.boolean(),
  title: z.string(),
  ts: z.string().nullable(),
  outcome: z.string().nullable(),
})
export type Described = z.infer<typeof Described>

export const workMethods = {
  /** One act for all targets: one record in the journal, one step of undo. */
  'marks.set': method({
    params: z.strictObject({ targets: z.array(NoteTarget).min(1).max(5000), change: MarkChange }),
    result: z.strictObject({ changed: z.int() }),
  }),
  'marks.list': method({
    params: z.strictObject({ target: NoteTarget.optional() }),
    result: z.array(Mark),
  }),
  /**
   * Takes an act of case work back, by a new record: the last one, or that of the given record, whatever was done since.
   * Null where there is none, or where it was taken back before.
   */
  'work.undo': method({ params: z.strictObject({ seq: z.int().optional() }), result: Act.nullable() }),
  /** Takes the last undo back, where nothing was done since. */
  'work.redo': method({ params: z.strictObject({}), result: Act.nullable() }),
  /** Every act on one item, oldest first. The id of a mark is `<kind> <id>` of its target. */
  'work.history': method({
    params: z.strictObject({ kind: WorkKind, id: z.string() }),
    result: z.array(HistoryEntry),
  }),
  /** Items that have all words of the text, newest first. */
  'work.search': method({
    params: z.strictObject({ text: z.string().max(1000), limit: z.int().min(1).max(1000).default(100) }),
    result: z.strictObject({
      hits: z.array(z.strictObject({ kind: WorkKind, id: z.string(), title: z.string(), updatedAt: z.string() })),
      truncated: z.boolean(),
    }),
  }),
  /** What targets are, in a few words each, in the order asked for. */
  'work.describe': method({
    params: z.strictObject({ targets: z.array(NoteTarget).max(5000) }),
    result: z.array(Described),
  }),
}
