import {
  Annotation,
  Comparison,
  Console,
  Dashboard,
  Disable,
  Document,
  FolderOpen,
  GanttChart,
  Graph,
  HeatGrid,
  PathSearch,
  Properties,
  Search,
  Th,
  Time,
  TimelineEvents,
} from '@blueprintjs/icons'
import { ClocksView } from './clocks'
import { ContrastView } from './contrast'
import { CoverageView } from './coverage'
import { DashboardView } from './dashboard'
import { DenialView } from './denial'
import { EventsView } from './events'
import { EvidenceView } from './evidence'
import { GraphView } from './graph'
import { InspectorView } from './inspector'
import { NotesView } from './notes'
import { OutOfBandView } from './outOfBand'
import { ReportView } from './report'
import { SearchView } from './search'
import { SqlView } from './sql'
import { TimelineView } from './timeline'
import { TracesView } from './traces'
import type { ViewDefinition } from './view'

/** Every view, in the order of the tabs. */
export const views: readonly ViewDefinition[] = [
  { id: 'evidence', title: 'Evidence', icon: FolderOpen, component: EvidenceView, shortcut: '1' },
  { id: 'dashboard', title: 'Dashboard', icon: Dashboard, component: DashboardView, shortcut: 'd' },
  { id: 'timeline', title: 'Timeline', icon: TimelineEvents, component: TimelineView, shortcut: '2' },
  { id: 'events', title: 'Events', icon: Th, component: EventsView, shortcut: '3' },
  { id: 'traces', title: 'Traces', icon: GanttChart, component: TracesView, shortcut: '4' },
  { id: 'graph', title: 'Access graph', icon: Graph, component: GraphView, shortcut: '5' },
  { id: 'outOfBand', title: 'Out of band', icon: Disable, component: OutOfBandView, shortcut: 'o' },
  { id: 'denial', title: 'Path to denial', icon: PathSearch, component: DenialView, shortcut: 'p' },
  { id: 'coverage', title: 'Coverage', icon: HeatGrid, component: CoverageView, shortcut: 'c' },
  { id: 'clocks', title: 'Clocks', icon: Time, component: ClocksView, shortcut: 'k' },
  { id: 'search', title: 'Search', icon: Search, component: SearchView, shortcut: 's' },
  { id: 'contrast', title: 'Contrast', icon: Comparison, component: ContrastView, shortcut: 'v' },
  { id: 'sql', title: 'SQL', icon: Console, component: SqlView, shortcut: 'q' },
  { id: 'notes', title: 'Notes', icon: Annotation, component: NotesView, shortcut: '6' },
  { id: 'report', title: 'Report', icon: Document, component: ReportView, shortcut: '7' },
  { id: 'inspector', title: 'Inspector', icon: Properties, component: InspectorView, shortcut: 'i' },
]
