import { describe, expect, it } from 'vitest'
import { findSpikes } from '../../../../../src/renderer/views/dashboard/spikes'

describe('spikes', () => {
  it('finds none where counts scatter as usual', () => {
    expect(findSpikes(Array.from({ length: 100 }, (_, at) => 10 + (at % 7)))).toEqual([])
    expect(findSpikes([0, 0, 1, 0, 0, 2, 0, 0, 1, 0])).toEqual([])
  })

  it('joins neighbouring buckets and puts the largest first', () => {
    const counts = new Array<number>(100).fill(2)
    counts[10] = 40
    counts[50] = 100
    counts[51] = 90
    expect(findSpikes(counts)).toEqual([
      { from: 50, to: 52, count: 190, usual: 4 },
      { from: 10, to: 11, count: 40, usual: 2 },
    ])
  })

  it('sees a spike in the last bucket, and among zeros', () => {
    const counts = new Array<number>(20).fill(0)
    counts[19] = 6
    expect(findSpikes(counts)).toEqual([{ from: 19, to: 20, count: 6, usual: 0 }])
  })

  it('says nothing about a handful of buckets', () => {
    expect(findSpikes([0, 0, 100])).toEqual([])
  })
})
