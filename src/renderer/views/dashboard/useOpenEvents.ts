import type { TimeWindow } from '../../../contract/shared'
import { withTerm } from '../../state/filterText'
import { useLayout, useScope } from '../../state/workbench'

/** The events that failed, as `events.top` counts them. */
export const failedTerm = 'outcome:(denied OR auth_failed OR throttled OR failed)'

/** Narrows the scope by terms, a window, or both, and shows the events: what every tile does. */
export function useOpenEvents(): (terms: readonly string[], window?: TimeWindow) => void {
  const { filter, window: current, set } = useScope()
  const showView = useLayout((s) => s.showView)
  return (terms, window) => {
    set({ filter: terms.reduce(withTerm, filter), window: window ?? current })
    showView('events')
  }
}
