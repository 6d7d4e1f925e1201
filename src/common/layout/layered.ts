/**
 * Layered graph layout: nodes in columns, each column ordered by the barycentre of its neighbours, so that edges cross
 * little. Pure and deterministic: the same graph gives the same picture, whatever the order of nodes and edges.
 */
export interface LayoutNode {
  readonly id: string
  /** Column, from 0. */
  readonly layer: number
  /** Larger nodes come first where nothing else decides. */
  readonly weight: number
}

export interface LayoutEdge {
  readonly source: string
  readonly target: string
  readonly weight: number
}

export interface LayoutOptions {
  readonly layerGap: number
  readonly nodeGap: number
  readonly sweeps?: number
}

export interface PlacedNode {
  readonly id: string
  readonly layer: number
  /** Centre, in the units of the gaps; y begins at 0 and columns are centred on each other. */
  readonly x: number
  readonly y: number
}

export interface Layout {
  readonly nodes: readonly PlacedNode[]
  readonly width: number
  readonly height: number
}

export function layeredLayout(
  nodes: readonly LayoutNode[],
  edges: readonly LayoutEdge[],
  { layerGap, nodeGap, sweeps = 8 }: LayoutOptions,
): Layout {
  const layers = [...new Set(nodes.map((node) => node.layer))].sort((a, b) => a - b)
  const columns = layers.map((layer) =>
    nodes
      .filter((node) => node.layer === layer)
      .sort((a, b) => b.weight - a.weight || compareText(a.id, b.id))
      .map((node) => node.id),
  )
  const neighbours = new Map<string, { readonly id: string; readonly weight: number }[]>(
    nodes.map((node) => [node.id, []]),
  )
  for (const { source, target, weight } of edges) {
    neighbours.get(source)?.push({ id: target, weight })
    neighbours.get(target)?.push({ id: source, weight })
  }
  const rank = new Map<string, number>()
  const settle = (column: readonly string[]) => {
    for (const [index, id] of column.entries()) rank.set(id, (index + 0.5) / column.length)
  }
  columns.forEach(settle)
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const order = sweep % 2 === 0 ? columns.keys() : [...columns.keys()].reverse()
    for (const at of order) {
      const column = columns[at]
      if (column === undefined) continue
      const centre = new Map(column.map((id) => [id, barycentre(id)]))
      column.sort((a, b) => (centre.get(a) ?? 0) - (centre.get(b) ?? 0) || compareText(a, b))
      settle(column)
    }
  }
  const tallest = Math.max(0, ...columns.map((column) => column.length))
  const placed = columns.flatMap((column, at) => {
    const top = ((tallest - column.length) * nodeGap) / 2
    return column.map((id, index) => ({
      id,
      layer: layers[at] ?? 0,
      x: at * layerGap,
      y: top + index * nodeGap,
    }))
  })
  return {
    nodes: placed,
    width: Math.max(0, columns.length - 1) * layerGap,
    height: Math.max(0, tallest - 1) * nodeGap,
  }

  function barycentre(id: string): number {
    let sum = 0
    let total = 0
    for (const neighbour of neighbours.get(id) ?? []) {
      // The logarithm keeps one busy edge from deciding alone.
      const weight = 1 + Math.log1p(Math.max(0, neighbour.weight))
      sum += weight * (rank.get(neighbour.id) ?? 0.5)
      total += weight
    }
    return total === 0 ? (rank.get(id) ?? 0.5) : sum / total
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
