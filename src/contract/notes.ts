import { z } from 'zod'
import { method } from './method'

/** What the analyst can say something about. */
export const noteTargets = [
  'event',
  'span',
  'link',
  'trace',
  'node',
  'edge',
  'time',
  'actor',
  'address',
  'resource',
  'case',
] as const

/**
 * `id`: event id; `<trace>/<span>`; `<event>/<trace>/<span>` of a link, with nothing after the last stroke for a trace as
 * a whole; trace id; id of a graph node; the JSON array of the two nodes of an edge; `<fromUs>-<toUs>`; `actor_key`;
 * address; `resource_key`; empty for the case.
 */
export const NoteTarget = z.strictObject({ kind: z.enum(noteTargets), id: z.string().max(4000) })
export type NoteTarget = z.infer<typeof NoteTarget>

export const Note = z.strictObject({
  id: z.string(),
  text: z.string(),
  tags: z.array(z.string()),
  target: NoteTarget,
  author: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type Note = z.infer<typeof Note>

export const NoteText = z.string().min(1).max(100_000)
export const Tags = z.array(z.string().min(1).max(100)).max(50)

export const noteMethods = {
  /** Returns after the note is durable on disk. */
  'notes.add': method({
    params: z.strictObject({ target: NoteTarget, text: NoteText, tags: Tags.default([]) }),
    result: Note,
  }),
  'notes.update': method({
    params: z.strictObject({ id: z.string(), text: NoteText.optional(), tags: Tags.optional() }),
    result: Note,
  }),
  /** The note leaves the list; the journal keeps what it said. */
  'notes.delete': method({ params: z.strictObject({ id: z.string() }), result: z.strictObject({}) }),
  'notes.list': method({
    params: z.strictObject({ target: NoteTarget.optional() }),
    result: z.array(Note),
  }),
}
