import { useMemo, useState } from 'react'
import type { Note } from '../../../contract/notes'
import { useEngineQuery } from '../../state/useEngineQuery'
import { plural } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { NoteEditor } from './NoteEditor'
import { NoteItem } from './NoteItem'

const SHOWN_AT_ONCE = 200

/** All notes of the case: search, tags, edit, delete, go to the target; and notes about the case as a whole. */
export function NotesView() {
  const notes = useEngineQuery('notes.list', {}, { keepPrevious: true })
  const [search, setSearch] = useState('')
  const [tag, setTag] = useState<string | null>(null)
  const [limit, setLimit] = useState(SHOWN_AT_ONCE)
  const all = notes.data ?? []
  const tags = useMemo(() => countTags(all), [all])
  const found = all.filter((note) => matches(note, search, tag))
  return (
    <div className="ct-notes">
      <LoadingLine active={notes.isFetching} />
      <QueryError error={notes.error} retry={notes.refetch} />
      <div className="ct-bar">
        <input
          type="search"
          className="ct-input ct-notes-search"
          aria-label="Search the notes"
          placeholder="Search the notes…"
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {[...tags].map(([name, count]) => (
          <button
            key={name}
            type="button"
            className="ct-tag-button"
            aria-pressed={tag === name}
            onClick={() => setTag(tag === name ? null : name)}
          >
            {name} <span className="ct-dim">{count}</span>
          </button>
        ))}
        <span className="ct-grow" />
        <span className="ct-dim">
          {found.length === all.length
            ? plural(all.length, 'note')
            : `${found.length} of ${plural(all.length, 'note')}`}
        </span>
      </div>
      <div className="ct-scroll">
        <NoteEditor key="case" target={{ kind: 'case', id: '' }} />
        {all.length === 0 && notes.isSuccess ? (
          <Empty title="No notes yet">
            Select an event, a span or a trace and press N to note what it means, or write above about the case as a
            whole. Notes are in the journal and in the report.
          </Empty>
        ) : null}
        {found.slice(0, limit).map((note) => (
          <NoteItem key={note.id} note={note} showTarget />
        ))}
        {found.length > limit ? (
          <button type="button" className="ct-link" onClick={() => setLimit(limit + SHOWN_AT_ONCE)}>
            Show {plural(Math.min(SHOWN_AT_ONCE, found.length - limit), 'more note')}
          </button>
        ) : null}
        {all.length > 0 && found.length === 0 ? <p className="ct-dim ct-pad">No note has these words.</p> : null}
      </div>
    </div>
  )
}

function matches(note: Note, search: string, tag: string | null): boolean {
  if (tag !== null && !note.tags.includes(tag)) return false
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const text = `${note.text} ${note.tags.join(' ')} ${note.author}`.toLowerCase()
  return words.every((word) => text.includes(word))
}

function countTags(notes: readonly Note[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { tags } of notes) for (const tag of tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return new Map([...counts].sort((a, b) => b[1] - a[1]).slice(0, 12))
}
