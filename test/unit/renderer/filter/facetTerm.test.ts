import { describe, expect, it } from 'vitest'
import {
  facetTerm,
  facetValues,
  ownTerm,
  rangeTerm,
  type Terms,
  withoutOwn,
  withValues,
} from '../../../../src/renderer/filter/facetTerm'

/** Terms as the engine tells them, for a filter of terms without blanks at the top but inside parentheses. */
function termsOf(filter: string): Terms {
  return [...filter.matchAll(/(-?)\w+:(?:\([^)]*\)|\[[^\]}]*[\]}]|"[^"]*"|\S+)/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
    negated: match[1] === '-',
  }))
}

describe('terms of a facet', () => {
  it('reads back what it writes, whatever the values hold', () => {
    for (const values of [['a'], ['a', 'b c'], ['say "no"', 'back\\slash'], ['OR', 'TO', ''], ['a)', '(b']])
      expect(facetValues(facetTerm('f', values), 'f')).toEqual(values)
  })

  it('leaves alone what it could not have written', () => {
    for (const text of ['f:a*', 'f:[1 TO 2]', 'f:(a b)', 'f:(a OR b*)', 'g:a', '-f:a', 'f:', 'f:/re/'])
      expect(facetValues(text, 'f')).toBeUndefined()
  })

  it('adds a value to its term in place, and takes the term out with the last', () => {
    const filter = 'x:1 f:a y:2'
    const two = withValues(filter, termsOf(filter), 'f', ['a', 'b'])
    expect(two).toBe('x:1 f:(a OR b) y:2')
    expect(ownTerm(termsOf(two), 'f')?.values).toEqual(['a', 'b'])
    expect(withoutOwn(two, termsOf(two), 'f')).toBe('x:1 y:2')
    expect(withValues('x:1', termsOf('x:1'), 'f', ['b'])).toBe('x:1 f:b')
  })

  it('does not take an exclusion for a choice', () => {
    const filter = '-f:a'
    expect(ownTerm(termsOf(filter), 'f')).toBeUndefined()
    expect(withValues(filter, termsOf(filter), 'f', ['b'])).toBe('-f:a f:b')
  })

  it('finds the range of a field', () => {
    expect(rangeTerm(termsOf('d:[1 TO 2} x:3'), 'd')?.text).toBe('d:[1 TO 2}')
    expect(rangeTerm(termsOf('dd:[1 TO 2} d:3'), 'd')).toBeUndefined()
  })
})
