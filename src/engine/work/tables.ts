/** Case work as rows. Written by the projection alone, from the index; each changed item is written anew. */
import { z } from 'zod'
import { Finding, Hypothesis, Task } from '../../contract/findings'
import { Incident, Indicator } from '../../contract/incidents'
import { type About, type EvidenceItem, Mark, type WorkKind } from '../../contract/work'
import type { Writer } from '../db/database'
import { type Sql, type SqlValue, sql } from '../db/sql'
import type { WorkItem } from './acts'
import type { WorkIndex } from './workIndex'

type Value = SqlValue | Sql

/** One line of `work_item`: what an item points to. */
interface Part {
  readonly role: string
  readonly about: About | null
  readonly text: string
  readonly mark?: string | null
  readonly at?: string | null
}

interface Table {
  readonly name: string
  /** The columns that tell one row from another; deleted and ordered by. */
  readonly key: readonly string[]
  keyOf(id: string): readonly string[]
  /** The row; nothing where the item is not shown. */
  row(item: WorkItem): readonly Value[] | undefined
  parts?(item: WorkItem): readonly Part[]
}

const Note = z.object({
  target: z.object({ kind: z.string(), id: z.string() }),
  text: z.string(),
  tags: z.array(z.string()),
})

export const toFinding = (item: WorkItem): Finding => Finding.parse(plain(item))
export const toHypothesis = (item: WorkItem): Hypothesis => Hypothesis.parse(plain(item))
export const toTask = (item: WorkItem): Task => Task.parse(plain(item))
export const toIncident = (item: WorkItem): Incident => Incident.parse(plain(item))
export const toIndicator = (item: WorkItem): Indicator => Indicator.parse(plain(item))
export const toMark = ({ author, updatedAt, fields }: WorkItem): Mark => Mark.parse({ ...fields, author, updatedAt })

function plain({ id, author, createdAt, updatedAt, fields }: WorkItem): unknown {
  return { ...fields, id, author, createdAt, updatedAt }
}

const evidence = (role: string, items: readonly EvidenceItem[]): Part[] => items.map((item) => ({ role, ...item }))
const byId = (name: string, row: Table['row'], parts?: Table['parts']): Table => ({
  name,
  key: [`${name}_id`],
  keyOf: (id) => [id],
  row: (item) => (item.deleted ? undefined : row(item)),
  ...(parts === undefined ? {} : { parts }),
})
const times = ({ author, createdAt, updatedAt }: WorkItem): readonly Value[] => [author, createdAt, updatedAt]

const tables: Readonly<Record<WorkKind, Table>> = {
  note: {
    name: 'note',
    key: ['note_id'],
    keyOf: (id) => [id],
    row: (item) => {
      const { target, text, tags } = Note.parse(item.fields)
      return [item.id, target.kind, target.id, text, sql.strings(tags), ...times(item), item.deleted]
    },
  },
  mark: {
    name: 'mark',
    key: ['target_kind', 'target_id'],
    keyOf: (id) => [id.slice(0, id.indexOf(' ')), id.slice(id.indexOf(' ') + 1)],
    row: (item) => {
      if (item.deleted) return undefined
      const { target, star, severity, verdict, techniques, tags, author, updatedAt } = toMark(item)
      const lists = [sql.strings(techniques), sql.strings(tags)]
      return [target.kind, target.id, star, severity, verdict, ...lists, author, updatedAt]
    },
  },
  finding: byId(
    'finding',
    (item) => {
      const { id, title, statement, severity, confidence, status, techniques, alternatives } = toFinding(item)
      const lists = [sql.strings(techniques), sql.strings(alternatives)]
      return [id, title, statement, severity, confidence, status, ...lists, ...times(item)]
    },
    (item) => evidence('evidence', toFinding(item).evidence),
  ),
  hypothesis: byId(
    'hypothesis',
    (item) => {
      const { id, statement, status, questions } = toHypothesis(item)
      return [id, statement, status, sql.strings(questions), ...times(item)]
    },
    (item) => {
      const { for: pro, against } = toHypothesis(item)
      return [...evidence('for', pro), ...evidence('against', against)]
    },
  ),
  task: byId('task', (item) => {
    const { id, title, status, assignee, text } = toTask(item)
    return [id, title, status, assignee, text, ...times(item)]
  }),
  incident: byId(
    'incident',
    (item) => {
      const { id, title, summary, impact, scope, severity, state } = toIncident(item)
      return [id, title, summary, impact, scope, severity, state, ...times(item)]
    },
    (item) => {
      const { story, affected } = toIncident(item)
      return [
        ...story.map(({ about, text, mark, at }) => ({ role: 'story', about, text, mark, at })),
        ...affected.map(
          ({ kind, id, text }): Part => ({
            role: 'affected',
            about: { kind: 'record', target: { kind, id } },
            text,
          }),
        ),
      ]
    },
  ),
  indicator: byId('indicator', (item) => {
    const { id, kind, value, status, verdict, text } = toIndicator(item)
    return [id, kind, value, status, verdict, text, ...times(item)]
  }),
}

/** Tables of case work with the order that makes their rows comparable. */
export const workTables: readonly (readonly [table: string, order: string])[] = [
  ...Object.values(tables).map(({ name, key }) => [name, key.join(', ')] as const),
  ['work_item', 'owner_kind, owner_id, role, ordinal'],
]

const rowsAtOnce = 200

/** Brings the rows of these items to what the index says. */
export async function writeWork(
  writer: Writer,
  index: WorkIndex,
  changed: readonly { readonly kind: WorkKind; readonly id: string }[],
): Promise<void> {
  for (const kind of new Set(changed.map((item) => item.kind))) {
    const table = tables[kind]
    const ids = changed.filter((item) => item.kind === kind).map(({ id }) => id)
    await remove(writer, table.name, table.key, ids.map(table.keyOf))
    if (table.parts !== undefined)
      await remove(
        writer,
        'work_item',
        ['owner_kind', 'owner_id'],
        ids.map((id) => [kind, id]),
      )
    const rows: (readonly Value[])[] = []
    const parts: (readonly Value[])[] = []
    for (const id of ids) {
      const item = index.stored(kind, id)
      if (item === undefined) continue
      const row = table.row(item)
      if (row === undefined) continue
      rows.push(row)
      parts.push(...partRows(item, table.parts?.(item) ?? []))
    }
    await insert(writer, table.name, rows)
    await insert(writer, 'work_item', parts)
  }
}

/** Each role counts from 0. */
function partRows(item: WorkItem, parts: readonly Part[]): (readonly Value[])[] {
  const next = new Map<string, number>()
  return parts.map((part) => {
    const ordinal = next.get(part.role) ?? 0
    next.set(part.role, ordinal + 1)
    return partRow(item, part, ordinal)
  })
}

function partRow({ kind, id }: WorkItem, { role, about, text, mark, at }: Part, ordinal: number): readonly Value[] {
  const target =
    about?.kind === 'record' ? about.target : about?.kind === 'finding' ? { kind: 'finding', id: about.id } : undefined
  const query = about?.kind === 'query' || about?.kind === 'figure' ? about.where : null
  const what = about?.kind === 'figure' ? about.figure : (about?.kind ?? 'text')
  return [
    kind,
    id,
    role,
    ordinal,
    what,
    target?.kind ?? null,
    target?.id ?? null,
    query,
    text,
    mark ?? null,
    at ?? null,
  ]
}

async function remove(
  writer: Writer,
  table: string,
  columns: readonly string[],
  keys: readonly (readonly string[])[],
): Promise<void> {
  for (let at = 0; at < keys.length; at += rowsAtOnce) {
    const tuples = keys.slice(at, at + rowsAtOnce).map((key) => tuple(key))
    const names = columns.map((column) => sql.ident(column))
    await writer.run(
      sql`DELETE FROM ${sql.ident(table)} WHERE (${sql.join(names, ', ')}) IN (${sql.join(tuples, ', ')})`,
    )
  }
}

async function insert(writer: Writer, table: string, rows: readonly (readonly Value[])[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const tuples = rows.slice(at, at + rowsAtOnce).map((row) => tuple(row))
    await writer.run(sql`INSERT INTO ${sql.ident(table)} VALUES ${sql.join(tuples, ', ')}`)
  }
}

function tuple(values: readonly Value[]): Sql {
  return sql`(${sql.join(
    values.map((value) => sql`${value}`),
    ', ',
  )})`
}
