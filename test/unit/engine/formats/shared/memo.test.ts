import { expect, it } from 'vitest'
import { memo } from '../../../../../src/engine/formats/shared/memo'

it('computes a text once, also where the result is nothing', () => {
  const asked: string[] = []
  const length = memo((text) => {
    asked.push(text)
    return text === '' ? undefined : text.length
  })
  expect([length('ab'), length(''), length('ab'), length('')]).toEqual([2, undefined, 2, undefined])
  expect(asked).toEqual(['ab', ''])
})

it('does not keep long texts, and forgets when it is full', () => {
  let computed = 0
  const count = memo(() => ++computed)
  const long = 'x'.repeat(401)
  expect(count(long)).not.toBe(count(long))
  const first = count('first')
  for (let index = 0; index < 5_000; index++) count(`text ${index}`)
  expect(count('first')).toBeGreaterThan(first)
})
