/** Choosing several rows of the event table, to act on all at once. Written by the grid's keys and clicks. */
import { useRef } from 'react'
import { noEvents } from '../../state/selection'
import { useWorkbench } from '../../state/workbench'
import { formatCount } from '../../text/numbers'
import { sayError } from '../../ui/runTask'
import type { EventPager } from './eventPager'

/** As many as one act on marks takes. */
export const MOST_CHOSEN = 5_000

export function useChoice(pager: EventPager) {
  const { selection, tasks } = useWorkbench()
  /** The row that a range begins at. */
  const anchor = useRef(-1)
  const range = async (from: number, to: number) => {
    const [first, last] = [Math.max(0, Math.min(from, to)), Math.max(from, to)]
    const end = Math.min(last + 1, first + MOST_CHOSEN)
    if (end < last + 1) {
      const text = `The first ${formatCount(MOST_CHOSEN)} rows are chosen; one act takes no more.`
      tasks.getState().say({ intent: 'warning', text })
    }
    try {
      selection.getState().choose(new Set(await pager.ids(first, end)))
    } catch (error) {
      sayError(tasks, error)
    }
  }
  return {
    /** One row and nothing else. */
    none: (index: number) => {
      anchor.current = index
      if (selection.getState().chosen.size > 0) selection.getState().choose(noEvents)
    },
    toggle: (index: number, id: string) => {
      const { chosen, eventId, choose } = selection.getState()
      // The row that was picked before counts as the first of the choice.
      const next = new Set(chosen.size === 0 && eventId !== null ? [eventId] : chosen)
      if (next.has(id) && next.size > 1) next.delete(id)
      else next.add(id)
      anchor.current = index
      choose(next)
    },
    extend: (index: number, from: number) => {
      if (anchor.current < 0) anchor.current = Math.max(0, from)
      void range(anchor.current, index)
    },
    all: () => void range(0, pager.total - 1),
  }
}
