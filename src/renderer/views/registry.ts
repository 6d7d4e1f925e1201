import { GraphView } from './graph'
import { TimelineView } from './timeline'
import { TracesView } from './traces'
import type { ViewDefinition } from './view'

/** Every view, in the order of the tabs. */
export const views: readonly ViewDefinition[] = [
  { id: 'timeline', title: 'Timeline', icon: 'timeline-events', component: TimelineView, shortcut: '2' },
  { id: 'traces', title: 'Traces', icon: 'gantt-chart', component: TracesView, shortcut: '4' },
  { id: 'graph', title: 'Access graph', icon: 'graph', component: GraphView, shortcut: '5' },
]
