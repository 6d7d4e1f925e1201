import { describe, expect, it } from 'vitest'
import { chance, corrected } from '../../../../../src/engine/query/contrast/significance'

describe('significance of a difference of shares', () => {
  it("gives Fisher's exact chance where counts are small: the lady tasting tea", () => {
    // Three of four right: 2 · (1 + 16) / 70.
    expect(chance({ inside: 3, insideOf: 4, outside: 1, outsideOf: 4 })).toBeCloseTo(34 / 70, 9)
  })

  it('gives the chance of the likelihood ratio where counts are large', () => {
    // Thirty where about fifteen are expected.
    const p = chance({ inside: 30, insideOf: 100, outside: 130, outsideOf: 1000 })
    expect(p).toBeGreaterThan(1e-6)
    expect(p).toBeLessThan(1e-4)
    expect(chance({ inside: 13, insideOf: 100, outside: 130, outsideOf: 1000 })).toBeCloseTo(1, 6)
  })

  it('finds nothing in a value that all have, that none has, and in an empty region', () => {
    expect(chance({ inside: 5, insideOf: 5, outside: 9, outsideOf: 9 })).toBe(1)
    expect(chance({ inside: 0, insideOf: 5, outside: 0, outsideOf: 9 })).toBe(1)
    expect(chance({ inside: 0, insideOf: 0, outside: 4, outsideOf: 9 })).toBe(1)
  })

  it('is the same whichever side is called the region', () => {
    const one = chance({ inside: 2, insideOf: 7, outside: 40, outsideOf: 60 })
    expect(chance({ inside: 40, insideOf: 60, outside: 2, outsideOf: 7 })).toBeCloseTo(one, 9)
  })

  it('grows with the number of comparisons and stays a chance', () => {
    expect(corrected(0.001, 10)).toBeCloseTo(0.01, 12)
    expect(corrected(0.2, 10)).toBe(1)
    expect(corrected(0.2, 0)).toBe(0.2)
  })
})
