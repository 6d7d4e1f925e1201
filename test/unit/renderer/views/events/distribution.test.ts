import { describe, expect, it } from 'vitest'
import { binAt, binsOf, stretch, stretchTerm, timeEnds } from '../../../../../src/renderer/views/events/distribution'

describe('facets on a scale', () => {
  it('shows a single event beside a million', () => {
    const bins = binsOf({ edges: [0, 10, 20, 30], count: [1_000_000, 0, 1] })
    expect(bins.map(({ height }) => height)).toEqual([1, 0, 0.08])
    expect(bins[2]).toMatchObject({ from: 20, to: 30, count: 1 })
  })

  it('keeps a pointer that left the drawing at its nearest end', () => {
    expect([binAt(-5, 100, 10), binAt(55, 100, 10), binAt(400, 100, 10), binAt(0, 0, 3)]).toEqual([0, 5, 9, 0])
    expect(stretch(7, 3)).toEqual([3, 7])
  })

  it('writes half-open ranges, times in UTC', () => {
    expect(stretchTerm('duration_us', 100, 200)).toBe('duration_us:[100 TO 200}')
    expect(stretchTerm('ts_end', 1_688_986_800_000_000, 1_688_986_800_000_001)).toBe(
      'ts_end:[2023-07-10T11:00:00.000000Z TO 2023-07-10T11:00:00.000001Z}',
    )
  })

  it('says at the ends what differs, and the day once where it does not', () => {
    expect(timeEnds('2026-03-17 10:14:00', '2026-03-17 12:00:00')).toEqual({
      from: '10:14:00',
      to: '12:00:00',
      day: '2026-03-17',
    })
    expect(timeEnds('2026-03-17 10:14:00', '2026-03-18 00:00:00')).toEqual({
      from: '2026-03-17',
      to: '2026-03-18',
      day: '',
    })
  })
})
