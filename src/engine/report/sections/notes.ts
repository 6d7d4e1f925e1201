import type { Block, NoteCard } from '../../../contract/reportBlocks'
import type { ModelNote } from '../model'
import { leftOut } from '../words'
import type { Print, Section } from './section'

export const notes: Section = {
  id: 'notes',
  title: 'Notes on the case',
  build(model, print) {
    // The report of an incident says what was chosen for it.
    if (model.incident !== null) return []
    const blocks: Block[] = model.notes.map((note) => noteCard(note, print, targetText(note, print)))
    const more = leftOut(model.notes.length, model.notesTotal, print)
    if (more !== null) blocks.push({ kind: 'paragraph', text: more, tone: 'muted' })
    return blocks
  },
}

export function noteCard(note: ModelNote, { time, say }: Print, target?: string): NoteCard {
  const changed = note.updatedAt === note.createdAt ? '' : `, ${say('changed {time}', { time: time(note.updatedAt) })}`
  return {
    kind: 'note',
    author: note.author,
    time: `${time(note.createdAt)}${changed}`,
    text: note.text,
    tags: note.tags,
    ...(target === undefined ? {} : { target }),
  }
}

function targetText({ target }: ModelNote, { time, say, label }: Print): string {
  switch (target.kind) {
    case 'case':
      return say('on the case')
    case 'time':
      return say('on {what}', {
        what: target.id
          .split('-')
          .map((micros) => (/^\d{1,17}$/.test(micros) ? time(fromMicros(micros)) : micros))
          .join(' – '),
      })
    case 'event':
      return say('on event {id}, which is not in the case', { id: target.id })
    default:
      return say('on {what}', { what: `${label(target.kind)} ${target.id}` })
  }
}

function fromMicros(micros: string): string {
  return new Date(Math.floor(Number(micros) / 1000)).toISOString()
}
