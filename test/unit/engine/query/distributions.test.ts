import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/engine/db/database'
import { distributions } from '../../../../src/engine/query/distributions'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, t0 } from './support'

const durations = [0, 1, 4, 5, 99, 100, 20_000, 5_000_000]

describe('distributions', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(
      db,
      durations.map((duration_us, index) => ({
        at: index === 7 ? null : index * 60,
        duration_us: BigInt(duration_us),
        http_status: index === 0 ? null : 200 + index,
        outcome: index % 2 === 0 ? 'denied' : 'success',
      })),
    )
  })
  afterAll(() => db.close())

  const of = async (field: string, filter = '', bins = 30) => {
    const [found] = await distributions(asking(db), { scope: { filter }, fields: [field], bins })
    if (found === undefined) throw new Error('no answer')
    return found
  }
  const sum = (counts: readonly number[]) => counts.reduce((a, b) => a + b, 0)

  it('puts each value of a wide range into the bin whose edges hold it', async () => {
    const { scale, edges, count, absent } = await of('duration_us')
    expect(scale).toBe('log')
    expect(absent).toBe(0)
    expect(edges).toHaveLength(count.length + 1)
    const held = edges
      .slice(0, -1)
      .map((edge, index) => durations.filter((value) => value >= edge && value < (edges[index + 1] ?? 0)).length)
    expect(count).toEqual(held)
    expect(sum(count)).toBe(durations.length)
  })

  it('keeps to the asked number of bins without losing a value', async () => {
    const { count } = await of('duration_us', '', 4)
    expect(count.length).toBeLessThanOrEqual(4)
    expect(sum(count)).toBe(durations.length)
  })

  it('draws a narrow range in even bins, and counts what has no value', async () => {
    expect(await of('http_status')).toEqual({
      field: 'http_status',
      scale: 'linear',
      edges: [201, 202, 203, 204, 205, 206, 207, 208],
      count: [1, 1, 1, 1, 1, 1, 1],
      absent: 1,
    })
  })

  it('buckets times at round edges, and follows the filter', async () => {
    const { edges, count, absent } = await of('ts', 'outcome:denied', 7)
    expect(edges[0]).toBe(t0)
    expect(sum(count)).toBe(4)
    expect(absent).toBe(0)
  })

  it('has no edges where nothing has a value, and refuses fields without an order of numbers', async () => {
    expect(await of('bytes_out')).toMatchObject({ edges: [], count: [], absent: durations.length })
    await expect(of('actor')).rejects.toMatchObject({ code: 'filter.invalid' })
    await expect(of('flags')).rejects.toMatchObject({ code: 'filter.invalid' })
  })
})
