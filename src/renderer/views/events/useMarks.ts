import { useMemo } from 'react'
import type { LinkLevel } from '../../../contract/shared'
import { linkLevels } from '../../../contract/shared'
import type { Mark } from '../../../contract/work'
import { useEngineQuery } from '../../state/useEngineQuery'

export interface Marks {
  /** The best level of a link of each event. */
  readonly links: ReadonlyMap<string, LinkLevel>
  readonly noted: ReadonlySet<string>
  readonly marked: ReadonlyMap<string, Mark>
}

/** Link and note marks of the rows that are shown. `eventIds` are decimal ids; anything else is left out. */
export function useMarks(eventIds: readonly string[]): Marks {
  const ids = eventIds.filter((id) => /^\d{1,20}$/.test(id))
  const links = useEngineQuery(
    'sql.run',
    {
      sql: `SELECT DISTINCT event_id, "level" FROM link WHERE event_id IN (${ids.join(', ')}) ORDER BY event_id, "level"`,
      limit: 5_000,
    },
    { enabled: ids.length > 0, keepPrevious: true },
  )
  const notes = useEngineQuery('notes.list', {})
  const marks = useEngineQuery('marks.list', {})
  return useMemo(() => {
    const best = new Map<string, LinkLevel>()
    for (const row of links.data?.rows ?? []) {
      const id = String(row.event_id)
      const level = linkLevels.find((candidate) => candidate === row.level)
      const before = best.get(id)
      if (level === undefined) continue
      if (before === undefined || linkLevels.indexOf(level) < linkLevels.indexOf(before)) best.set(id, level)
    }
    const noted = new Set(
      (notes.data ?? []).filter(({ target }) => target.kind === 'event').map(({ target }) => target.id),
    )
    const marked = new Map(
      (marks.data ?? []).flatMap((mark) => (mark.target.kind === 'event' ? [[mark.target.id, mark] as const] : [])),
    )
    return { links: best, noted, marked }
  }, [links.data, notes.data, marks.data])
}
