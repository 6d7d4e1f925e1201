/** What the layered layout moves around: cells in columns, and the routes of edges through them. */
import type { AccessGraph } from '../../../contract/traces'
import type { NodeFacts } from './columns'
import { ribbonPx } from './scene'

const NODE_LEAST_PX = 24

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

/** One column for each of `used`, in the order of the graph. */
export function planCells(graph: AccessGraph, facts: ReadonlyMap<string, NodeFacts>, used: readonly number[]): Plan {
  const columns: Cell[][] = used.map(() => [])
  const cells = new Map<string, Cell>()
  const add = (column: number, own: NodeFacts | null, heightPx: number): Cell => {
    const list = columns[column]
    const cell: Cell = { column, facts: own, heightPx, order: list?.length ?? 0, y: 0, before: [], after: [] }
    list?.push(cell)
    return cell
  }
  for (const own of facts.values()) cells.set(own.node.id, add(used.indexOf(own.column), own, NODE_LEAST_PX))
  const most = graph.edges.reduce((peak, edge) => Math.max(peak, edge.count), 1)
  const routes = graph.edges.flatMap((edge): Route[] => {
    const from = cells.get(edge.source)
    const to = cells.get(edge.target)
    if (from === undefined || to === undefined) return []
    const widthPx = ribbonPx(edge.count, most)
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
  growNodes(routes)
  return { columns, routes }
}

/** Nodes are as high as the wider side of their ribbons, and never too low for their label. */
function growNodes(routes: readonly Route[]): void {
  const sides = new Map<Cell, { into: number; out: number }>()
  const side = (cell: Cell) => {
    const known = sides.get(cell) ?? { into: 0, out: 0 }
    sides.set(cell, known)
    return known
  }
  for (const { cells, widthPx } of routes) {
    const first = cells[0]
    const last = cells.at(-1)
    if (first === undefined || last === undefined) continue
    side(first).out += widthPx + 1
    if (first.column === last.column) side(last).out += widthPx + 1
    else side(last).into += widthPx + 1
  }
  for (const [cell, { into, out }] of sides) cell.heightPx = Math.max(NODE_LEAST_PX, Math.ceil(Math.max(into, out)) + 6)
}
