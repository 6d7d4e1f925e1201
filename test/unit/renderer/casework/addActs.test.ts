import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../../../src/engine/query/filter/parser'
import { aboutKey, scopeFilter } from '../../../../src/renderer/casework/addActs'
import { moved } from '../../../../src/renderer/casework/moved'

describe('the filter that is kept as evidence', () => {
  it('holds the time window too, without its end', () => {
    const window = { fromUs: 1767344400000000, toUs: 1767348000000000 }
    expect(scopeFilter({ filter: '', window: null })).toBe('')
    expect(scopeFilter({ filter: 'a OR b', window })).toBe(
      '(a OR b) ts:["2026-01-02T09:00:00.000000Z" TO "2026-01-02T10:00:00.000000Z"}',
    )
    expect(() => parseFilter(scopeFilter({ filter: 'outcome:denied', window }))).not.toThrow()
  })
})

it('tells apart what evidence points to', () => {
  expect(aboutKey({ kind: 'query', where: 'a' })).not.toBe(aboutKey({ kind: 'figure', figure: 'graph', where: 'a' }))
  expect(aboutKey({ kind: 'record', target: { kind: 'event', id: '1' } })).toBe('event 1')
})

it('moves an item, and nothing where a place is outside of the list', () => {
  expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
  expect(moved(['a', 'b'], 0, 2)).toEqual(['a', 'b'])
})
