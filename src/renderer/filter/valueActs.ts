import { fieldTerm, turned, withTerm } from '../state/filterText'
import type { Workbench } from '../state/workbench'
import type { MarkedValue } from './valueMark'

export interface ValueAct {
  readonly title: string
  run(): void
}

/** What the menu of a value offers. A value of an event narrows the window, one of a span the list of traces. */
export function valueActs(
  { scope, layout, traceQuery }: Pick<Workbench, 'scope' | 'layout' | 'traceQuery'>,
  { field, value, term: given, about }: MarkedValue,
  copy: (text: string) => void,
): readonly ValueAct[] {
  const term = given ?? fieldTerm(field, value)
  const opposite = turned(term, term.startsWith('-'))
  const copies = [
    { title: 'Copy', run: () => copy(String(value ?? '')) },
    { title: 'Copy as filter', run: () => copy(term) },
  ]
  if (about === 'span') {
    const { spans, setSpans } = traceQuery.getState()
    const ask = (next: string) => {
      setSpans(next)
      layout.getState().showView('traces')
    }
    return [
      { title: 'Traces with it', run: () => ask(withTerm(spans, term)) },
      { title: 'Traces with a span without it', run: () => ask(withTerm(spans, opposite)) },
      { title: 'Only this', run: () => ask(term) },
      ...copies,
    ]
  }
  const { filter, setFilter, only } = scope.getState()
  return [
    { title: 'Filter in', run: () => setFilter(withTerm(filter, term)) },
    { title: 'Filter out', run: () => setFilter(withTerm(filter, opposite)) },
    { title: 'Only this', run: () => only(term) },
    {
      title: 'Open all of it',
      run: () => {
        only(term, null)
        layout.getState().showView('events')
      },
    },
    ...copies,
  ]
}
