import { describe, expect, it } from 'vitest'
import type { CoverageMap } from '../../../../../src/contract/analyses'
import { cellAt, cellOf, figuresAt } from '../../../../../src/renderer/views/coverage/places'

const row: CoverageMap['rows'][number] = {
  kind: 'area',
  source: 'pgaudit',
  area: 'postgresql/shop',
  events: 9,
  linked: 4,
  spans: 7,
  services: ['orders'],
  rate: null,
  declared: null,
  cells: [
    [1, 5, 4, 3, 'covered'],
    [2, 4, 0, 4, 'sampled'],
  ],
}
const map: CoverageMap = { startUs: 1_000, widthUs: 100, buckets: 4, rows: [row], silences: [], truncated: false }

describe('cells of the coverage map', () => {
  it('finds the cell that it names itself', () => {
    const cell = cellOf(map, 0, 2)
    expect(cell).toEqual({ source: 'pgaudit', area: 'postgresql/shop', fromUs: 1_200, toUs: 1_300 })
    expect(cell === null ? null : cellAt(map, cell)).toEqual({ row: 0, from: 2, to: 2 })
  })

  it('adds up the buckets that a wider cell reaches into', () => {
    const at = cellAt(map, { source: 'pgaudit', area: 'postgresql/shop', fromUs: 1_150, toUs: 1_250 })
    expect(at).toEqual({ row: 0, from: 1, to: 2 })
    expect(at === null ? null : figuresAt(row, at)).toEqual({
      events: 9,
      linked: 4,
      spans: 7,
      states: ['covered', 'sampled'],
    })
  })

  it('finds nothing for another source, another area or other times', () => {
    const cell = { source: 'pgaudit', area: 'postgresql/shop', fromUs: 1_100, toUs: 1_200 }
    expect(cellAt(map, { ...cell, source: 'mysql' })).toBeNull()
    expect(cellAt(map, { ...cell, area: 'postgresql/other' })).toBeNull()
    expect(cellAt(map, { ...cell, fromUs: 9_000, toUs: 9_100 })).toBeNull()
  })
})
