import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockOf } from '../../../../scripts/generate/base/clock.mjs'
import { Heap } from '../../../../scripts/generate/base/heap.mjs'
import { randomOf, weighted } from '../../../../scripts/generate/base/random.mjs'
import { busyness } from '../../../../scripts/generate/base/rhythm.mjs'
import { commonLogTime, compactMinute, isoZulu, logTime } from '../../../../scripts/generate/base/time.mjs'

const timeUs = Date.UTC(2026, 2, 2, 8, 5, 9, 40) * 1000 + 56

describe('randomness', () => {
  it('is the same for the same seed and label, and another for others', () => {
    const take = (seed: number, label: string) => {
      const random = randomOf(seed, label)
      return [random.next(), random.uuid(), random.hex(16), random.upper(9), random.int(1, 1_000_000)]
    }
    expect(take(1, 'a')).toEqual(take(1, 'a'))
    expect(take(1, 'a')).not.toEqual(take(2, 'a'))
    expect(take(1, 'a')).not.toEqual(take(1, 'b'))
  })

  it('keeps to its ranges and shares', () => {
    const random = randomOf(3, 'ranges')
    const table = weighted([
      [3, 'often'],
      [1, 'seldom'],
    ])
    let often = 0
    let normal = 0
    let waits = 0
    for (let turn = 0; turn < 20_000; turn++) {
      expect(random.tail(7)).toBeLessThan(7)
      expect(random.around(100)).toBeGreaterThanOrEqual(1)
      if (random.draw(table) === 'often') often++
      normal += random.normal()
      waits += random.exponential(5)
    }
    expect(often / 20_000).toBeCloseTo(0.75, 1)
    expect(normal / 20_000).toBeCloseTo(0, 1)
    expect(waits / 20_000).toBeCloseTo(5, 0)
    expect(random.uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(random.hex(13)).toMatch(/^[0-9a-f]{13}$/)
  })
})

describe('the heap', () => {
  it('gives back by key, then by tie', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 5 }))), (entries) => {
        const heap = new Heap()
        for (const [key, tie] of entries) heap.push(key, tie, [key, tie])
        expect(heap.size).toBe(entries.length)
        const out = entries.map(() => heap.pop()?.item)
        expect(out).toEqual([...entries].sort(([a, b], [c, d]) => a - c || b - d))
        expect(heap.pop()).toBeUndefined()
      }),
    )
  })
})

describe('times', () => {
  it('are written as the sources write them, cut and not rounded', () => {
    expect(isoZulu(timeUs, 'us')).toBe('2026-03-02T08:05:09.040056Z')
    expect(isoZulu(timeUs, 'ms')).toBe('2026-03-02T08:05:09.040Z')
    expect(isoZulu(timeUs, 's')).toBe('2026-03-02T08:05:09Z')
    expect(logTime(timeUs, 'ms')).toBe('2026-03-02 08:05:09.040 UTC')
    expect(commonLogTime(timeUs)).toBe('02/Mar/2026:08:05:09 +0000')
    expect(compactMinute(timeUs)).toBe('20260302T0805Z')
  })

  it('are shown by a clock with its offset, its drift and its precision', () => {
    const facts = { startUs: timeUs, offsetUs: -90_000_000, driftPpm: 200, jitterUs: 0, precision: 'ms' as const }
    const clock = clockOf(facts, randomOf(1, 'clock'))
    expect(clock.noisy(timeUs) - timeUs).toBe(-90_000_000)
    expect(clock.noisy(timeUs + 10_000_000_000) - timeUs).toBe(-90_000_000 + 10_000_000_000 + 2_000_000)
    expect(clock.cut(1_234_567)).toBe(1_234_000)
    const noisy = clockOf({ ...facts, jitterUs: 1_000 }, randomOf(1, 'clock'))
    const away = Array.from({ length: 500 }, () => noisy.noisy(timeUs) - noisy.at(timeUs))
    expect(Math.max(...away.map(Math.abs))).toBeLessThanOrEqual(6_000)
    expect(new Set(away).size).toBeGreaterThan(300)
  })

  it('are busy on weekdays by day', () => {
    const hour = (day: number, at: number) => busyness(Date.UTC(2026, 2, day, at) * 1000)
    expect(hour(2, 10)).toBe(1)
    expect(hour(2, 3)).toBeLessThan(0.1)
    expect(hour(7, 10)).toBeLessThan(0.2)
    expect(hour(8, 10)).toBeLessThan(0.2)
    expect(hour(9, 10)).toBe(1)
  })
})
