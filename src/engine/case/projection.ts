/**
 * The journal's projection: tables that can be made again from the journal at any time. Writers: `project` only, with
 * one record at a time; `journal_state` says how far it has come.
 */
import { z } from 'zod'
import type { Database, Writer } from '../db/database'
import { sql } from '../db/sql'
import type { JournalRecord } from './journal'

const NoteArgs = z.object({
  id: z.string(),
  target: z.object({ kind: z.string(), id: z.string() }),
  text: z.string(),
  tags: z.array(z.string()),
})
const NoteChange = z.object({ id: z.string(), text: z.string().optional(), tags: z.array(z.string()).optional() })
const NoteId = z.object({ id: z.string() })

async function apply(writer: Writer, record: JournalRecord): Promise<void> {
  switch (record.op) {
    case 'note.add': {
      const note = NoteArgs.safeParse(record.args)
      if (!note.success) return
      const { id, target, text, tags } = note.data
      await writer.run(sql`
        INSERT INTO note VALUES (${id}, ${target.kind}, ${target.id}, ${text}, ${sql.strings(tags)}, ${record.actor},
          ${record.at}, ${record.at}, false)`)
      return
    }
    case 'note.update': {
      const change = NoteChange.safeParse(record.args)
      if (!change.success) return
      const { id, text, tags } = change.data
      if (text !== undefined) await writer.run(sql`UPDATE note SET "text" = ${text} WHERE note_id = ${id}`)
      if (tags !== undefined) await writer.run(sql`UPDATE note SET tags = ${sql.strings(tags)} WHERE note_id = ${id}`)
      await writer.run(sql`UPDATE note SET updated_at = ${record.at} WHERE note_id = ${id}`)
      return
    }
    case 'note.delete': {
      const note = NoteId.safeParse(record.args)
      if (note.success)
        await writer.run(sql`UPDATE note SET deleted = true, updated_at = ${record.at} WHERE note_id = ${note.data.id}`)
      return
    }
    default:
      return
  }
}

/** Applies records in one transaction and moves `journal_state` on. */
export async function project(db: Database, records: readonly JournalRecord[]): Promise<void> {
  const last = records.at(-1)
  if (last === undefined) return
  await db.transaction(async (writer) => {
    for (const record of records) await apply(writer, record)
    await writer.run(sql`DELETE FROM journal_state`)
    await writer.run(sql`INSERT INTO journal_state VALUES (${last.seq}, ${last.hash})`)
  })
}

/** Brings the projection to the journal's state; from nothing where it does not fit the chain. */
export async function catchUp(db: Database, records: readonly JournalRecord[]): Promise<void> {
  const state = await db.get(z.object({ seq: z.number(), head: z.string() }), sql`SELECT seq, head FROM journal_state`)
  const from =
    state === undefined ? 0 : records.findLastIndex((item) => item.seq === state.seq && item.hash === state.head) + 1
  if (state !== undefined && from === 0) {
    await db.transaction(async (writer) => {
      await writer.run(sql`DELETE FROM note`)
      await writer.run(sql`DELETE FROM journal_state`)
    })
  }
  await project(db, records.slice(from))
}

/** The projection's rows as lines, in a total order: for comparing a replay with what is stored. */
export async function projectionLines(db: Database): Promise<string[]> {
  const rows = await db.rows(sql`SELECT * FROM note ORDER BY note_id`)
  return rows.map((row) => JSON.stringify(row))
}
