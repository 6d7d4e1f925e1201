import { describe, expect, it } from 'vitest'
import { baseFor, moveBy, rebase, WINDOW_ROWS, windowSize } from '../../../../../src/renderer/views/events/rowWindow'

const total = 10_000_000
/** Chromium clips elements at this height. */
const CLIP_PX = 33_554_428

describe('window of rows', () => {
  it('stays below the height that browsers clip, at the roomiest rows', () => {
    expect(WINDOW_ROWS * 28).toBeLessThan(CLIP_PX)
  })

  it('is the whole list where that is short', () => {
    expect(baseFor(50, 100)).toBe(0)
    expect(windowSize(0, 100)).toBe(100)
    expect(rebase(0, 90, 99, 100)).toBe(0)
  })

  it('holds any row that is asked for, and never passes the ends', () => {
    for (const index of [0, 1, 199_999, 200_000, 5_000_000, total - 200_000, total - 1]) {
      const base = baseFor(index, total)
      expect(base).toBeGreaterThanOrEqual(0)
      expect(index).toBeGreaterThanOrEqual(base)
      expect(index).toBeLessThan(base + windowSize(base, total))
      expect(base + windowSize(base, total)).toBeLessThanOrEqual(total)
    }
  })

  it('moves when the view nears an edge with rows behind it, and rests elsewhere', () => {
    const base = 1_000_000
    expect(rebase(base, base + 100, base + 140, total)).toBeLessThan(base)
    expect(rebase(base, base + WINDOW_ROWS - 200, base + WINDOW_ROWS - 160, total)).toBeGreaterThan(base)
    expect(rebase(base, base + 150_000, base + 150_040, total)).toBe(base)
    expect(rebase(0, 0, 40, total)).toBe(0)
    expect(rebase(total - WINDOW_ROWS, total - 40, total - 1, total)).toBe(total - WINDOW_ROWS)
  })
})

describe('keys', () => {
  it('move the active row and stop at the ends', () => {
    expect(moveBy('j', 4, 100, 30)).toBe(5)
    expect(moveBy('ArrowUp', 0, 100, 30)).toBe(0)
    expect(moveBy('PageDown', 90, 100, 30)).toBe(99)
    expect(moveBy('End', 3, 100, 30)).toBe(99)
    expect(moveBy('Home', 3, 100, 30)).toBe(0)
  })

  it('do nothing in an empty list or for other keys', () => {
    expect(moveBy('j', -1, 0, 30)).toBeUndefined()
    expect(moveBy('x', 3, 100, 30)).toBeUndefined()
  })
})
