/**
 * What one record of the journal says about items of case work. An item is the fold of the acts on it, in order, without
 * those that were taken back; so every act says how an item follows from the one before, and nothing else.
 */
import { z } from 'zod'
import {
  FindingChange,
  FindingNew,
  HypothesisChange,
  HypothesisNew,
  TaskChange,
  TaskNew,
} from '../../contract/findings'
import { IncidentChange, IncidentNew, IndicatorChange, IndicatorNew } from '../../contract/incidents'
import { NoteTarget } from '../../contract/notes'
import { MarkChange, type WorkKind } from '../../contract/work'
import type { JournalRecord } from '../case/journal'

export type Fields = Readonly<Record<string, unknown>>

export interface WorkItem {
  readonly kind: WorkKind
  readonly id: string
  readonly author: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly deleted: boolean
  readonly fields: Fields
}

export interface Act {
  readonly kind: WorkKind
  readonly ids: readonly string[]
  /** Undefined where the act says nothing about the item, such as a change of one that is not there. */
  fold(before: WorkItem | undefined, id: string): { readonly fields: Fields; readonly deleted: boolean } | undefined
}

const Id = z.object({ id: z.string() })

/** The three acts on items that are made of fields: a change replaces those that it names. */
function documentActs(
  kind: WorkKind,
  add: z.ZodType<Fields>,
  change: z.ZodType<Fields>,
): [string, (args: unknown) => Act | undefined][] {
  const idOf = (args: unknown) => Id.safeParse(args).data?.id
  const rest = (args: unknown): unknown => {
    if (typeof args !== 'object' || args === null) return args
    return Object.fromEntries(Object.entries(args).filter(([key]) => key !== 'id'))
  }
  return [
    [
      `${kind}.add`,
      (args) => {
        const id = idOf(args)
        const fields = add.safeParse(rest(args))
        return id === undefined || !fields.success
          ? undefined
          : { kind, ids: [id], fold: () => ({ fields: fields.data, deleted: false }) }
      },
    ],
    [
      `${kind}.update`,
      (args) => {
        const id = idOf(args)
        const changed = change.safeParse(rest(args))
        return id === undefined || !changed.success
          ? undefined
          : {
              kind,
              ids: [id],
              fold: (before) =>
                before === undefined
                  ? undefined
                  : { fields: { ...before.fields, ...changed.data }, deleted: before.deleted },
            }
      },
    ],
    [
      `${kind}.delete`,
      (args) => {
        const id = idOf(args)
        return id === undefined
          ? undefined
          : {
              kind,
              ids: [id],
              fold: (before) => (before === undefined ? undefined : { fields: before.fields, deleted: true }),
            }
      },
    ],
  ]
}

const MarkArgs = z.object({ targets: z.array(NoteTarget), change: MarkChange })

export const markId = (target: { readonly kind: string; readonly id: string }) => `${target.kind} ${target.id}`

function markAct(args: unknown): Act | undefined {
  const parsed = MarkArgs.safeParse(args)
  if (!parsed.success) return undefined
  const { targets, change } = parsed.data
  const byId = new Map(targets.map((target) => [markId(target), target]))
  return {
    kind: 'mark',
    ids: [...byId.keys()],
    fold: (before, id) => {
      const { fields = {} } = before ?? {}
      const star = change.star ?? fields.star === true
      const severity = change.severity === undefined ? (fields.severity ?? null) : change.severity
      const verdict = change.verdict === undefined ? (fields.verdict ?? null) : change.verdict
      const techniques = altered(fields.techniques, change.addTechniques, change.removeTechniques)
      const tags = altered(fields.tags, change.addTags, change.removeTags)
      const empty = !star && severity === null && verdict === null && techniques.length === 0 && tags.length === 0
      return { fields: { target: byId.get(id), star, severity, verdict, techniques, tags }, deleted: empty }
    },
  }
}

function altered(before: unknown, add: readonly string[] = [], remove: readonly string[] = []): string[] {
  const old = Array.isArray(before) ? before.filter((item) => typeof item === 'string') : []
  return [...new Set([...old, ...add])].filter((item) => !remove.includes(item))
}

/** Old journals have notes on kinds of targets of their time; so their kind is any text here. */
const NoteNew = z.object({
  target: z.object({ kind: z.string(), id: z.string() }),
  text: z.string(),
  tags: z.array(z.string()),
})
const NoteChange = z.object({ text: z.string().optional(), tags: z.array(z.string()).optional() })

const readers: ReadonlyMap<string, (args: unknown) => Act | undefined> = new Map([
  ...documentActs('note', NoteNew, NoteChange),
  ...documentActs('finding', FindingNew, FindingChange),
  ...documentActs('hypothesis', HypothesisNew, HypothesisChange),
  ...documentActs('task', TaskNew, TaskChange),
  ...documentActs('incident', IncidentNew, IncidentChange),
  ...documentActs('indicator', IndicatorNew, IndicatorChange),
  ['mark.set', markAct] as const,
])

/** The act of a record, or undefined where the record is about something else or cannot be understood. */
export function actOf(record: JournalRecord): Act | undefined {
  return readers.get(record.op)?.(record.args)
}
