import { describe, expect, it } from 'vitest'
import {
  AttributeBuilder,
  attributesText,
  integerValue,
  plainAttributes,
} from '../../../../../src/engine/formats/spans/attributes'

describe('attributesText', () => {
  it('keeps the order of the source, also of keys that look like numbers, and hostile keys as data', () => {
    const builder = new AttributeBuilder()
    for (const key of ['b', '10', '2', '__proto__', 'toString', 'a']) builder.set(key, key)
    expect(attributesText(builder.finish())).toBe(
      '{"b":"b","10":"10","2":"2","__proto__":"__proto__","toString":"toString","a":"a"}',
    )
  })

  it('writes nested values and numbers that JSON does not have', () => {
    const builder = new AttributeBuilder()
    builder.set('list', [1, 'x', null, Number.NaN])
    builder.set('map', new Map([['k', Number.NEGATIVE_INFINITY]]))
    expect(attributesText(builder.finish())).toBe('{"list":[1,"x",null,"NaN"],"map":{"k":"-Infinity"}}')
  })

  it('gives all values of a key that is repeated', () => {
    const builder = new AttributeBuilder()
    for (const value of ['a', 'a', 'b', 'c']) builder.set('k', value)
    expect(attributesText(builder.finish())).toBe('{"k":["a","b","c"]}')
  })
})

describe('integerValue', () => {
  it('keeps the digits of integers that a double cannot hold', () => {
    expect(integerValue(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991)
    expect(integerValue(9_007_199_254_740_993n)).toBe('9007199254740993')
    expect(integerValue(-(2n ** 63n))).toBe('-9223372036854775808')
  })
})

describe('plainAttributes', () => {
  it('refuses values that nest without end', () => {
    let value: object = {}
    for (let depth = 0; depth < 120; depth++) value = { a: value }
    expect(() => plainAttributes(JSON.parse(JSON.stringify(value)))).toThrow('nests deeper than 100')
  })
})
