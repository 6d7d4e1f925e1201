/** Small marks on a canvas: the outcome shapes of the theme, so that colour is never the only sign. */
import { asOutcome, type OutcomeShape, outcomeStyles, shapePath } from '../../theme/outcomes'
import { type DrawingTheme, stateColour } from '../colour/drawingTheme'

const paths = new Map<OutcomeShape, Path2D>()

function pathOf(shape: OutcomeShape): Path2D {
  const known = paths.get(shape)
  if (known !== undefined) return known
  const path = new Path2D(shapePath[shape])
  paths.set(shape, path)
  return path
}

/** The mark of an outcome, `sizePx` wide and centred on the point, on a halo of the surface colour. */
export function drawOutcomeMark(
  context: CanvasRenderingContext2D,
  theme: DrawingTheme,
  outcome: string,
  xPx: number,
  yPx: number,
  sizePx: number,
): void {
  const path = pathOf(outcomeStyles[asOutcome(outcome)].shape)
  context.save()
  context.translate(xPx - sizePx / 2, yPx - sizePx / 2)
  context.scale(sizePx / 16, sizePx / 16)
  context.lineJoin = 'round'
  context.lineWidth = 5
  context.strokeStyle = theme.surface
  context.stroke(path)
  context.fillStyle = stateColour(theme, asOutcome(outcome))
  context.fill(path, 'evenodd')
  context.restore()
}
