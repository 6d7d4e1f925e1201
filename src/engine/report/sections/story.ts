import type { Block } from '../../../contract/reportBlocks'
import type { ModelItem, ReportModel } from '../model'
import { capital, factValues, leftOut } from '../words'
import { eventCard } from './eventCard'
import { figureBlock } from './figure'
import type { Print, Section } from './section'
import { timeOfItem } from './summary'
import { traceValues } from './traceValues'

export const story: Section = {
  id: 'story',
  title: 'What happened, in order',
  build(model, print) {
    if (model.incident !== null) return model.incident.story.flatMap((item) => itemBlocks(item, model, print))
    const blocks: Block[] = model.cited.map((event, index) => eventCard(event, index + 1, print, 'whole'))
    const more = leftOut(model.cited.length, model.citedTotal, print)
    if (more !== null) blocks.push({ kind: 'paragraph', text: more, tone: 'muted' })
    return blocks
  },
}

function itemBlocks(item: ModelItem, model: ReportModel, print: Print): Block[] {
  const { about, text, mark } = item
  const blocks: Block[] = []
  const at = timeOfItem(item, model.cited)
  const isEvent = about?.kind === 'event'
  if (text !== '' || mark !== null)
    blocks.push({
      kind: 'moment',
      label: mark === null ? '' : capital(print.label(mark)),
      // The card that follows an event shows its time.
      time: at === null || isEvent ? '' : print.time(at),
      text,
      ties: about !== null,
    })
  return about === null ? blocks : [...blocks, ...aboutBlocks(about, model, print)]
}

function aboutBlocks(about: NonNullable<ModelItem['about']>, model: ReportModel, print: Print): Block[] {
  const { say } = print
  switch (about.kind) {
    case 'event': {
      const event = about.number === null ? undefined : model.cited[about.number - 1]
      return event === undefined || about.number === null
        ? [{ kind: 'facts', items: [{ label: say('Event id'), value: about.eventId, mono: true }] }]
        : [eventCard(event, about.number, print, 'short')]
    }
    case 'record':
      return [
        {
          kind: 'facts',
          items: [
            {
              label: about.ts === null ? print.label(about.target.kind) : print.time(about.ts),
              value: about.known ? about.title : `${about.title} ${say('(not in the case)')}`,
            },
            ...(about.trace === null ? [] : traceValues(about.trace, print)),
          ],
        },
      ]
    case 'query':
      return [
        {
          kind: 'facts',
          items: [
            { label: say('Filter'), value: about.where === '' ? say('all events') : about.where, mono: true },
            ...factValues(about.facts, print),
          ],
        },
      ]
    case 'figure':
      return figureBlock(model, about.figureId, print, about)
    case 'finding':
      return [
        {
          kind: 'facts',
          items: [
            {
              label: say('Finding'),
              value: `${numberOf(about.id, model)}${about.title} (${print.label(about.severity)})`,
            },
          ],
        },
      ]
  }
}

function numberOf(findingId: string, model: ReportModel): string {
  const index = model.findings.findIndex(({ id }) => id === findingId)
  return index < 0 ? '' : `${index + 1}. `
}
