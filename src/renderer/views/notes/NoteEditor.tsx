import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import { useStore } from 'zustand'
import type { Note, NoteTarget } from '../../../contract/notes'
import { windowStorage } from '../../state/persisted'
import { useClient } from '../../state/workbench'
import { createNoteDraft, draftSentences, parseTags } from './noteDraft'

/** The id of the text field for a target, so that the `n` command can put the caret there. */
export const newNoteFieldId = 'ct-new-note'

interface EditorProps {
  readonly target: NoteTarget
  /** The note to change; absent for a new one. */
  readonly note?: Note
  readonly onDone?: () => void
  readonly fieldId?: string
}

/**
 * Writes a note. Mod+Enter saves. Keyed by its target: a new target gives a new editor with that target's own draft.
 */
export function NoteEditor({ target, note, onDone, fieldId }: EditorProps) {
  const client = useClient()
  const [draft] = useState(() =>
    createNoteDraft({
      initial: { text: note?.text ?? '', tags: note?.tags ?? [] },
      storageKey: note === undefined ? `new.${target.kind}.${target.id}` : note.id,
      storage: windowStorage(),
      write: ({ text, tags }) =>
        note === undefined
          ? client.call('notes.add', { target, text, tags: [...tags] })
          : client.call('notes.update', { id: note.id, text, tags: [...tags] }),
    }),
  )
  const { text, tags, status, problem, edit, save, reset } = useStore(draft)
  const [tagLine, setTagLine] = useState(tags.join(', '))
  const blank = text.trim() === ''

  const submit = async () => {
    if (blank || status === 'saving') return
    const saved = await save()
    if (saved === undefined) return
    if (note === undefined && draft.getState().status === 'saved') {
      reset({ text: '', tags: [] })
      setTagLine('')
      draft.setState({ status: 'saved' })
    }
    onDone?.()
  }
  return (
    <form
      className="ct-note-editor"
      aria-label={note === undefined ? 'New note' : 'Edit note'}
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      <textarea
        id={fieldId}
        className="ct-input"
        aria-label="Note text"
        placeholder="What does this mean for the incident?"
        rows={note === undefined ? 3 : Math.min(12, text.split('\n').length + 1)}
        maxLength={100_000}
        value={text}
        onChange={(event) => edit({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            void submit()
          } else if (event.key === 'Escape' && note !== undefined) {
            event.stopPropagation()
            onDone?.()
          }
        }}
      />
      <div className="ct-bar">
        <input
          className="ct-input ct-grow"
          aria-label="Tags, separated by commas"
          placeholder="Tags, separated by commas"
          value={tagLine}
          onChange={(event) => {
            setTagLine(event.target.value)
            edit({ tags: parseTags(event.target.value) })
          }}
        />
        <span role="status" className={status === 'failed' ? 'ct-warn' : 'ct-dim'}>
          {draftSentences[status]}
          {problem === null ? '' : `: ${problem}`}
        </span>
        {note === undefined ? null : (
          <Button
            size="small"
            onClick={() => {
              reset({ text: note.text, tags: note.tags })
              onDone?.()
            }}
          >
            Cancel
          </Button>
        )}
        <Button
          size="small"
          intent="primary"
          type="submit"
          disabled={blank || status === 'saving' || status === 'clean'}
        >
          {status === 'failed' ? 'Try again' : note === undefined ? 'Add note' : 'Save'}
        </Button>
      </div>
    </form>
  )
}
