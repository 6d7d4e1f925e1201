/** A graph with its places: what the view and the SVG export draw. Pixels, y downwards. */
export interface SceneNode {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly count: number
  readonly denied: number
  readonly column: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface SceneEdge {
  readonly key: string
  readonly source: string
  readonly target: string
  readonly count: number
  readonly denied: number
  readonly firstTs: string
  readonly lastTs: string
  /** Middle line of the ribbon. */
  readonly path: string
  readonly widthPx: number
  /** Middle line and width of the denied share, along the lower edge of the ribbon; null where nothing was denied. */
  readonly deniedPath: string | null
  readonly deniedPx: number
}

export interface Scene {
  readonly nodes: readonly SceneNode[]
  readonly edges: readonly SceneEdge[]
  readonly widthPx: number
  readonly heightPx: number
  /** Titles above the columns; empty for layouts without columns. */
  readonly columns: readonly { readonly x: number; readonly width: number; readonly title: string }[]
}

const LEAST_PX = 1.5
const MOST_PX = 16

/** Width of a ribbon: by the logarithm, since counts span decades and the rare access is what is looked for. */
export function ribbonPx(count: number, most: number): number {
  if (count <= 0) return LEAST_PX
  const share = most <= 1 ? 0 : Math.log(count) / Math.log(most)
  return LEAST_PX + (MOST_PX - LEAST_PX) * Math.min(1, Math.max(0, share))
}

/** Width of the denied part: linear within the ribbon, and always to be seen. */
export function deniedPx(count: number, denied: number, widthPx: number): number {
  if (denied <= 0 || count <= 0) return 0
  return Math.min(widthPx, Math.max(LEAST_PX, (widthPx * Math.min(denied, count)) / count))
}
