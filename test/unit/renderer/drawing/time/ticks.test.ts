import { describe, expect, it } from 'vitest'
import { axisTicks } from '../../../../../src/renderer/drawing/time/ticks'

const us = (text: string) => Date.parse(text) * 1000
const over = (from: string, to: string, widthPx = 600) =>
  axisTicks({ fromUs: us(from), toUs: us(to) }, widthPx, 'utc').map(({ label, date }) => [label, date])

describe('axisTicks', () => {
  it('labels hours with 24-hour times and says the date where it changes', () => {
    expect(over('2023-07-10T20:00:00Z', '2023-07-11T02:00:00Z')).toEqual([
      ['20:00', '2023-07-10'],
      ['21:00', null],
      ['22:00', null],
      ['23:00', null],
      ['00:00', '2023-07-11'],
      ['01:00', null],
    ])
  })

  it('puts ticks on whole hours of another zone', () => {
    const window = { fromUs: us('2023-07-10T20:10:00Z'), toUs: us('2023-07-11T02:10:00Z') }
    const ticks = axisTicks(window, 600, 'zone:Asia/Kolkata')
    expect(ticks.map(({ label }) => label)).toEqual(['02:00', '03:00', '04:00', '05:00', '06:00', '07:00'])
    expect(ticks[0]).toMatchObject({ us: us('2023-07-10T20:30:00Z'), date: '2023-07-11' })
  })

  it('repeats no tick where clocks go back', () => {
    const window = { fromUs: us('2023-10-28T22:00:00Z'), toUs: us('2023-10-29T04:00:00Z') }
    const instants = axisTicks(window, 600, 'zone:Europe/Berlin').map((tick) => tick.us)
    expect(new Set(instants).size).toBe(instants.length)
    expect(instants).toEqual(instants.toSorted((a, b) => a - b))
  })

  it('labels days with day and month and says the year where it changes', () => {
    const ticks = over('2023-12-30T00:00:00Z', '2024-01-03T00:00:00Z', 400)
    expect(ticks[0]).toEqual(['30 Dec', '2023'])
    expect(ticks).toContainEqual(['01 Jan', '2024'])
  })

  it('shows fractions of a second on round steps', () => {
    const ticks = over('2023-07-10T20:00:00.100Z', '2023-07-10T20:00:00.600Z', 500)
    expect(ticks.map(([label]) => label)).toEqual(['00.1 s', '00.2 s', '00.3 s', '00.4 s', '00.5 s'])
    expect(ticks[0]?.[1]).toBe('2023-07-10 20:00')
  })

  it('goes down to single microseconds without labels that are the same', () => {
    const from = us('2023-07-10T20:00:00.123Z') + 450
    const ticks = axisTicks({ fromUs: from, toUs: from + 10 }, 1200, 'utc')
    expect(new Set(ticks.map((tick) => tick.label)).size).toBe(ticks.length)
    expect(ticks[1]?.label).toBe('00.123451 s')
  })

  it('has no two ticks closer than half of the spacing', () => {
    for (const hours of [0.0001, 0.01, 1, 7, 24, 100, 24 * 40, 24 * 800, 24 * 5000]) {
      const window = { fromUs: us('2020-01-01T00:00:00Z'), toUs: us('2020-01-01T00:00:00Z') + hours * 3_600_000_000 }
      const ticks = axisTicks(window, 960, 'utc')
      expect(ticks.length).toBeGreaterThan(2)
      expect(ticks.length).toBeLessThanOrEqual(21)
    }
  })

  it('marks local midnight in local time', () => {
    const fromUs = new Date(2023, 6, 10, 22, 0).getTime() * 1000
    const ticks = axisTicks({ fromUs, toUs: fromUs + 4 * 3_600_000_000 }, 400, 'local')
    expect(ticks.map((tick) => [tick.label, tick.date])).toContainEqual(['00:00', '2023-07-11'])
  })
})
