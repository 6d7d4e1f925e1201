import { describe, expect, it } from 'vitest'
import type { ClockRow } from '../../../../../src/contract/linking'
import { activeOffsetUs, bandOf, reachUs } from '../../../../../src/renderer/views/clocks/bands'

const clock: ClockRow = {
  source: 'pgaudit',
  service: null,
  offsetUs: 30_000_000,
  jitterUs: 2_000_000,
  driftPpm: 0,
  pairs: 40,
  basis: 'links',
  suggested: false,
  set: null,
  middleUs: 0,
  text: '',
}

describe('bands of clocks', () => {
  it('keep the farthest clock with its scatter on the scale', () => {
    const reach = reachUs([clock, { ...clock, offsetUs: -5_000_000 }])
    expect(reach).toBe(32_000_000)
    expect(bandOf(clock, reach)).toEqual({ zero: 0.5, offset: 0.96875, from: 0.9375, to: 1 })
  })

  it('lie on both sides of zero where the clock is right', () => {
    const band = bandOf({ offsetUs: 0, jitterUs: 500 }, 1_000)
    expect([band.from, band.offset, band.to]).toEqual([0.25, 0.5, 0.75])
  })
})

describe('activeOffsetUs', () => {
  it('is what was measured, unless it is only suggested', () => {
    expect(activeOffsetUs(clock)).toBe(30_000_000)
    expect(activeOffsetUs({ ...clock, suggested: true })).toBeNull()
  })

  it('follows the analyst, also to off', () => {
    const set = { offsetUs: 1, enabled: true, author: 'analyst', at: '2026-01-01T00:00:00Z' }
    expect(activeOffsetUs({ ...clock, set })).toBe(1)
    expect(activeOffsetUs({ ...clock, set: { ...set, enabled: false } })).toBeNull()
  })
})
