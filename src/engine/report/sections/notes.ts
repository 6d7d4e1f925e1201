import type { Block, NoteCard } from '../blocks'
import type { ModelNote } from '../model'
import { leftOut } from '../words'
import type { PrintTime } from '../zone'
import type { Section } from './section'

export const notes: Section = {
  id: 'notes',
  title: 'Notes on the case',
  build(model, time) {
    const blocks: Block[] = model.notes.map((note) => noteCard(note, time, targetText(note, time)))
    const more = leftOut(model.notes.length, model.notesTotal, 'notes')
    if (more !== null) blocks.push({ kind: 'paragraph', text: more, tone: 'muted' })
    return blocks
  },
}

export function noteCard(note: ModelNote, time: PrintTime, target?: string): NoteCard {
  const changed = note.updatedAt === note.createdAt ? '' : `, changed ${time(note.updatedAt)}`
  return {
    kind: 'note',
    author: note.author,
    time: `${time(note.createdAt)}${changed}`,
    text: note.text,
    tags: note.tags,
    ...(target === undefined ? {} : { target }),
  }
}

function targetText({ target }: ModelNote, time: PrintTime): string {
  switch (target.kind) {
    case 'case':
      return 'on the case'
    case 'time':
      return `on ${target.id
        .split('-')
        .map((micros) => (/^\d{1,17}$/.test(micros) ? time(fromMicros(micros)) : micros))
        .join(' to ')}`
    case 'event':
      return `on event ${target.id}, which is not in the case`
    default:
      return `on ${target.kind} ${target.id}`
  }
}

function fromMicros(micros: string): string {
  return new Date(Math.floor(Number(micros) / 1000)).toISOString()
}
