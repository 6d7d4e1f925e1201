/**
 * Browsers clip an element at about 33 million pixels, so a long list is a window of rows `[base, base + WINDOW_ROWS)`
 * that moves when the view nears its edge.
 */
export const WINDOW_ROWS = 400_000
const EDGE_ROWS = 2_000

/** How many rows the tall element stands for. */
export function windowSize(base: number, total: number): number {
  return Math.max(0, Math.min(WINDOW_ROWS, total - base))
}

/** The base that shows `index` in the middle of the window. */
export function baseFor(index: number, total: number): number {
  if (total <= WINDOW_ROWS) return 0
  return Math.max(0, Math.min(total - WINDOW_ROWS, Math.floor(index - WINDOW_ROWS / 2)))
}

/** A new base where the visible rows `[first, last]` (absolute) are near an edge with more rows behind it; else the old one. */
export function rebase(base: number, first: number, last: number, total: number): number {
  const nearStart = base > 0 && first - base < EDGE_ROWS
  const nearEnd = base + WINDOW_ROWS < total && base + WINDOW_ROWS - last < EDGE_ROWS
  return nearStart || nearEnd ? baseFor(first, total) : base
}

/** Index of the active row after a key, or undefined for a key that moves nothing. */
export function moveBy(key: string, active: number, total: number, pageRows: number): number | undefined {
  const target = targetOf(key, active, total, pageRows)
  if (target === undefined || total === 0) return undefined
  return Math.max(0, Math.min(total - 1, target))
}

function targetOf(key: string, active: number, total: number, pageRows: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return active + 1
    case 'ArrowUp':
    case 'k':
      return active - 1
    case 'PageDown':
      return active + pageRows
    case 'PageUp':
      return active - pageRows
    case 'Home':
      return 0
    case 'End':
      return total - 1
    default:
      return undefined
  }
}
