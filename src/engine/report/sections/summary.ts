import type { Block, Value } from '../../../contract/reportBlocks'
import type { CitedEvent, ModelIncident, ModelItem, ReportModel } from '../model'
import { capital, count, elapsed, factValues, tableBlock } from '../words'
import { paragraphs } from './analystText'
import type { Print, Section } from './section'

export const summary: Section = {
  id: 'summary',
  title: 'Executive summary',
  build: (model, print) => [
    ...(model.incident === null ? [] : ofIncident(model.incident, model, print)),
    ...ofCase(model, print),
  ],
}

function ofIncident(incident: ModelIncident, model: ReportModel, print: Print): Block[] {
  const { say } = print
  const blocks: Block[] = paragraphs(incident.summary)
  const part = (heading: string, text: string) => {
    const said = paragraphs(text)
    if (said.length > 0) blocks.push({ kind: 'heading', text: heading }, ...said)
  }
  part(say('Impact'), incident.impact)
  part(say('Scope'), incident.scope)
  const facts = [
    { label: say('Severity'), value: print.label(incident.severity) },
    { label: say('State'), value: print.label(incident.state) },
    ...milestones(incident, model.cited, print),
    ...factValues(incident.facts, print),
  ]
  blocks.push({ kind: 'heading', text: say('Key facts') }, { kind: 'facts', items: facts })
  return blocks
}

/** When it was detected, contained, recovered from, and how long after the first event of the story. */
function milestones(incident: ModelIncident, cited: readonly CitedEvent[], { time, say, label }: Print): Value[] {
  const first = incident.facts.find((fact) => fact.label === 'First of them')?.value
  const begun = typeof first === 'string' ? Date.parse(first) : Number.NaN
  return incident.story.flatMap((item) => {
    const at = timeOfItem(item, cited)
    if (item.mark === null || at === null) return []
    const after = Date.parse(at) - begun
    const ago = after > 0 ? ` (${say('{duration} after the first event', { duration: elapsed(after) })})` : ''
    return [{ label: capital(label(item.mark)), value: `${time(at)}${ago}` }]
  })
}

/** The time that the analyst wrote, else that of the record. */
export function timeOfItem({ at, about }: ModelItem, cited: readonly CitedEvent[]): string | null {
  if (at !== null || about === null) return at
  if (about.kind === 'event') return cited[(about.number ?? 0) - 1]?.ts ?? null
  return about.kind === 'record' ? about.ts : null
}

function ofCase(model: ReportModel, print: Print): Block[] {
  const { time, say } = print
  const { firstTs, lastTs } = model.span
  const blocks: Block[] = []
  if (model.incident !== null) blocks.push({ kind: 'heading', text: say('What it rests on') })
  const events = model.counts[0]?.value
  blocks.push({
    kind: 'paragraph',
    text: `${say('The case holds {events} access events from {files} files of evidence.', {
      events: typeof events === 'number' ? count(events) : '0',
      files: count(model.evidence.total),
    })} ${
      firstTs === null || lastTs === null
        ? say('No record states a time.')
        : say('They cover {first} to {last}.', { first: time(firstTs), last: time(lastTs) })
    }`,
  })
  // The report of an incident speaks of what was chosen for it; the figures of the whole case would drown that.
  if (model.incident !== null) return blocks
  const facts = factValues(model.keyFacts, print)
  if (facts.length > 0) blocks.push({ kind: 'facts', items: facts })
  if (model.outcomes.rows.length > 0)
    blocks.push({ kind: 'heading', text: say('Events by outcome') }, tableBlock(model.outcomes, [1, 0], print))
  if (model.sources.rows.length > 0)
    blocks.push({ kind: 'heading', text: say('Events by source') }, tableBlock(model.sources, [1], print))
  return blocks
}
