import type { Block } from '../blocks'
import { factText } from '../words'
import type { Section } from './section'

export const limits: Section = {
  id: 'limits',
  title: 'What this report cannot show',
  build(model, time) {
    const known = model.coverage.filter((fact) => fact.value !== 0 && fact.value !== 'none')
    const hasSpans = model.counts.some((fact) => fact.label === 'Spans' && fact.value !== 0)
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: 'The report speaks of the records that were loaded. What no source logged, or what was not exported, is not in it. Times are those of the sources and were not moved; where a source states whole seconds, the order within one second is that of the file.',
      },
    ]
    if (!hasSpans)
      blocks.push({
        kind: 'paragraph',
        text: 'No traces were loaded: nothing is said about what the systems did for an access.',
      })
    if (known.length > 0)
      blocks.push({
        kind: 'table',
        columns: [
          { title: 'Known gap', align: 'left', width: 1 },
          { title: 'Count', align: 'right', width: 0 },
        ],
        rows: known.map((fact) => [fact.label, factText(fact, time)]),
        note: null,
      })
    return blocks
  },
}
