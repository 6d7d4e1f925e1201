/** Cells of the coverage map by row and bucket, and back to the cell that conclusions name. */
import type { CoverageCell, CoverageMap, CoverageRow, CoverageState } from '../../../contract/analyses'

export interface CellPlace {
  readonly row: number
  readonly from: number
  /** Last bucket that the cell reaches into. */
  readonly to: number
}

export interface CellFigures {
  readonly events: number
  readonly linked: number
  readonly spans: number
  readonly states: readonly CoverageState[]
}

/** Where a cell lies on this map; null where its row is not shown or its times lie outside. */
export function cellAt(map: CoverageMap, cell: CoverageCell): CellPlace | null {
  const row = map.rows.findIndex(
    (candidate) => candidate.area === cell.area && (candidate.source ?? '') === cell.source,
  )
  if (row < 0) return null
  const from = Math.floor((cell.fromUs - map.startUs) / map.widthUs)
  const to = Math.ceil((cell.toUs - map.startUs) / map.widthUs) - 1
  if (to < 0 || from >= map.buckets) return null
  return { row, from: Math.max(0, from), to: Math.min(map.buckets - 1, Math.max(from, to)) }
}

export function cellOf(map: CoverageMap, row: number, bucket: number): CoverageCell | null {
  const found = map.rows[row]
  if (found === undefined) return null
  const fromUs = Math.ceil(map.startUs + bucket * map.widthUs)
  const toUs = Math.max(fromUs + 1, Math.ceil(map.startUs + (bucket + 1) * map.widthUs))
  return { source: found.source ?? '', area: found.area, fromUs, toUs }
}

/** What the buckets of a place hold together. */
export function figuresAt(row: CoverageRow, place: CellPlace): CellFigures {
  const inside = row.cells.filter(([bucket]) => bucket >= place.from && bucket <= place.to)
  const sum = (column: 1 | 2 | 3) => inside.reduce((total, cell) => total + cell[column], 0)
  return { events: sum(1), linked: sum(2), spans: sum(3), states: [...new Set(inside.map((cell) => cell[4]))] }
}
