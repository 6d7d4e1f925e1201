/** Instants and intervals that lie on the lanes: what is selected, what is linked to it, and notes. */

import type { Note } from '../../../contract/notes'
import type { Mark } from '../../../contract/work'

export interface InstantMark {
  readonly eventId: string
  readonly us: number
  readonly laneKey: string | null
  readonly outcome: string
  readonly selected: boolean
}

export interface IntervalMark {
  readonly key: string
  readonly traceId: string
  /** Null: stands for the whole trace's part in this service. */
  readonly spanId: string | null
  readonly service: string
  readonly fromUs: number
  readonly toUs: number
  readonly selected: boolean
}

export interface NoteMark {
  readonly noteId: string
  readonly text: string
  readonly fromUs: number
  readonly toUs: number
  readonly target: Note['target']
  /** Of a mark, which is shown as a pin like a note. */
  readonly verdict?: Mark['verdict']
}

/** The interval that a note about a time names, `<fromUs>-<toUs>` (either may be negative); undefined for other text. */
export function timeTarget(id: string): { readonly fromUs: number; readonly toUs: number } | undefined {
  const match = /^(-?\d{1,17})-(-?\d{1,17})$/.exec(id)
  if (match === null) return undefined
  return { fromUs: Number(match[1]), toUs: Number(match[2]) }
}

export interface NotePin {
  readonly xPx: number
  readonly notes: readonly NoteMark[]
}

/** Notes nearer than `nearPx` share a pin, so that none hides another. Notes must be in time order. */
export function pinNotes(notes: readonly NoteMark[], toPx: (us: number) => number, nearPx = 10): readonly NotePin[] {
  const pins: { xPx: number; notes: NoteMark[] }[] = []
  for (const note of notes) {
    const xPx = Math.round(toPx(note.fromUs))
    const last = pins.at(-1)
    if (last !== undefined && xPx - last.xPx < nearPx) last.notes.push(note)
    else pins.push({ xPx, notes: [note] })
  }
  return pins
}
