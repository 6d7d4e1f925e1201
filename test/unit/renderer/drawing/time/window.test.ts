import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  caseWindow,
  clampWindow,
  MIN_WINDOW_US,
  panWindow,
  timeScale,
  windowBetween,
  zoomWindow,
} from '../../../../../src/renderer/drawing/time/window'

const bounds = { fromUs: 1_000_000, toUs: 11_000_000 }

describe('time windows', () => {
  it('keeps the instant under the pointer in place while zooming', () => {
    const before = { fromUs: 2_000_000, toUs: 6_000_000 }
    const after = zoomWindow(before, 0.5, 3_000_000, bounds)
    expect(after).toEqual({ fromUs: 2_500_000, toUs: 4_500_000 })
    expect(timeScale(after, 0, 800).toPx(3_000_000)).toBe(timeScale(before, 0, 800).toPx(3_000_000))
  })

  it('stops at the ends of the case when zooming out or panning', () => {
    expect(zoomWindow({ fromUs: 2_000_000, toUs: 9_000_000 }, 10, 3_000_000, bounds)).toEqual(bounds)
    expect(panWindow({ fromUs: 2_000_000, toUs: 4_000_000 }, -9_000_000, bounds)).toEqual({
      fromUs: 1_000_000,
      toUs: 3_000_000,
    })
  })

  it('gives whole microseconds within the bounds whatever is asked', () => {
    const number = fc.double({ min: -1e15, max: 1e15, noNaN: true })
    fc.assert(
      fc.property(number, number, (a, b) => {
        const window = clampWindow({ fromUs: Math.min(a, b), toUs: Math.max(a, b) }, bounds)
        expect(Number.isInteger(window.fromUs) && Number.isInteger(window.toUs)).toBe(true)
        expect(window.fromUs).toBeGreaterThanOrEqual(bounds.fromUs)
        expect(window.toUs).toBeLessThanOrEqual(bounds.toUs)
        expect(window.toUs - window.fromUs).toBeGreaterThanOrEqual(MIN_WINDOW_US)
      }),
    )
  })

  it('takes both ends of a brush in either order', () => {
    expect(windowBetween(5_000_000.6, 2_000_000.4, bounds)).toEqual({ fromUs: 2_000_000, toUs: 5_000_001 })
  })

  it('has the last event of the case inside its half-open window', () => {
    expect(caseWindow({ fromUs: 0, toUs: 5_000 }).toUs).toBeGreaterThan(5_000)
    const instant = caseWindow({ fromUs: 7, toUs: 7 })
    expect(instant.fromUs).toBeLessThan(7)
    expect(instant.toUs - instant.fromUs).toBeGreaterThanOrEqual(1_000_000)
  })
})
