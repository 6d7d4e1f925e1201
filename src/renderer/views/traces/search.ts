/** What the search row asks for, as the engine takes it. */
import type { ParamsIn } from '../../../contract'
import type { TimeWindow } from '../../../contract/shared'

export const linkedChoices = [
  { value: 'any', label: 'Any trace' },
  { value: 'linked', label: 'With linked events' },
  { value: 'denied', label: 'With linked denied events' },
  { value: 'filter', label: 'With events of the filter' },
] as const
export type LinkedChoice = (typeof linkedChoices)[number]['value']

export const orders = [
  { value: 'start', label: 'First first' },
  { value: '-start', label: 'Last first' },
  { value: '-duration', label: 'Longest first' },
  { value: '-spans', label: 'Most spans first' },
  { value: '-errors', label: 'Most errors first' },
] as const
export type Order = (typeof orders)[number]['value']

export interface TraceSearch {
  readonly text: string
  readonly service: string
  readonly errorsOnly: boolean
  readonly linked: LinkedChoice
  readonly order: Order
}

export const firstSearch: TraceSearch = { text: '', service: '', errorsOnly: false, linked: 'any', order: 'start' }

export const MAX_TRACES = 2_000

export function searchParams(
  search: TraceSearch,
  filter: string,
  window: TimeWindow | null,
  spans = '',
): ParamsIn<'traces.search'> {
  return {
    text: search.text.trim(),
    ...(search.service === '' ? {} : { service: search.service }),
    errorsOnly: search.errorsOnly,
    events: eventsFilter(search.linked, filter),
    spans,
    ...(window === null ? {} : { window }),
    order: search.order,
    limit: MAX_TRACES,
  }
}

function eventsFilter(linked: LinkedChoice, filter: string): string {
  switch (linked) {
    case 'any':
      return ''
    case 'linked':
      return 'linked:true'
    case 'denied':
      return 'outcome:denied'
    case 'filter':
      // An empty filter is every event, and the question stays: which traces have any.
      return filter === '' ? 'linked:true' : filter
  }
}
