import type { Block } from '../../../contract/reportBlocks'
import type { Fact, ReportModel } from '../model'
import { factText } from '../words'
import type { Print } from './section'

/** The figures whose id begins with `prefix`. */
export function figureBlocks(model: ReportModel, prefix: string): Block[] {
  return model.figures
    .filter((figure) => figure.id.startsWith(prefix))
    .map(({ id, svg, caption, alt }) => ({ kind: 'figure', id, svg, caption, alt }))
}

/** A figure that an item wants, with the filter and the counts that it shows; words where there was nothing to draw. */
export function figureBlock(
  model: ReportModel,
  figureId: string,
  print: Print,
  shown: { readonly where: string; readonly facts: readonly Fact[] },
): Block[] {
  const { say } = print
  const figure = model.figures.find(({ id }) => id === figureId)
  const [events] = shown.facts
  const filter = `${say('Filter')}: ${shown.where === '' ? say('all events') : shown.where}; ${say('{count} events', {
    count: events === undefined ? 0 : factText(events, print.time),
  })}.`
  if (figure === undefined) return [{ kind: 'paragraph', text: filter, tone: 'muted' }]
  const { id, svg, caption, alt } = figure
  return [{ kind: 'figure', id, svg, caption: `${caption} ${filter}`, alt }]
}
