import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import { type Note, type NoteTarget, noteTargets } from '../../contract/notes'
import { record } from '../case/open'
import type { CaseSession, EngineContext } from '../context'
import { type Sql, sql } from '../db/sql'
import { checkTargets } from '../work/describe'

type NoteHandlers = Pick<Handlers, 'notes.add' | 'notes.update' | 'notes.delete' | 'notes.list'>

const NoteRow = z
  .object({
    note_id: z.string(),
    text: z.string(),
    tags: z.array(z.string()),
    target_kind: z.enum(noteTargets),
    target_id: z.string(),
    author: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .transform(
    (row): Note => ({
      id: row.note_id,
      text: row.text,
      tags: row.tags,
      target: { kind: row.target_kind, id: row.target_id },
      author: row.author,
      createdAt: row.created_at,
      updatedAt: row.updated_at,
    }),
  )

/** Notes in the order in which they were made. */
export async function listNotes(session: CaseSession, target?: NoteTarget): Promise<Note[]> {
  const only = target === undefined ? sql.empty : sql`AND target_kind = ${target.kind} AND target_id = ${target.id}`
  return selectNotes(session, only)
}

function selectNotes(session: CaseSession, condition: Sql): Promise<Note[]> {
  return session.db.all(
    NoteRow,
    sql`
      SELECT note_id, "text", tags, target_kind, target_id, author, created_at, updated_at
      FROM note WHERE NOT deleted ${condition}
      ORDER BY created_at, note_id`,
  )
}

async function noteOf(session: CaseSession, id: string): Promise<Note> {
  const [note] = await selectNotes(session, sql`AND note_id = ${id}`)
  if (note === undefined) throw new AppError('not-found', 'There is no such note.')
  return note
}

export function noteHandlers(context: EngineContext): NoteHandlers {
  return {
    async 'notes.add'({ target, text, tags }) {
      const session = context.session()
      await checkTargets(session.db, [target])
      const id = randomUUID()
      const entry = await record(session, 'note.add', {
        id,
        target,
        text: text.toWellFormed(),
        tags: tags.map((tag) => tag.toWellFormed()),
      })
      context.changed({ kind: 'notes' })
      return {
        id,
        text: text.toWellFormed(),
        tags: tags.map((tag) => tag.toWellFormed()),
        target,
        author: entry.actor,
        createdAt: entry.at,
        updatedAt: entry.at,
      }
    },
    async 'notes.update'({ id, text, tags }) {
      const session = context.session()
      const before = await noteOf(session, id)
      const entry = await record(session, 'note.update', {
        id,
        ...(text === undefined ? {} : { text: text.toWellFormed() }),
        ...(tags === undefined ? {} : { tags: tags.map((tag) => tag.toWellFormed()) }),
      })
      context.changed({ kind: 'notes' })
      return { ...before, text: text ?? before.text, tags: tags ?? before.tags, updatedAt: entry.at }
    },
    async 'notes.delete'({ id }) {
      const session = context.session()
      await noteOf(session, id)
      await record(session, 'note.delete', { id })
      context.changed({ kind: 'notes' })
      return {}
    },
    async 'notes.list'({ target }) {
      return listNotes(context.session(), target)
    },
  }
}
