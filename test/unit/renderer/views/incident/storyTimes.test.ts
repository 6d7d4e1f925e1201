import { describe, expect, it } from 'vitest'
import type { StoryItem } from '../../../../../src/contract/incidents'
import type { Described } from '../../../../../src/contract/work'
import { milestones, storyTimes } from '../../../../../src/renderer/views/incident/storyTimes'

function step(id: string, fields: Partial<StoryItem> = {}): StoryItem {
  return { id, about: null, text: '', mark: null, at: null, ...fields }
}
const about = (id: string): StoryItem['about'] => ({ kind: 'record', target: { kind: 'event', id } })
const described = new Map<string, Described>([
  [
    'event 1',
    { target: { kind: 'event', id: '1' }, known: true, title: '', ts: '2026-01-02T09:00:00Z', outcome: null },
  ],
  ['event 2', { target: { kind: 'event', id: '2' }, known: true, title: '', ts: null, outcome: null }],
])
const nine = 1767344400000000n

describe('times of a story', () => {
  it('come from the record, else from what was written, else there are none', () => {
    const story = [
      step('record', { about: about('1') }),
      step('without', { about: about('2') }),
      step('unknown', { about: about('3') }),
      step('written', { at: '2026-01-02T10:00:00Z' }),
      step('words'),
    ]
    expect([...storyTimes(story, described)]).toEqual([
      ['record', nine],
      ['written', nine + 3_600_000_000n],
    ])
  })

  it('give the begin and the first of each mark, in order', () => {
    const story = [
      step('a', { at: '2026-01-02T11:00:00Z', mark: 'detection' }),
      step('b', { at: '2026-01-02T10:00:00Z', mark: 'detection' }),
      step('c', { about: about('1') }),
      step('d', { mark: 'recovery' }),
    ]
    expect(milestones(story, storyTimes(story, described))).toEqual([
      { name: 'begin', us: nine },
      { name: 'detection', us: nine + 3_600_000_000n },
    ])
    expect(milestones([], new Map())).toEqual([])
  })
})
