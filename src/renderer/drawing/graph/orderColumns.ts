/** Order within the columns: barycentre sweeps (Sugiyama), keeping the order with the fewest crossings. */
import type { Cell } from './cells'

const SWEEPS = 12

export function orderColumns(columns: readonly Cell[][]): void {
  let best = columns.map((column) => [...column])
  let fewest = crossings(columns)
  for (let sweep = 0; sweep < SWEEPS && fewest > 0; sweep++) {
    const forward = sweep % 2 === 0
    const order = forward ? columns : [...columns].reverse()
    for (const column of order) {
      const keyed = column.map((cell) => ({ cell, key: barycentre(forward ? cell.before : cell.after, cell.order) }))
      keyed.sort((a, b) => a.key - b.key || a.cell.order - b.cell.order)
      keyed.forEach(({ cell }, at) => {
        cell.order = at
        column[at] = cell
      })
    }
    const now = crossings(columns)
    if (now < fewest) {
      fewest = now
      best = columns.map((column) => [...column])
    }
  }
  best.forEach((kept, at) => {
    kept.forEach((cell, order) => {
      cell.order = order
    })
    columns[at]?.splice(0, kept.length, ...kept)
  })
}

function barycentre(links: readonly { readonly cell: Cell; readonly weight: number }[], fallback: number): number {
  if (links.length === 0) return fallback
  let sum = 0
  let weights = 0
  for (const { cell, weight } of links) {
    sum += cell.order * weight
    weights += weight
  }
  return sum / weights
}

/** Crossings between neighbouring columns, counted as inversions with a Fenwick tree. */
function crossings(columns: readonly (readonly Cell[])[]): number {
  let total = 0
  for (const column of columns) {
    const targets: number[] = []
    for (const cell of column) {
      const own = cell.after.map((link) => link.cell.order).sort((a, b) => a - b)
      targets.push(...own)
    }
    const size = targets.reduce((most, order) => Math.max(most, order), 0) + 2
    const tree = new Int32Array(size + 1)
    targets.forEach((order, at) => {
      let smallerOrEqual = 0
      for (let index = order + 1; index > 0; index -= index & -index) smallerOrEqual += tree[index] ?? 0
      total += at - smallerOrEqual
      for (let index = order + 1; index <= size; index += index & -index) tree[index] = (tree[index] ?? 0) + 1
    })
  }
  return total
}
