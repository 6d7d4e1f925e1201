import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arraysIn } from '../../../../src/engine/mapping/arrays'

const paths = (text: string) => arraysIn(text).map(({ path, elements }) => [path, elements])

describe('arrays of objects in a JSON text', () => {
  it('are found with their path, the longest first', () => {
    const value = { meta: { pages: [{}] }, data: { 'log items': [{}, { tags: [{}, {}, {}] }] }, names: ['a'] }
    expect(paths(JSON.stringify(value))).toEqual([
      ['data.log items[*].tags', 3],
      ['data.log items', 2],
      ['meta.pages', 1],
    ])
  })

  it('are found where the text is cut off, and braces in strings do not count', () => {
    expect(paths('{"data":{"items":[{"a":"]}{[","b":1},{"a":')).toEqual([['data.items', 2]])
    expect(paths('{"a":"[{\\"x\\":[{}]}]"}')).toEqual([])
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', ' ') }), (text) => {
        expect(Array.isArray(arraysIn(text))).toBe(true)
      }),
    )
  })
})
