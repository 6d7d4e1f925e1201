/** Smooth lines through points from left to right; and arcs for edges that stay in their column. */
export interface Point {
  readonly x: number
  readonly y: number
}

const fixed = (value: number) => String(Math.round(value * 10) / 10)

/** Cubic Béziers with level tangents at every point, so that ribbons leave and reach nodes straight. */
export function ribbonPath(points: readonly Point[], shiftPx = 0): string {
  const [start, ...rest] = points
  if (start === undefined) return ''
  let path = `M${fixed(start.x)},${fixed(start.y + shiftPx)}`
  let from = start
  for (const to of rest) {
    const middle = (from.x + to.x) / 2
    path += `C${fixed(middle)},${fixed(from.y + shiftPx)} ${fixed(middle)},${fixed(to.y + shiftPx)} ${fixed(to.x)},${fixed(to.y + shiftPx)}`
    from = to
  }
  return path
}

/** Out of the right side of a node and back into the right side of another one of its column, or of itself. */
export function loopPath(from: Point, to: Point, shiftPx = 0): string {
  const bulge = 26 + Math.min(60, Math.abs(to.y - from.y) * 0.25)
  const [y0, y1] = from.y === to.y ? [from.y - 5, to.y + 5] : [from.y, to.y]
  return `M${fixed(from.x)},${fixed(y0 + shiftPx)}C${fixed(from.x + bulge)},${fixed(y0 + shiftPx)} ${fixed(to.x + bulge)},${fixed(y1 + shiftPx)} ${fixed(to.x)},${fixed(y1 + shiftPx)}`
}
