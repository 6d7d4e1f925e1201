/** Selects what a note, a mark or a piece of evidence is about, and brings the view that shows it to the front. */
import type { NoteTarget } from '../../contract/notes'
import type { About } from '../../contract/work'
import { fieldTerm } from '../state/filterText'
import type { Workbench } from '../state/workbench'
import { edgeEnds } from './targets'

export function openTarget({ selection, layout, scope }: Workbench, { kind, id }: NoteTarget): void {
  const { pickEvent, pickTrace, pickSpan, pickNode, pickEdge } = selection.getState()
  const { showView } = layout.getState()
  const filterTo = (field: string) => {
    scope.getState().set({ filter: fieldTerm(field, id), window: null })
    showView('events')
  }
  switch (kind) {
    case 'event':
      pickEvent(id)
      return showView('events')
    case 'link':
      pickEvent(id.split('/')[0] ?? id)
      return showView('events')
    case 'trace':
      pickTrace(id)
      return showView('traces')
    case 'span': {
      const [traceId = '', spanId = ''] = id.split('/')
      pickSpan(traceId, spanId)
      return showView('traces')
    }
    case 'node':
      pickNode(id)
      return showView('graph')
    case 'edge': {
      const ends = edgeEnds(id)
      if (ends !== undefined) pickEdge(...ends)
      return showView('graph')
    }
    case 'time': {
      const range = parseTimeTarget(id)
      if (range !== undefined) scope.getState().setWindow(range)
      return showView('timeline')
    }
    case 'actor':
      return filterTo('actor_key')
    case 'address':
      return filterTo('src_ip')
    case 'resource':
      return filterTo('resource_key')
    case 'case':
      return showView('notes')
  }
}

/** A finding opens in the list of findings: `pickFinding` is how the caller does that. */
export function openAbout(workbench: Workbench, about: About, pickFinding: (id: string) => void): void {
  const { scope, layout } = workbench
  switch (about.kind) {
    case 'record':
      return openTarget(workbench, about.target)
    case 'query':
      scope.getState().set({ filter: about.where, window: null })
      return layout.getState().showView('events')
    case 'figure':
      scope.getState().set({ filter: about.where, window: null })
      return layout.getState().showView(about.figure)
    case 'finding':
      return pickFinding(about.id)
  }
}

/** `<fromUs>-<toUs>` of a time target. */
export function parseTimeTarget(id: string): { readonly fromUs: number; readonly toUs: number } | undefined {
  const match = /^(-?\d{1,18})-(-?\d{1,18})$/.exec(id)
  return match === null ? undefined : { fromUs: Number(match[1]), toUs: Number(match[2]) }
}
