import { Button, Tag } from '@blueprintjs/core'
import { useState } from 'react'
import type { Note, NoteTarget } from '../../../contract/notes'
import { useScope, useSettings, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatRowTime, zoneLabel } from '../../text/time'
import { sayError } from '../../ui/runTask'
import { NoteEditor } from './NoteEditor'

const targetNames: Readonly<Record<NoteTarget['kind'], string>> = {
  event: 'Event',
  span: 'Span',
  link: 'Link',
  trace: 'Trace',
  node: 'Node',
  edge: 'Edge',
  time: 'Time range',
  actor: 'Actor',
  address: 'Address',
  resource: 'Resource',
  case: 'Case',
}

/** One note: read, edit in place, delete with undo, go to what it is about. */
export function NoteItem({ note, showTarget }: { readonly note: Note; readonly showTarget: boolean }) {
  const { client, tasks } = useWorkbench()
  const zone = useSettings((s) => s.timeZone)
  const go = useGoToTarget()
  const [editing, setEditing] = useState(false)
  const remove = async () => {
    try {
      await client.call('notes.delete', { id: note.id })
      const restore = () => {
        const { target, text, tags } = note
        client.call('notes.add', { target, text, tags }).catch((error: unknown) => sayError(tasks, error))
      }
      tasks.getState().say({ intent: 'none', text: 'The note was deleted.', action: { label: 'Undo', run: restore } })
    } catch (error) {
      sayError(tasks, error)
    }
  }
  if (editing) return <NoteEditor target={note.target} note={note} onDone={() => setEditing(false)} />
  const edited = note.updatedAt !== note.createdAt
  return (
    <article className="ct-note">
      <div className="ct-note-text">
        <Evidence text={note.text} breaks />
      </div>
      <div className="ct-bar">
        {note.tags.map((tag) => (
          <Tag key={tag} minimal>
            <Evidence text={tag} />
          </Tag>
        ))}
        <span className="ct-dim">
          <Evidence text={note.author} /> · {formatRowTime(note.createdAt, zone).slice(0, 16)}{' '}
          {zoneLabel(zone, Date.parse(note.createdAt) * 1000)}
          {edited ? ' · edited' : ''}
        </span>
        <span className="ct-grow" />
        {showTarget && note.target.kind !== 'case' ? (
          <Button size="small" variant="outlined" onClick={() => go(note)}>
            {targetNames[note.target.kind]}
          </Button>
        ) : null}
        <Button size="small" variant="minimal" onClick={() => setEditing(true)}>
          Edit
        </Button>
        <Button size="small" variant="minimal" onClick={() => void remove()}>
          Delete
        </Button>
      </div>
    </article>
  )
}

/** Selects what a note is about and brings the view that shows it to the front. */
export function useGoToTarget(): (note: Note) => void {
  const { selection, layout } = useWorkbench()
  const { setWindow } = useScope()
  return ({ target }) => {
    const { pickEvent, pickTrace, pickSpan } = selection.getState()
    const { showView } = layout.getState()
    if (target.kind === 'event') {
      pickEvent(target.id)
      showView('events')
    } else if (target.kind === 'trace') {
      pickTrace(target.id)
      showView('traces')
    } else if (target.kind === 'span') {
      const [traceId = '', spanId = ''] = target.id.split('/')
      pickSpan(traceId, spanId)
      showView('traces')
    } else if (target.kind === 'time') {
      const range = parseTimeTarget(target.id)
      if (range !== undefined) setWindow(range)
      showView('timeline')
    }
  }
}

/** `<fromUs>-<toUs>` of a time target. */
export function parseTimeTarget(id: string): { readonly fromUs: number; readonly toUs: number } | undefined {
  const match = /^(-?\d{1,18})-(-?\d{1,18})$/.exec(id)
  return match === null ? undefined : { fromUs: Number(match[1]), toUs: Number(match[2]) }
}
