/** The sections of a report, in the order in which they are printed. One that has nothing to say is left out. */
import type { PrintedSection } from './blocks'
import type { ReportModel } from './model'
import { appendix } from './sections/appendix'
import { custody } from './sections/custody'
import { evidence } from './sections/evidence'
import { findings } from './sections/findings'
import { graph } from './sections/graph'
import { limits } from './sections/limits'
import { links } from './sections/links'
import { method } from './sections/method'
import { notes } from './sections/notes'
import { people } from './sections/people'
import type { Section } from './sections/section'
import { story } from './sections/story'
import { summary } from './sections/summary'
import { timeline } from './sections/timeline'
import { timePrinter } from './zone'

export const sections: readonly Section[] = [
  summary,
  findings,
  story,
  notes,
  timeline,
  graph,
  people,
  links,
  evidence,
  limits,
  method,
  custody,
  appendix,
]

export function printedSections(model: ReportModel): PrintedSection[] {
  const time = timePrinter(model.timeZone)
  return sections
    .map(({ id, title, build }) => ({ id, title, blocks: build(model, time) }))
    .filter(({ blocks }) => blocks.length > 0)
}
