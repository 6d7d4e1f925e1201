/** Heights of the cells: near their neighbours, in their order, never overlapping. */
import type { Cell } from './cells'

const NODE_GAP_PX = 7
const SLOT_GAP_PX = 2
const RELAXATIONS = 24

function gapAfter(cell: Cell): number {
  return cell.facts === null ? SLOT_GAP_PX : NODE_GAP_PX
}

/** Starts with centred stacks, then lets each cell move towards its neighbours as far as the order allows. */
export function placeColumns(columns: readonly (readonly Cell[])[]): void {
  const heights = columns.map((column) =>
    column.reduce((sum, cell, at) => sum + cell.heightPx + (at === 0 ? 0 : gapAfter(cell)), 0),
  )
  const heightPx = Math.max(0, ...heights)
  columns.forEach((column, at) => {
    let y = (heightPx - (heights[at] ?? 0)) / 2
    for (const cell of column) {
      cell.y = y
      y += cell.heightPx + gapAfter(cell)
    }
  })
  for (let round = 0; round < RELAXATIONS; round++) {
    const order = round % 2 === 0 ? columns : [...columns].reverse()
    for (const column of order) {
      for (const cell of column) {
        const wanted = meanCentre([...cell.before, ...cell.after])
        if (wanted !== undefined) cell.y += (wanted - cell.heightPx / 2 - cell.y) * 0.6
      }
      separate(column, heightPx)
    }
  }
}

function meanCentre(links: readonly { readonly cell: Cell; readonly weight: number }[]): number | undefined {
  let sum = 0
  let weights = 0
  for (const { cell, weight } of links) {
    sum += (cell.y + cell.heightPx / 2) * weight
    weights += weight
  }
  return weights === 0 ? undefined : sum / weights
}

/** Pushes overlapping cells apart: down from the top, then up from the bottom. */
function separate(column: readonly Cell[], heightPx: number): void {
  let free = 0
  for (const cell of column) {
    cell.y = Math.max(cell.y, free)
    free = cell.y + cell.heightPx + gapAfter(cell)
  }
  let limit = heightPx
  for (let at = column.length - 1; at >= 0; at--) {
    const cell = column[at]
    if (cell === undefined) continue
    cell.y = Math.min(cell.y, limit - cell.heightPx)
    limit = cell.y - gapAfter(cell)
  }
}
