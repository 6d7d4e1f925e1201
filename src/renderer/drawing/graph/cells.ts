/** What the layered layout moves around: cells in columns, and the routes of edges through them. */
import type { AccessGraph } from '../../../contract/traces'
import type { NodeFacts } from './columns'
import { ribbonPx } from './scene'

const NODE_LEAST_PX = 24
/** Higher nodes only push the others out of sight; their ribbons share the height instead. */
const NODE_MOST_PX = 84
/** What the ribbons of the busiest side of a node may take up before all ribbons become thinner. */
const BUSIEST_PX = 96
const THINNEST_PX = 1.2

/** A node, or (without facts) the slot of an edge that passes through the column. */
export interface Cell {
  readonly column: number
  readonly facts: NodeFacts | null
  heightPx: number
  order: number
  y: number
  readonly before: { readonly cell: Cell; readonly weight: number }[]
  readonly after: { readonly cell: Cell; readonly weight: number }[]
}

export interface Route {
  readonly edge: AccessGraph['edges'][number]
  readonly cells: readonly Cell[]
  readonly widthPx: number
}

export interface Plan {
  readonly columns: Cell[][]
  readonly routes: readonly Route[]
}

type Edge = AccessGraph['edges'][number]

/** One column for each of `used`, in the order of the graph. */
export function planCells(graph: AccessGraph, facts: ReadonlyMap<string, NodeFacts>, used: readonly number[]): Plan {
  const edges = graph.edges.filter((edge) => facts.has(edge.source) && facts.has(edge.target))
  const { widthOf, sides } = ribbonWidths(edges, facts)
  const columns: Cell[][] = used.map(() => [])
  const cells = new Map<string, Cell>()
  const add = (column: number, own: NodeFacts | null, heightPx: number): Cell => {
    const list = columns[column]
    const cell: Cell = { column, facts: own, heightPx, order: list?.length ?? 0, y: 0, before: [], after: [] }
    list?.push(cell)
    return cell
  }
  for (const own of facts.values()) {
    const heightPx = Math.min(NODE_MOST_PX, Math.max(NODE_LEAST_PX, Math.ceil(sides.get(own.node.id) ?? 0) + 4))
    cells.set(own.node.id, add(used.indexOf(own.column), own, heightPx))
  }
  const routes = edges.flatMap((edge): Route[] => {
    const from = cells.get(edge.source)
    const to = cells.get(edge.target)
    if (from === undefined || to === undefined) return []
    const widthPx = widthOf(edge)
    if (from.column === to.column) return [{ edge, cells: [from, to], widthPx }]
    // An edge against the order of the columns is laid out as its mirror image; the drawing keeps its direction.
    const [left, right] = from.column < to.column ? [from, to] : [to, from]
    const path = [left]
    for (let column = left.column + 1; column < right.column; column++) path.push(add(column, null, widthPx))
    path.push(right)
    path.forEach((cell, at) => {
      const next = path[at + 1]
      if (next === undefined) return
      cell.after.push({ cell: next, weight: widthPx })
      next.before.push({ cell, weight: widthPx })
    })
    return [{ edge, cells: path, widthPx }]
  })
  return { columns, routes }
}

/** Widths of the ribbons, made thinner together where the busiest node would become too high; and each node's need. */
function ribbonWidths(edges: readonly Edge[], facts: ReadonlyMap<string, NodeFacts>) {
  const most = edges.reduce((peak, edge) => Math.max(peak, edge.count), 1)
  const sides = new Map<string, number>()
  const grow = (key: string, px: number) => sides.set(key, (sides.get(key) ?? 0) + px)
  for (const edge of edges) {
    const px = ribbonPx(edge.count, most) + 1
    const loop = facts.get(edge.source)?.column === facts.get(edge.target)?.column
    grow(JSON.stringify(['right', edge.source]), px)
    grow(JSON.stringify([loop ? 'right' : 'left', edge.target]), px)
  }
  const busiest = Math.max(1, ...sides.values())
  const factor = Math.min(1, BUSIEST_PX / busiest)
  const needs = new Map<string, number>()
  for (const id of facts.keys()) {
    const left = sides.get(JSON.stringify(['left', id])) ?? 0
    const right = sides.get(JSON.stringify(['right', id])) ?? 0
    needs.set(id, Math.max(left, right) * factor)
  }
  const widthOf = (edge: Edge) => Math.max(THINNEST_PX, (ribbonPx(edge.count, most) + 1) * factor - 1)
  return { widthOf, sides: needs }
}
