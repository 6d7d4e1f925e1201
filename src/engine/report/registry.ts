/** The sections of a report, printed in the order that was asked for, else in that of the contract. */
import { reportSections } from '../../contract/report'
import type { PrintedSection } from '../../contract/reportBlocks'
import { labelIn, sayIn } from './languages/say'
import type { ReportModel } from './model'
import { affected } from './sections/affected'
import { appendix } from './sections/appendix'
import { auditGaps } from './sections/auditGaps'
import { coverage } from './sections/coverage'
import { custody } from './sections/custody'
import { denials } from './sections/denials'
import { evidence } from './sections/evidence'
import { findings } from './sections/findings'
import { glossary } from './sections/glossary'
import { graph } from './sections/graph'
import { indicators } from './sections/indicators'
import { limits } from './sections/limits'
import { links } from './sections/links'
import { method } from './sections/method'
import { notes } from './sections/notes'
import { outOfBand } from './sections/outOfBand'
import { people } from './sections/people'
import type { Print, Section } from './sections/section'
import { story } from './sections/story'
import { summary } from './sections/summary'
import { timeline } from './sections/timeline'
import { timePrinter } from './zone'

const all: readonly Section[] = [
  summary,
  story,
  findings,
  notes,
  timeline,
  graph,
  outOfBand,
  denials,
  auditGaps,
  people,
  affected,
  indicators,
  links,
  coverage,
  evidence,
  limits,
  method,
  custody,
  glossary,
  appendix,
]
const byId = new Map(all.map((section) => [String(section.id), section]))

export function printOf({ timeZone, layout }: Pick<ReportModel, 'timeZone' | 'layout'>): Print {
  return { time: timePrinter(timeZone), say: sayIn(layout.language), label: labelIn(layout.language) }
}

/** One that has nothing to say is left out. */
export function printedSections(model: ReportModel): PrintedSection[] {
  const print = printOf(model)
  return (model.layout.sections ?? reportSections)
    .flatMap((id) => byId.get(id) ?? [])
    .map(({ id, title, build }) => ({ id, title: print.say(title), blocks: build(model, print) }))
    .filter(({ blocks }) => blocks.length > 0)
}
