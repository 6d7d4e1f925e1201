import { count, leftOut } from '../words'
import type { Section } from './section'

export const indicators: Section = {
  id: 'indicators',
  title: 'Indicators',
  build(model, print) {
    if (model.indicators.length === 0) return []
    const { say, label, time } = print
    return [
      {
        kind: 'paragraph',
        text: say(
          'Confirmed by the analyst, with every place where the records show them. Dots of addresses and domains stand in brackets.',
        ),
      },
      {
        kind: 'table',
        columns: [
          { title: say('Indicator'), align: 'left', mono: true, width: 2 },
          { title: say('Kind'), align: 'left', width: 0 },
          { title: say('Seen in'), align: 'left', width: 1 },
          { title: say('Count'), align: 'right', width: 0 },
          { title: say('First'), align: 'left', nowrap: true, width: 0 },
          { title: say('Last'), align: 'left', nowrap: true, width: 0 },
        ],
        rows: model.indicators.flatMap(({ kind, value, verdict, sightings }) => {
          const seen = sightings.value
          const what = [value, [label(kind), verdict === null ? '' : label(verdict)].filter((x) => x !== '').join(', ')]
          if (seen.length === 0) return [[...what, say('nowhere'), '0', '', '']]
          return seen.map(({ source, count: times, firstTs, lastTs }, index) => [
            ...(index === 0 ? what : ['', '']),
            source,
            count(times),
            firstTs === null ? '' : time(seconds(firstTs)),
            lastTs === null ? '' : time(seconds(lastTs)),
          ])
        }),
        below: model.indicators.flatMap(({ text, sightings }) => {
          const rows = Math.max(1, sightings.value.length)
          return Array.from({ length: rows }, (_, index) =>
            index === rows - 1 && text !== '' ? { code: '', words: text } : null,
          )
        }),
        note: leftOut(model.indicators.length, model.indicatorsTotal, print),
      },
    ]
  },
}

/** A table has no room for more; the model keeps the rest. */
const seconds = (ts: string) => ts.replace(/\.\d+/, '')
