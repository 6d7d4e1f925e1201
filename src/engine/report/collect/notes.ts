import { z } from 'zod'
import { sql } from '../../db/sql'
import { type ModelNote, printLimits } from '../model'
import type { Ask } from './ask'
import { grouped } from './grouped'

const NoteRow = z.object({
  note_id: z.string(),
  target_kind: z.string(),
  target_id: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  author: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
})

function toNote(row: z.infer<typeof NoteRow>): ModelNote {
  return {
    id: row.note_id,
    text: row.text,
    tags: row.tags,
    author: row.author,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    target: { kind: row.target_kind, id: row.target_id },
  }
}

/** Notes that stand on no event of the case, in the order in which they were written. */
export async function collectNotes(ask: Ask): Promise<{ readonly notes: ModelNote[]; readonly total: number }> {
  const loose = sql`
    FROM note
    WHERE NOT deleted AND NOT (
      target_kind = 'event' AND target_id IN (SELECT CAST(event_id AS VARCHAR) FROM access_event)
    )`
  const rows = await ask.db.all(
    NoteRow,
    sql`SELECT * ${loose} ORDER BY created_at, note_id LIMIT ${printLimits.notes}`,
    ask.signal,
  )
  const total = await ask.db.get(z.object({ n: z.number() }), sql`SELECT count(*) AS n ${loose}`, ask.signal)
  return { notes: rows.map(toNote), total: total?.n ?? 0 }
}

/** The notes of these events, by event id, oldest first. */
export async function notesOfEvents(ask: Ask, eventIds: readonly string[]): Promise<Map<string, ModelNote[]>> {
  const rows = await ask.db.all(
    NoteRow,
    sql`
      SELECT *
      FROM note
      WHERE NOT deleted AND target_kind = 'event' AND list_contains(${sql.strings(eventIds)}, target_id)
      ORDER BY created_at, note_id`,
    ask.signal,
  )
  return new Map([...grouped(rows, (row) => row.target_id)].map(([id, group]) => [id, group.map(toNote)]))
}
