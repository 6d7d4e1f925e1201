import type { Block } from '../blocks'
import { count, counted, factText, tableBlock } from '../words'
import type { Section } from './section'

export const summary: Section = {
  id: 'summary',
  title: 'Summary',
  build(model, time) {
    const { firstTs, lastTs } = model.span
    const files = counted(model.evidence.total, 'file')
    const covered =
      firstTs === null || lastTs === null
        ? 'No record states a time.'
        : `They cover ${time(firstTs)} to ${time(lastTs)}.`
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: `The case holds ${figure(model.counts[0]?.value)} access events from ${files} of evidence. ${covered}`,
      },
    ]
    const facts = model.keyFacts.filter((fact) => fact.value !== 'none' && fact.value !== 0)
    if (facts.length > 0)
      blocks.push({ kind: 'facts', items: facts.map((fact) => ({ label: fact.label, value: factText(fact, time) })) })
    if (model.outcomes.rows.length > 0)
      blocks.push({ kind: 'heading', text: 'Events by outcome' }, tableBlock(model.outcomes, [1, 0], time, 'outcomes'))
    if (model.sources.rows.length > 0)
      blocks.push({ kind: 'heading', text: 'Events by source' }, tableBlock(model.sources, [1], time, 'sources'))
    return blocks
  },
}

function figure(value: number | string | undefined): string {
  return typeof value === 'number' ? count(value) : (value ?? '0')
}
