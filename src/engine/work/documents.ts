/** The acts on findings, hypotheses, tasks, incidents and indicators: checked, journaled, given back as they are now. */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { NoteTarget } from '../../contract/notes'
import { About, type WorkKind } from '../../contract/work'
import { record } from '../case/open'
import type { EngineContext } from '../context'
import { type Asking, scopeWhere } from '../query/scope'
import { type Fields, markId, type WorkItem } from './acts'
import { currentTechniques, wellFormed } from './clean'
import { checkTargets } from './describe'
import { type WorkIndex, workOf } from './workIndex'

export interface Documents<T> {
  add(fields: Fields): Promise<T>
  update(id: string, change: Fields): Promise<T>
  remove(id: string): Promise<void>
  list(): T[]
}

export function documents<T>(context: EngineContext, kind: WorkKind, read: (item: WorkItem) => T): Documents<T> {
  const index = () => workOf(context.session().journal.records())
  const existing = (id: string): WorkItem => {
    const item = index().get(kind, id)
    if (item === undefined) throw new AppError('not-found', `There is no such ${kind}.`)
    return item
  }
  const write = async (op: string, id: string, fields: Fields) => {
    await record(context.session(), `${kind}.${op}`, { ...fields, id })
    context.changed({ kind: 'notes' })
  }
  return {
    async add(fields) {
      const clean = await checked(context, index(), fields, {})
      const id = randomUUID()
      await write('add', id, clean)
      return read(existing(id))
    },
    async update(id, change) {
      const clean = await checked(context, index(), change, existing(id).fields)
      await write('update', id, clean)
      return read(existing(id))
    },
    async remove(id) {
      existing(id)
      await write('delete', id, {})
    },
    list: () => index().all(kind).map(read),
  }
}

const Pointing = z.object({ about: About.nullable() })

/** Every list of a document that points to something. */
function pointers(fields: Fields): About[] {
  const lists = [fields.evidence, fields.for, fields.against, fields.story]
  return lists.flatMap((list) =>
    (Array.isArray(list) ? list : []).flatMap((item) => Pointing.safeParse(item).data?.about ?? []),
  )
}

/** What is new must be in the case; what was there before may be about records that are gone. */
async function checked(context: EngineContext, index: WorkIndex, fields: Fields, before: Fields): Promise<Fields> {
  const clean = z.record(z.string(), z.unknown()).parse(wellFormed(fields))
  const known = new Set(recordsOf(before).map(markId))
  await checkTargets(
    context.session().db,
    recordsOf(clean).filter((target) => !known.has(markId(target))),
  )
  for (const about of pointers(clean))
    if (about.kind === 'finding' && index.stored('finding', about.id) === undefined)
      throw new AppError('not-found', 'There is no such finding.')
  const told = new Set(filtersOf(before))
  for (const filter of filtersOf(clean)) if (!told.has(filter)) await scopeWhere(asking(context), { filter })
  const { techniques } = clean
  if (!Array.isArray(techniques)) return clean
  return { ...clean, techniques: currentTechniques(techniques.map(String)) }
}

/** Of saved queries and figures. One that cannot be understood is refused before it is kept: `filter.invalid`. */
function filtersOf(fields: Fields): string[] {
  return pointers(fields).flatMap((about) => (about.kind === 'query' || about.kind === 'figure' ? [about.where] : []))
}

function asking(context: EngineContext): Asking {
  return { db: context.session().db, now: context.host.now() }
}

function recordsOf(fields: Fields): NoteTarget[] {
  return pointers(fields).flatMap((about) => (about.kind === 'record' ? [about.target] : []))
}
