import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteLongIntegers, withExactIntegers } from '../../../../../src/engine/formats/spans/exact'

const at = (raw: string) => ({ recordNo: 0, line: 1, offset: 0, length: raw.length, raw: () => raw })

describe('withExactIntegers', () => {
  it('gives bare integers beyond 2^53 as their digits', () => {
    const raw = '{"time":1544712660000000123,"text":"\\"1544712660000000123","list":[-9223372036854775808,1]}'
    expect(withExactIntegers(JSON.parse(raw), at(raw))).toEqual({
      time: '1544712660000000123',
      text: '"1544712660000000123',
      list: ['-9223372036854775808', 1],
    })
  })

  it('leaves floating-point numbers as they are', () => {
    const raw = '{"a":1e300,"b":12345678901234567890.5}'
    expect(withExactIntegers(JSON.parse(raw), at(raw))).toEqual(JSON.parse(raw))
  })

  it('keeps the value where its text cannot be read', () => {
    expect(withExactIntegers([2 ** 60], at('[1'))).toEqual([2 ** 60])
  })
})

describe('quoteLongIntegers', () => {
  it('never changes JSON that holds no long integer', () => {
    fc.assert(
      fc.property(fc.json({ noUnicodeString: false }), (text) => {
        fc.pre(!/\d{16}/.test(text))
        expect(quoteLongIntegers(text)).toBe(text)
      }),
    )
  })

  it('keeps JSON readable whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.bigInt().map(String))), (parts) => {
        const text = `[${parts.map((part) => (/^-?\d+$/.test(part) ? part : JSON.stringify(part))).join(',')}]`
        fc.pre(isJson(text))
        expect(isJson(quoteLongIntegers(text))).toBe(true)
      }),
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
