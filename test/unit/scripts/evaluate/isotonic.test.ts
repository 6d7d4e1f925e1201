import { describe, expect, it } from 'vitest'
import { isotonic } from '../../../../scripts/evaluate/isotonic.mjs'

const of = (links: number, right: number) => ({ links, right })

describe('isotonic', () => {
  it('keeps shares that rise as they are', () => {
    const steps = isotonic({ '4.0': of(98, 49), '10.0': of(998, 989) })
    expect(steps.map(({ from, share }) => [from, share])).toEqual([
      [4, 0.5],
      [10, 0.99],
    ])
  })

  it('pools neighbours that would fall, and goes back as far as needed', () => {
    const steps = isotonic({ '4.0': of(100, 60), '5.0': of(100, 90), '6.0': of(100, 10) })
    expect(steps.map(({ from, links, right }) => [from, links, right])).toEqual([[4, 300, 160]])
  })

  it('never says 0 or 1, and gives no step to a handful of links below others', () => {
    const [only, ...others] = isotonic({ '4.0': of(3, 0), '5.0': of(100, 100) })
    expect(others).toEqual([])
    expect(only?.share).toBeLessThan(1)
    expect(isotonic({ '4.0': of(100, 0) })[0]?.share).toBeGreaterThan(0)
  })

  it('orders by support as numbers, and leaves out what is not settled', () => {
    const steps = isotonic({ '10.0': of(200, 199), '9.0': of(200, 100), unsettled: of(500, 1) })
    expect(steps.map(({ from }) => from)).toEqual([9, 10])
  })
})
