import { useEffect, useState } from 'react'
import type { LinkRow } from '../../../contract/traces'
import { useWorkbench } from '../../state/workbench'
import { sayError } from '../../ui/runTask'

export type Verdict = 'confirmed' | 'rejected'

/** The analyst's word on a link: shown at once, taken back where the engine refuses, undone by the message. */
export function useVerdict(link: LinkRow) {
  const { client, tasks } = useWorkbench()
  const known = link.verdict === 'confirmed' || link.verdict === 'rejected' ? link.verdict : null
  const [verdict, setVerdict] = useState<Verdict | null>(known)
  useEffect(() => setVerdict(known), [known])
  const { event_id: eventId, trace_id: traceId, span_id: spanId } = link
  const decide = async (next: Verdict | null, undo = true): Promise<void> => {
    if (traceId === null || (undo && next === verdict)) return
    const before = verdict
    setVerdict(next)
    try {
      await client.call('links.decide', { eventId, traceId, spanId, verdict: next })
      if (!undo) return
      tasks.getState().say({
        intent: 'success',
        text: next === null ? 'The word on the link is taken back.' : `The link is ${next}.`,
        action: { label: 'Undo', run: () => void decide(before, false) },
      })
    } catch (error) {
      setVerdict(before)
      sayError(tasks, error)
    }
  }
  return { verdict, decide }
}
