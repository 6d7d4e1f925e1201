import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { complete, completionAt } from '../../../../src/renderer/filter/completion'

/** `|` marks the caret. */
function at(marked: string) {
  const caret = marked.indexOf('|')
  return completionAt(marked.replace('|', ''), caret)
}

describe('completion', () => {
  it('offers fields at the start of a word, also after a minus', () => {
    expect(at('out|')).toMatchObject({ kind: 'field', prefix: 'out', start: 0, end: 3 })
    expect(at('a:b -ou|')).toMatchObject({ kind: 'field', prefix: 'ou', start: 5 })
    expect(at('|')).toMatchObject({ kind: 'field', prefix: '' })
  })

  it('offers values behind a colon, in quotes and in groups', () => {
    expect(at('outcome:de|')).toMatchObject({ kind: 'value', field: 'outcome', prefix: 'de', start: 8 })
    expect(at('actor:"al ic|')).toMatchObject({ kind: 'value', field: 'actor', prefix: 'al ic', start: 6 })
    expect(at('actor:(alice OR bo|')).toMatchObject({ kind: 'value', field: 'actor', prefix: 'bo', start: 16 })
  })

  it('offers nothing inside a range', () => {
    expect(at('ts:[2023|')).toBeUndefined()
    expect(at('size:>1|')).toBeUndefined()
  })

  it('puts a field in with its colon and a value with a space to go on', () => {
    const field = at('x:1 out|')
    expect(field === undefined ? null : complete('x:1 out', field, 'outcome')).toEqual({
      text: 'x:1 outcome:',
      caret: 12,
    })
    const value = at('outcome:de|')
    expect(value === undefined ? null : complete('outcome:de', value, 'denied')).toEqual({
      text: 'outcome:denied',
      caret: 14,
    })
  })

  it('replaces the whole word under the caret', () => {
    const point = at('outcome:de|nied x')
    expect(point === undefined ? null : complete('outcome:denied x', point, 'failed').text).toBe('outcome:failed x')
  })

  it('stays inside the text, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ':', '"', '(', ')', ' ', '\\', '-', '[') }),
        fc.nat(30),
        (text, wish) => {
          const caret = Math.min(wish, text.length)
          const point = completionAt(text, caret)
          if (point === undefined) return
          expect(point.start).toBeGreaterThanOrEqual(0)
          expect(point.start).toBeLessThanOrEqual(caret)
          expect(point.end).toBeGreaterThanOrEqual(caret)
          expect(point.end).toBeLessThanOrEqual(text.length)
        },
      ),
    )
  })
})
