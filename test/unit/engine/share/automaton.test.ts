import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Automaton } from '../../../../src/engine/share/automaton'

describe('automaton', () => {
  it('finds what a search for each pattern by itself finds', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'A', 'ä'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { selector: (text) => text.toLowerCase(), maxLength: 6 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'ä', 'Ä'), maxLength: 40 }),
        (patterns, text) => {
          const expected = patterns.flatMap((pattern, at) =>
            [...text].flatMap((_, start) =>
              text.slice(start, start + pattern.length).toLowerCase() === pattern.toLowerCase()
                ? [`${at} ${start}`]
                : [],
            ),
          )
          const found = [...new Automaton(patterns).find(text)].map(({ pattern, start, end }) => {
            expect(end - start).toBe(patterns[pattern]?.length)
            return `${pattern} ${start}`
          })
          expect(found.sort()).toEqual(expected.sort())
        },
      ),
    )
  })

  it('finds nothing without patterns', () => {
    expect([...new Automaton([]).find('text')]).toEqual([])
  })
})
