/** Notes with a time: their own, or that of the event, span or trace that they are about. Notes on the case have none. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { Note } from '../../../contract/notes'
import { type NoteMark, timeTarget } from '../../drawing/timeline/marks'
import { queryKey, useEngineQuery } from '../../state/useEngineQuery'
import { useClient } from '../../state/workbench'

const MAX_EVENTS = 2_000
const MAX_TRACES = 40

const notedEvents = { scope: { filter: 'note:true' }, fields: ['outcome'], limit: MAX_EVENTS }

interface Interval {
  readonly fromUs: number
  readonly toUs: number
}

export function useNoteMarks(): readonly NoteMark[] {
  const client = useClient()
  const { data: notes } = useEngineQuery('notes.list', {})
  const noted = useMemo(
    () => (notes ?? []).flatMap(({ target }) => (target.kind === 'event' ? [target.id] : [])).join(),
    [notes],
  )
  // The noted ids are part of the key: a new note makes the last answer stale, though the question reads the same.
  const events = useQuery({
    queryKey: [...queryKey('events.page', notedEvents), noted],
    queryFn: ({ signal }) => client.call('events.page', notedEvents, { signal }),
    enabled: noted !== '',
    placeholderData: keepPreviousData,
  })
  const traceIds = useMemo(() => [...new Set((notes ?? []).flatMap(traceOf))].slice(0, MAX_TRACES), [notes])
  const traces = useQueries({
    queries: traceIds.map((id) => ({
      queryKey: queryKey('traces.search', { text: id, limit: 1 }),
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        client.call('traces.search', { text: id, limit: 1 }, { signal }),
    })),
    combine: (results) => results.flatMap((result) => result.data?.traces ?? []),
  })
  return useMemo(() => {
    const times = new Map<string, Interval>()
    for (const row of events.data?.rows ?? []) {
      if (typeof row.event_id === 'string' && typeof row.ts_us === 'number') {
        times.set(row.event_id, { fromUs: row.ts_us, toUs: row.ts_us })
      }
    }
    for (const { traceId, startUs, durationUs } of traces) {
      times.set(traceId, { fromUs: startUs, toUs: startUs + durationUs })
    }
    return (notes ?? [])
      .flatMap((note): NoteMark[] => {
        const time = timeOf(note, times)
        return time === undefined ? [] : [{ noteId: note.id, text: note.text, target: note.target, ...time }]
      })
      .sort((a, b) => a.fromUs - b.fromUs || (a.noteId < b.noteId ? -1 : 1))
  }, [notes, events.data, traces])
}

function traceOf({ target }: Note): readonly string[] {
  if (target.kind === 'trace') return [target.id]
  if (target.kind === 'span') return [target.id.slice(0, 32)]
  return []
}

function timeOf(note: Note, times: ReadonlyMap<string, Interval>): Interval | undefined {
  const { kind, id } = note.target
  if (kind === 'time') return timeTarget(id)
  if (kind === 'event') return times.get(id)
  return traceOf(note)
    .map((traceId) => times.get(traceId))
    .at(0)
}
