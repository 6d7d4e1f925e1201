import { Button, Tag } from '@blueprintjs/core'
import { useState } from 'react'
import type { Note } from '../../../contract/notes'
import { openTarget } from '../../casework/openTarget'
import { targetNames } from '../../casework/targets'
import { useSettings, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatRowTime, zoneLabel } from '../../text/time'
import { sayError } from '../../ui/runTask'
import { NoteEditor } from './NoteEditor'

/** One note: read, edit in place, delete with undo, go to what it is about. */
export function NoteItem({ note, showTarget }: { readonly note: Note; readonly showTarget: boolean }) {
  const workbench = useWorkbench()
  const { client, tasks } = workbench
  const zone = useSettings((s) => s.timeZone)
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
          <Button size="small" variant="outlined" onClick={() => openTarget(workbench, note.target)}>
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
