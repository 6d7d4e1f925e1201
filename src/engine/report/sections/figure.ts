import type { Block } from '../blocks'
import type { ReportModel } from '../model'

/** The figures whose id begins with `prefix`. */
export function figureBlocks(model: ReportModel, prefix: string): Block[] {
  return model.figures
    .filter((figure) => figure.id.startsWith(prefix))
    .map(({ id, svg, caption, alt }) => ({ kind: 'figure', id, svg, caption, alt }))
}
