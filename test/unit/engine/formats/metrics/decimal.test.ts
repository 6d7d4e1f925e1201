import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalNs, sampleValue } from '../../../../../src/engine/formats/metrics/decimal'

describe('decimal seconds as nanoseconds', () => {
  it.each([
    ['1596566305.5928545', 1_596_566_305_592_854_500n],
    ['1.7268398142239082e+09', 1_726_839_814_223_908_200n],
    ['1520879607', 1_520_879_607_000_000_000n],
    ['0.0000000019', 1n],
    ['-1.5', -1_500_000_000n],
    ['.5', 500_000_000n],
    ['5.', 5_000_000_000n],
    ['1e-9', 1n],
    ['1e-300', 0n],
  ])('reads %s', (text, ns) => {
    expect(decimalNs(text)).toBe(ns)
  })

  it('reads other units by their shift', () => {
    expect(decimalNs('1395066363123', 3)).toBe(1_395_066_363_123_000_000n)
  })

  it.each(['', '.', '-', '1e', 'NaN', '0x10', '1,5', '1e999', '1 '])('does not read %j', (text) => {
    expect(decimalNs(text)).toBeUndefined()
  })

  it('agrees with whole milliseconds of any time', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_000_000_000_000 }), (ms) => {
        expect(decimalNs((ms / 1000).toFixed(3))).toBe(BigInt(ms) * 1_000_000n)
      }),
    )
  })
})

describe('the value of a sample', () => {
  it('is a number, an infinity or NaN', () => {
    expect(['1', '-2.5', '1e3', '.5', '1.', 'NaN', '+Inf', '-Inf', 'inf'].map(sampleValue)).toEqual([
      ...[1, -2.5, 1000, 0.5, 1, Number.NaN],
      ...[Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    ])
  })

  it('keeps the digits of long integers', () => {
    expect(sampleValue('9007199254740993')).toBe(9_007_199_254_740_993n)
    expect(sampleValue('+18446744073709551615')).toBe(18_446_744_073_709_551_615n)
  })

  it.each(['', 'one', '1_000', '0x1p3', '--1', '{}'])('is not %j', (text) => {
    expect(sampleValue(text)).toBeUndefined()
  })
})
