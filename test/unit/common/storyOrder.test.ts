import { expect, it } from 'vitest'
import { orderByTime } from '../../../src/common/storyOrder'

it('puts steps in order of time, and keeps one without a time behind the one before it', () => {
  const story = ['late', 'about late', 'early', 'same as early'].map((id) => ({ id }))
  const times = new Map([
    ['late', 20n],
    ['early', 10n],
    ['same as early', 10n],
  ])
  expect(orderByTime(story, times).map(({ id }) => id)).toEqual(['early', 'same as early', 'late', 'about late'])
})

it('keeps what stands before every time at the front, and a story without times as it is', () => {
  const story = ['words', 'b', 'a'].map((id) => ({ id }))
  expect(
    orderByTime(
      story,
      new Map([
        ['b', 2n],
        ['a', 1n],
      ]),
    ).map(({ id }) => id),
  ).toEqual(['words', 'a', 'b'])
  expect(orderByTime(story, new Map())).toEqual(story)
})
