import type { Block } from '../../../contract/reportBlocks'
import { factValues } from '../words'
import type { Section } from './section'

export const limits: Section = {
  id: 'limits',
  title: 'What this report cannot show',
  build(model, print) {
    const { say } = print
    const known = factValues(model.coverage, print)
    const hasSpans = model.counts.some((fact) => fact.label === 'Spans' && fact.value !== 0)
    const blocks: Block[] = [
      {
        kind: 'paragraph',
        text: say(
          'The report speaks of the records that were loaded. What no source logged, or what was not exported, is not in it. Times are those of the sources and were not moved; where a source states whole seconds, the order within one second is that of the file.',
        ),
      },
    ]
    if (!hasSpans)
      blocks.push({
        kind: 'paragraph',
        text: say('No traces were loaded: nothing is said about what the systems did for an access.'),
      })
    if (known.length > 0)
      blocks.push({
        kind: 'table',
        columns: [
          { title: say('Known gap'), align: 'left', width: 1 },
          { title: say('Count'), align: 'right', width: 0 },
        ],
        rows: known.map(({ label, value }) => [label, value]),
        note: null,
      })
    return blocks
  },
}
