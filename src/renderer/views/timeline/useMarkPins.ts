/** Marks of case work with a time, as pins of the timeline. */
import { useMemo } from 'react'
import { parseInstant } from '../../../common/time'
import type { Described, Mark, verdicts } from '../../../contract/work'
import { targetKey } from '../../casework/targets'
import type { NoteMark } from '../../drawing/timeline/marks'
import { useEngineQuery } from '../../state/useEngineQuery'

/** As many as one question describes. */
const MOST = 5_000

export function useMarkPins(): readonly NoteMark[] {
  const { data: marks } = useEngineQuery('marks.list', {}, { keepPrevious: true })
  const shown = useMemo(() => (marks ?? []).slice(0, MOST), [marks])
  const targets = useMemo(() => shown.map(({ target }) => target), [shown])
  const { data: described } = useEngineQuery(
    'work.describe',
    { targets },
    { enabled: targets.length > 0, keepPrevious: true },
  )
  return useMemo(() => markPins(shown, described ?? []), [shown, described])
}

/** One pin for each mark whose target has a time, in order of time. */
export function markPins(marks: readonly Mark[], described: readonly Described[]): readonly NoteMark[] {
  const known = new Map(described.map((one) => [targetKey(one.target), one]))
  return marks
    .flatMap((mark): NoteMark[] => {
      const found = known.get(targetKey(mark.target))
      const us = found?.ts === null || found?.ts === undefined ? undefined : parseInstant(found.ts)?.us
      if (found === undefined || us === undefined) return []
      const text = [markText(mark), found.title].filter((part) => part !== '').join(': ')
      const at = Number(us)
      return [
        { noteId: targetKey(mark.target), text, target: mark.target, fromUs: at, toUs: at, verdict: mark.verdict },
      ]
    })
    .sort((a, b) => a.fromUs - b.fromUs || (a.noteId < b.noteId ? -1 : 1))
}

function markText({ star, verdict, severity, techniques, tags }: Mark): string {
  const words = [star ? 'starred' : '', verdict ?? '', severity === null ? '' : `severity ${severity}`]
  return [...words, ...techniques, ...tags].filter((word) => word !== '').join(', ')
}

/** The verdict that a pin shows for several marks: the gravest. */
export function gravest(pinned: readonly NoteMark[]): Mark['verdict'] {
  const order = ['malicious', 'suspicious', 'unknown', 'benign'] satisfies readonly (typeof verdicts)[number][]
  return order.find((verdict) => pinned.some((mark) => mark.verdict === verdict)) ?? null
}
