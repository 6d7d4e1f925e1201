/**
 * The layered layout: columns by kind, order within a column by the barycentre of the neighbours, then places by
 * relaxation. Edges over several columns run through slots of their own, so that no ribbon lies under a node.
 * Deterministic: ties keep the engine's order.
 */
import type { AccessGraph } from '../../../contract/traces'
import { type Cell, planCells, type Route } from './cells'
import { edgeKey, kindTitles, nodeFacts } from './columns'
import { orderColumns } from './orderColumns'
import { placeColumns } from './placeColumns'
import { loopPath, type Point, ribbonPath } from './ribbon'
import { deniedPx, type Scene, type SceneEdge, type SceneNode } from './scene'

/** Narrower nodes would show too little of a name, narrower gaps would make the ribbons steep. */
const NODE_PX = { least: 148, most: 230 }
const COLUMN_GAP_PX = { least: 56, most: 130 }
const TOP_PX = 30
const MARGIN_PX = 14

/** Widths of columns and gaps: what fits the pane, so that labels keep their size. */
interface Measures {
  readonly nodePx: number
  readonly stepPx: number
}

function measuresFor(columns: number, widthPx: number): Measures {
  const room = widthPx - 2 * MARGIN_PX
  const gaps = Math.max(1, columns - 1)
  const natural = columns * NODE_PX.most + gaps * COLUMN_GAP_PX.most
  const share = Math.min(1, room / natural)
  const clamp = (px: number, { least, most }: { least: number; most: number }) =>
    Math.round(Math.min(most, Math.max(least, px)))
  const nodePx = clamp(NODE_PX.most * share, NODE_PX)
  const gapPx = clamp((room - columns * nodePx) / gaps, COLUMN_GAP_PX)
  return { nodePx, stepPx: nodePx + gapPx }
}

/** `widthPx` is the width to fill; columns keep a least width, so a narrow pane gets a wider scene. */
export function layeredScene(graph: AccessGraph, widthPx = 1200): Scene {
  const facts = nodeFacts(graph)
  const used = [...new Set([...facts.values()].map((own) => own.column))].sort((a, b) => a - b)
  const { columns, routes } = planCells(graph, facts, used)
  orderColumns(columns)
  placeColumns(columns)
  return sceneOf(columns, used, routes, measuresFor(used.length, widthPx))
}

function sceneOf(
  columns: readonly (readonly Cell[])[],
  used: readonly number[],
  routes: readonly Route[],
  { nodePx, stepPx }: Measures,
): Scene {
  const xOf = (column: number) => MARGIN_PX + column * stepPx
  const nodes = columns.flat().flatMap((cell): SceneNode[] => {
    if (cell.facts === null) return []
    const { node, denied, column } = cell.facts
    const { id, kind, label, count } = node
    const y = Math.round(cell.y) + TOP_PX
    return [{ id, kind, label, count, denied, column, x: xOf(cell.column), y, width: nodePx, height: cell.heightPx }]
  })
  const bottom = nodes.reduce((most, node) => Math.max(most, node.y + node.height), TOP_PX)
  return {
    nodes,
    edges: ribbons(routes, xOf, nodePx),
    widthPx: xOf(Math.max(0, columns.length - 1)) + nodePx + MARGIN_PX,
    heightPx: bottom + MARGIN_PX,
    columns: used.map((column, at) => ({ x: xOf(at), width: nodePx, title: kindTitles[column] ?? 'Others' })),
  }
}

/** Ribbons leave a node stacked in the order of where they go, so that they do not cross at its door. */
function ribbons(routes: readonly Route[], xOf: (column: number) => number, nodePx: number): readonly SceneEdge[] {
  const doors = new Map<string, number>()
  const door = (cell: Cell, side: 'left' | 'right') => {
    const own = routes.filter(({ cells }) => (side === 'left' ? entersAt(cells, cell) : leavesAt(cells, cell)))
    const total = own.reduce((sum, route) => sum + route.widthPx + 1, 0)
    const farY = ({ cells }: Route) => {
      const at = cells.indexOf(cell)
      const next = side === 'left' ? cells[at - 1] : (cells[at + 1] ?? cells[at - 1])
      return next === undefined ? 0 : next.y + next.heightPx / 2
    }
    // Where the ribbons are wider than the node is high, they overlap evenly.
    const squeeze = Math.min(1, (cell.heightPx - 4) / Math.max(1, total))
    let y = cell.y + cell.heightPx / 2 - (total * squeeze) / 2 + TOP_PX
    for (const route of [...own].sort((a, b) => farY(a) - farY(b))) {
      const each = (route.widthPx + 1) * squeeze
      doors.set(`${side}/${edgeKey(route.edge)}/${cell.column}`, y + each / 2)
      y += each
    }
  }
  const ends = new Set(routes.flatMap(({ cells }) => [cells[0], cells.at(-1)]))
  for (const cell of ends) {
    if (cell === undefined) continue
    door(cell, 'left')
    door(cell, 'right')
  }
  return routes.map(({ edge, cells, widthPx }) => {
    const key = edgeKey(edge)
    const deniedWidth = deniedPx(edge.count, edge.denied, widthPx)
    const shift = (widthPx - deniedWidth) / 2
    const points = cells.flatMap((cell, at): Point[] => {
      const left = xOf(cell.column)
      const middle = cell.y + cell.heightPx / 2 + TOP_PX
      if (at === 0) return [{ x: left + nodePx, y: doors.get(`right/${key}/${cell.column}`) ?? middle }]
      if (at === cells.length - 1) return [{ x: left, y: doors.get(`left/${key}/${cell.column}`) ?? middle }]
      return [
        { x: left, y: middle },
        { x: left + nodePx, y: middle },
      ]
    })
    const [first, last] = [cells[0], cells.at(-1)]
    const loop = first !== undefined && last !== undefined && first.column === last.column
    const from = loop ? { x: xOf(first.column) + nodePx, y: first.y + first.heightPx / 2 + TOP_PX } : null
    const to = loop ? { x: xOf(last.column) + nodePx, y: last.y + last.heightPx / 2 + TOP_PX } : null
    const line = (shiftPx: number) =>
      from !== null && to !== null ? loopPath(from, to, shiftPx) : ribbonPath(points, shiftPx)
    return {
      key,
      source: edge.source,
      target: edge.target,
      count: edge.count,
      denied: edge.denied,
      firstTs: edge.firstTs,
      lastTs: edge.lastTs,
      path: line(0),
      widthPx,
      deniedPath: deniedWidth > 0 ? line(shift) : null,
      deniedPx: deniedWidth,
    }
  })
}

function leavesAt(cells: readonly Cell[], cell: Cell): boolean {
  return cells[0] === cell || (cells.at(-1) === cell && cells[0]?.column === cell.column)
}

function entersAt(cells: readonly Cell[], cell: Cell): boolean {
  return cells.at(-1) === cell && cells[0]?.column !== cell.column
}
