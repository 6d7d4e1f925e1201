import { describe, expect, it } from 'vitest'
import { bigintOf, flagsOf, microseconds, nanoseconds } from '../../../../../src/engine/formats/spans/numbers'

describe('microseconds', () => {
  it('reads numbers and text, with decimals down to the nanosecond', () => {
    expect(microseconds(1485467191639875, 'It')).toBe(1485467191639875000n)
    expect(microseconds('1485467191639875', 'It')).toBe(1485467191639875000n)
    expect(microseconds(1.5, 'It')).toBe(1_500n)
    expect(microseconds('-1.0019', 'It')).toBe(-1_001n)
    expect(microseconds(0, 'It')).toBe(0n)
  })

  it('tells absent from unreadable', () => {
    for (const absent of [undefined, null, '']) expect(microseconds(absent, 'It')).toBeUndefined()
    for (const odd of ['soon', {}, [], true, { toString: 1 }, Number.NaN, 1e-9]) {
      expect(() => microseconds(odd, 'It')).toThrow('It is not a number of microseconds.')
    }
  })
})

describe('nanoseconds', () => {
  it('takes 0 for unset, as protobuf does', () => {
    expect(nanoseconds('0', 'It')).toBeUndefined()
    expect(nanoseconds('18446744073709551615', 'It')).toBe(18446744073709551615n)
    expect(() => nanoseconds(1.5, 'It')).toThrow('It is not a whole number of nanoseconds.')
  })
})

describe('bigintOf and flagsOf', () => {
  it('read whole numbers only', () => {
    expect(bigintOf('+12')).toBe(12n)
    expect(bigintOf('0x12')).toBeUndefined()
    expect(bigintOf('1'.repeat(1_000))).toBeUndefined()
    expect(flagsOf(257)).toBe(257)
    expect(flagsOf(2 ** 32)).toBeUndefined()
    expect(flagsOf(0)).toBeUndefined()
  })
})
