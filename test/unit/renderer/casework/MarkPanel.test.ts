import { expect, it } from 'vitest'
import type { Mark } from '../../../../src/contract/work'
import { commonMark } from '../../../../src/renderer/casework/MarkPanel'

function mark(id: string, fields: Partial<Mark>): Mark {
  const none = { star: false, severity: null, verdict: null, techniques: [], tags: [] }
  return { target: { kind: 'event', id }, ...none, author: 'analyst', updatedAt: '2026-01-02T09:00:00Z', ...fields }
}

it('shows for several items only what all of them have, but every technique and tag of any', () => {
  const two = [
    mark('1', { star: true, verdict: 'malicious', severity: 'high', tags: ['a'] }),
    mark('2', { star: true, verdict: 'malicious', severity: 'low', tags: ['b'] }),
  ]
  expect(commonMark(two, 2)).toMatchObject({ star: true, verdict: 'malicious', severity: null, mixedSeverity: true })
  expect(commonMark(two, 2).tags).toEqual(['a', 'b'])
  // A third item has no mark at all.
  expect(commonMark(two, 3)).toMatchObject({ star: false, verdict: null, severity: null })
})

it('shows nothing where nothing is marked', () => {
  expect(commonMark([], 1)).toMatchObject({ star: false, verdict: null, severity: null, mixedSeverity: false })
})
