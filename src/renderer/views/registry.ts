import { ClocksView } from './clocks'
import { ContrastView } from './contrast'
import { CoverageView } from './coverage'
import { DashboardView } from './dashboard'
import { DenialView } from './denial'
import { EventsView } from './events'
import { EvidenceView } from './evidence'
import { FindingsView } from './findings'
import { GraphView } from './graph'
import * as icons from './icons'
import { IncidentView } from './incident'
import { InspectorView } from './inspector'
import { NotesView } from './notes'
import { OutOfBandView } from './outOfBand'
import { ReportView } from './report'
import { SearchView } from './search'
import { SqlView } from './sql'
import { TimelineView } from './timeline'
import { TracesView } from './traces'
import type { ViewDefinition } from './view'

/** Every view, in the order of the rail within its group. */
export const views: readonly ViewDefinition[] = [
  {
    id: 'dashboard',
    title: 'Dashboard',
    group: 'look',
    hint: 'The case at a glance: sources, outcomes, who and what most, failures over time.',
    icon: icons.DashboardIcon,
    component: DashboardView,
    shortcut: 'd',
    needs: 'events',
  },
  {
    id: 'timeline',
    title: 'Timeline',
    group: 'look',
    hint: 'All events over time, in lanes of any field, coloured by outcome.',
    icon: icons.TimelineIcon,
    component: TimelineView,
    shortcut: '2',
    needs: 'events',
  },
  {
    id: 'events',
    title: 'Events',
    group: 'look',
    hint: 'Every access event as a row, with counts of values beside.',
    icon: icons.EventsIcon,
    component: EventsView,
    shortcut: '3',
    needs: 'events',
  },
  {
    id: 'traces',
    title: 'Traces',
    group: 'look',
    hint: 'Requests through the services, with the access events that belong to them.',
    icon: icons.TracesIcon,
    component: TracesView,
    shortcut: '4',
    needs: 'traces',
  },
  {
    id: 'graph',
    title: 'Access graph',
    group: 'look',
    hint: 'Who reached what, by which session and service.',
    icon: icons.GraphIcon,
    component: GraphView,
    shortcut: '5',
    needs: 'events',
  },
  {
    id: 'inspector',
    title: 'Inspector',
    group: 'look',
    hint: 'What is selected: its fields, raw record, links and notes.',
    icon: icons.InspectorIcon,
    component: InspectorView,
    shortcut: 'i',
  },
  {
    id: 'outOfBand',
    title: 'Out of band',
    group: 'cross',
    hint: 'Access that no trace explains, and traces that no audit log has seen.',
    icon: icons.OutOfBandIcon,
    component: OutOfBandView,
    shortcut: 'o',
    needs: 'events and traces',
  },
  {
    id: 'denial',
    title: 'Path to denial',
    group: 'cross',
    hint: 'How a request came to the point where it was refused.',
    icon: icons.DenialIcon,
    component: DenialView,
    shortcut: 'p',
    needs: 'events',
  },
  {
    id: 'coverage',
    title: 'Coverage',
    group: 'cross',
    hint: 'When and where both sides of the evidence exist, and where one is silent.',
    icon: icons.CoverageIcon,
    component: CoverageView,
    shortcut: 'c',
    needs: 'events and traces',
  },
  {
    id: 'clocks',
    title: 'Clocks',
    group: 'cross',
    hint: 'How far the clocks of the sources are apart, and what is corrected.',
    icon: icons.ClocksIcon,
    component: ClocksView,
    shortcut: 'k',
    needs: 'events and traces',
  },
  {
    id: 'search',
    title: 'Search',
    group: 'ask',
    hint: 'Text in the raw records, whatever field it is in.',
    icon: icons.SearchIcon,
    component: SearchView,
    shortcut: 's',
    needs: 'events',
  },
  {
    id: 'contrast',
    title: 'Contrast',
    group: 'ask',
    hint: 'Which values set what is filtered apart from the rest.',
    icon: icons.ContrastIcon,
    component: ContrastView,
    shortcut: 'v',
    needs: 'events',
  },
  {
    id: 'sql',
    title: 'SQL',
    group: 'ask',
    hint: 'Questions to the database of the case, for reading only.',
    icon: icons.SqlIcon,
    component: SqlView,
    shortcut: 'q',
  },
  {
    id: 'notes',
    title: 'Notes',
    group: 'work',
    hint: 'What was written down, with the records it is about.',
    icon: icons.NotesIcon,
    component: NotesView,
    shortcut: '6',
  },
  {
    id: 'findings',
    title: 'Findings',
    group: 'work',
    hint: 'What is concluded, with its evidence; hypotheses, tasks and indicators.',
    icon: icons.FindingsIcon,
    component: FindingsView,
    shortcut: '8',
  },
  {
    id: 'incident',
    title: 'Incident',
    group: 'work',
    hint: 'What happened, in order: the story, who and what is affected, and how far it went.',
    icon: icons.IncidentIcon,
    component: IncidentView,
    shortcut: '9',
  },
  {
    id: 'report',
    title: 'Report',
    group: 'work',
    hint: 'The findings on paper, every figure with its question.',
    icon: icons.ReportIcon,
    component: ReportView,
    shortcut: '7',
  },
  {
    id: 'evidence',
    title: 'Evidence',
    group: 'evidence',
    hint: 'The files of the case: hashes, formats, counts and rejected records.',
    icon: icons.EvidenceIcon,
    component: EvidenceView,
    shortcut: '1',
  },
]
