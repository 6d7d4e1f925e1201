import { useCallback, useEffect, useRef, useState } from 'react'
import { isAppError } from '../../../common/errors'
import { Composition } from '../../../contract/report'
import { useDebounced } from '../../filter/useDebounced'
import { useWorkbench } from '../../state/workbench'
import { sayError } from '../../ui/runTask'
import { type Draft, draftOf, emptyDraft, optionsOf } from './draft'

const KEEP_MS = 1_500

/**
 * The composer's choices, kept in the journal once they stand still, for each incident on its own. An incident for which
 * nothing is kept takes the choices that are in front; findings belong to their incident alone.
 */
export function useComposition(): {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
} {
  const { client, tasks } = useWorkbench()
  const [draft, setDraft] = useState(emptyDraft)
  /** What the journal has of the incident in front; undefined until that is known. */
  const kept = useRef<{ readonly incident: string; readonly text: string } | undefined>(undefined)
  const latest = useRef(draft)
  latest.current = draft

  const take = useCallback(
    async (incident: string | undefined) => {
      const found = await client.call('report.composition', incident === undefined ? {} : { incident })
      // Somebody went on typing, or chose another incident, while the answer came.
      if (incident !== undefined && latest.current.incident !== incident) return
      if (incident === undefined && latest.current !== emptyDraft) return
      const next = found === null ? latest.current : draftOf(found.incident, found.options)
      kept.current = { incident: next.incident, text: textOf(next) }
      setDraft(next)
    },
    [client],
  )
  const keep = useCallback(
    (now: Draft) => {
      const text = textOf(now)
      if (kept.current?.incident !== now.incident || kept.current.text === text) return
      kept.current = { incident: now.incident, text }
      const options = Composition.parse(optionsOf(now))
      client.call('report.compose', { incident: now.incident, options }).catch((error: unknown) => {
        // A case that is open for reading can be composed and looked at; nothing is kept then.
        if (!isAppError(error) || error.code !== 'case.foreign') sayError(tasks, error)
      })
    },
    [client, tasks],
  )
  useEffect(() => {
    take(undefined).catch((error: unknown) => sayError(tasks, error))
    return () => keep(latest.current)
  }, [take, keep, tasks])
  const settled = useDebounced(draft, KEEP_MS)
  useEffect(() => keep(settled), [keep, settled])

  const change = (part: Partial<Draft>) => {
    const incident = part.incident
    if (incident !== undefined && incident !== draft.incident) {
      keep(draft)
      kept.current = undefined
      take(incident).catch((error: unknown) => sayError(tasks, error))
    }
    setDraft((before) => ({ ...before, ...part }))
  }
  return { draft, change }
}

function textOf(draft: Draft): string {
  return JSON.stringify(optionsOf(draft))
}
