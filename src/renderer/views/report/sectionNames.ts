import { reportSections, type SectionId } from '../../../contract/report'

/** What the sections are called in the window; on paper they have the language of the report. */
export const sectionNames: Readonly<Record<SectionId, string>> = {
  summary: 'Executive summary',
  story: 'Story',
  findings: 'Findings',
  notes: 'Notes on the case',
  timeline: 'Timeline',
  'access-graph': 'Access graph',
  'out-of-band': 'Accesses out of band',
  denials: 'Refusals with their paths',
  'audit-gaps': 'Audit gaps',
  people: 'Actors, addresses, refusals',
  affected: 'Affected actors and resources',
  indicators: 'Indicators',
  links: 'Events crossed with traces',
  coverage: 'Coverage, clocks, restraint',
  evidence: 'Evidence',
  limits: 'What it cannot show',
  method: 'Method',
  custody: 'How to check it',
  glossary: 'Glossary',
  appendix: 'Appendix of cited records',
}

export interface SectionChoice {
  readonly id: SectionId
  readonly chosen: boolean
}

export const usualSections: readonly SectionChoice[] = reportSections.map((id) => ({ id, chosen: true }))

/** The list with one section a place further up or down; the same list where there is no such place. */
export function moved(list: readonly SectionChoice[], id: SectionId, by: -1 | 1): readonly SectionChoice[] {
  const from = list.findIndex((section) => section.id === id)
  const to = from + by
  const section = list[from]
  if (section === undefined || to < 0 || to >= list.length) return list
  const rest = list.filter((_, index) => index !== from)
  return [...rest.slice(0, to), section, ...rest.slice(to)]
}

export function toggled(list: readonly SectionChoice[], id: SectionId): readonly SectionChoice[] {
  return list.map((section) => (section.id === id ? { ...section, chosen: !section.chosen } : section))
}

/** What the engine is asked for: nothing where the choice is the usual one. */
export function sectionsAsked(list: readonly SectionChoice[]): SectionId[] | undefined {
  const usual = list.every(({ id, chosen }, index) => chosen && id === reportSections[index])
  return usual ? undefined : list.filter(({ chosen }) => chosen).map(({ id }) => id)
}

/** The list that was asked for: those chosen in their order, then the others. */
export function sectionsOf(asked: readonly SectionId[] | undefined): readonly SectionChoice[] {
  if (asked === undefined) return usualSections
  return [
    ...asked.map((id) => ({ id, chosen: true })),
    ...reportSections.filter((id) => !asked.includes(id)).map((id) => ({ id, chosen: false })),
  ]
}
