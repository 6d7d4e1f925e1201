import type { Workbench } from '../state/workbench'
import { sayError } from '../ui/runTask'
import { newNoteFieldId } from '../views/notes/NoteEditor'

/** From the selected event to the span or trace behind it: the strongest link, else the trace that the event names. */
export async function jumpToTrace({ client, selection, layout, tasks }: Workbench): Promise<void> {
  const { focus, eventId, traceId, pickTrace, pickSpan } = selection.getState()
  if (focus !== 'event' && traceId !== null) {
    layout.getState().showView('traces')
    return
  }
  if (eventId === null) return
  try {
    const { links } = await client.call('links.list', { eventId, limit: 100 })
    const link = links.find(({ span_id }) => span_id !== null) ?? links.find(({ trace_id }) => trace_id !== null)
    if (link === undefined || link.trace_id === null) {
      tasks.getState().say({ intent: 'none', text: 'No trace is linked to this event.' })
      return
    }
    if (link.span_id === null) pickTrace(link.trace_id)
    else pickSpan(link.trace_id, link.span_id)
    layout.getState().showView('traces')
  } catch (error) {
    sayError(tasks, error)
  }
}

/** From the selected span or trace to an event that is linked to it; else back to the event that was open. */
export async function jumpToEvent({ client, selection, layout, tasks }: Workbench): Promise<void> {
  const { focus, eventId, traceId, spanId, pickEvent } = selection.getState()
  try {
    if ((focus === 'trace' || focus === 'span') && traceId !== null) {
      const { links } = await client.call('links.list', { traceId, limit: 1_000 })
      const own = focus === 'span' ? links.filter((link) => link.span_id === spanId) : links
      const back = own.find((link) => link.event_id === eventId) ?? own[0]
      if (back === undefined) {
        tasks.getState().say({ intent: 'none', text: `No event is linked to this ${focus}.` })
        return
      }
      pickEvent(back.event_id)
    } else if (eventId !== null) pickEvent(eventId)
    layout.getState().showView('events')
  } catch (error) {
    sayError(tasks, error)
  }
}

/** Puts the caret into the note field of the selection, bringing the inspector to the front. */
export function startNote({ layout, selection }: Workbench): void {
  const { eventId, traceId } = selection.getState()
  if (eventId === null && traceId === null) {
    layout.getState().showView('notes')
    return
  }
  layout.getState().showView('inspector')
  const focusField = (triesLeft: number) => {
    const field = document.getElementById(newNoteFieldId)
    if (field !== null) {
      field.scrollIntoView({ block: 'nearest' })
      field.focus()
    } else if (triesLeft > 0) setTimeout(() => focusField(triesLeft - 1), 50)
  }
  // Not at once: bringing the pane to the front moves the focus by itself.
  setTimeout(() => focusField(20), 80)
}
