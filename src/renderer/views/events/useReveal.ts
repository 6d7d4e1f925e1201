import { useEffect, useState } from 'react'
import type { Scope } from '../../../contract/shared'
import { useClient, useSelection } from '../../state/workbench'
import { cursorOf, type EventPager } from './eventPager'
import type { EventOrder } from './useEventPager'

export interface Reveal {
  readonly index: number
  readonly serial: number
}

/**
 * Where the selected event stands in the list, when it was selected elsewhere (a mark on the timeline, a span, a
 * note). `outside` is true when the scope leaves it out.
 */
export function useReveal(pager: EventPager | null, scope: Scope, order: EventOrder) {
  const client = useClient()
  const eventId = useSelection((s) => s.eventId)
  const [reveal, setReveal] = useState<Reveal | null>(null)
  const [outside, setOutside] = useState(false)
  const key = JSON.stringify([scope, order])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for scope and order by value
  useEffect(() => {
    if (eventId === null || pager === null) {
      setOutside(false)
      return
    }
    if (pager.holds(eventId)) {
      setOutside(false)
      return
    }
    const abort = new AbortController()
    const find = async () => {
      const id = { filter: `event_id:${eventId}` }
      const { rows } = await client.call('events.page', { scope: id, fields: ['event_id'], limit: 1 }, abort)
      const cursor = cursorOf(rows[0])
      if (cursor === undefined) return
      const within = { ...scope, filter: scope.filter === '' ? id.filter : `(${scope.filter}) ${id.filter}` }
      const { count } = await client.call('events.count', { scope: within }, abort)
      setOutside(count === 0)
      if (count === 0) return
      const { index } = await client.call('events.rank', { scope, order, cursor }, abort)
      setReveal((before) => ({ index, serial: (before?.serial ?? 0) + 1 }))
    }
    // A failure here only means that the list does not move; the inspector shows the event and its own errors.
    find().catch(() => undefined)
    return () => abort.abort()
  }, [client, pager, eventId, key])
  return { reveal, outside }
}
