import { expect, it } from 'vitest'
import { laneFilter } from '../../../../../src/renderer/views/timeline/BarDetails'
import { bucketCount } from '../../../../../src/renderer/views/timeline/useTimelineData'

it('asks for buckets in steps, so that resizing does not ask anew at every pixel', () => {
  expect(bucketCount(0)).toBe(50)
  expect(bucketCount(1000)).toBe(bucketCount(960))
  expect(bucketCount(1000)).toBe(250)
  expect(bucketCount(100_000)).toBe(1000)
})

it('narrows to the value of a lane, to its absence, or not at all for the folded values', () => {
  expect(laneFilter('outcome:denied', 'source', 'cloudtrail')).toBe('outcome:denied source:cloudtrail')
  expect(laneFilter('', 'actor', '(none)')).toBe('-_exists_:actor')
  expect(laneFilter('outcome:denied', 'actor', '(other)')).toBe('outcome:denied')
})
