import { expect, it } from 'vitest'
import { formatDuration } from '../../../../../src/renderer/drawing/time/duration'

it('gives durations three digits and a unit that fits', () => {
  expect([0, 1, 950, 1_500, 999_600, 12_345_678, 3_000_000_000, 59_999_000_000].map(formatDuration)).toEqual([
    '0',
    '1 ns',
    '950 ns',
    '1.5 µs',
    '1 ms',
    '12.3 ms',
    '3 s',
    '60 s',
  ])
})

it('writes minutes and hours in two parts', () => {
  expect(formatDuration(61_000_000_000)).toBe('1 min 1 s')
  expect(formatDuration(120_000_000_000)).toBe('2 min')
  expect(formatDuration(2 * 3_600_000_000_000 + 5 * 60_000_000_000)).toBe('2 h 5 min')
})

it('does not hide a negative or missing duration', () => {
  expect(formatDuration(-1_500)).toBe('−1.5 µs')
  expect(formatDuration(Number.NaN)).toBe('–')
})
