/** Cuts the middle out of a label until it fits: of identifiers, both ends tell the most. */
export type Measure = (text: string) => number

/** The text, or its two ends around `…`, no wider than `maxPx` as `measure` gives it. Never cuts a character in two. */
export function fitMiddle(text: string, maxPx: number, measure: Measure): string {
  if (measure(text) <= maxPx) return text
  const points = Array.from(text)
  let low = 0
  let high = points.length - 1
  // The longest cut that fits, by halving: measuring is what costs.
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (measure(cut(points, middle)) <= maxPx) low = middle
    else high = middle - 1
  }
  return cut(points, low)
}

function cut(points: readonly string[], keep: number): string {
  const head = Math.ceil(keep / 2)
  const tail = keep - head
  return `${points.slice(0, head).join('')}…${tail === 0 ? '' : points.slice(-tail).join('')}`
}

/** Widths without a canvas (exports, tests): a mean width, generous so that labels are cut rather than overlap. */
export function estimateWidth(sizePx: number): Measure {
  return (text) => Array.from(text).length * sizePx * 0.58
}
