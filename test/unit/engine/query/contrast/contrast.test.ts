import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../../src/engine/db/database'
import { contrast } from '../../../../../src/engine/query/contrast/contrast'
import { memoryDatabase } from '../../../../support/memoryDatabase'
import { addEvents, asking } from '../support'

const denied = { filter: 'outcome:denied' }
const nobody = () => undefined

describe('contrast of a region with the rest', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(
      db,
      Array.from({ length: 400 }, (_, i) => ({
        outcome: i < 40 ? 'denied' : 'success',
        // Most of what was denied, and little else, came from one country; who did it tells nothing.
        src_country: i < 36 || i % 50 === 49 ? 'XX' : 'NL',
        actor_key: `actor${i % 4}`,
        service: 'same',
        raw: i < 40 ? '{"why":"needle"}' : '{}',
      })),
    )
  })
  afterAll(() => db.close())

  it('puts the value that sets the region apart first, with its counts, and what is alike nowhere', async () => {
    const result = await contrast(
      asking(db),
      { region: denied, fields: ['src_country', 'actor_key', 'service'], limit: 50 },
      nobody,
    )
    expect(result).toMatchObject({ inside: 40, outside: 360, significant: 2, truncated: false })
    const country = result.differences.slice(0, 2)
    expect(country.map(({ value }) => value).sort()).toEqual(['NL', 'XX'])
    expect(country.find(({ value }) => value === 'XX')).toMatchObject({
      inside: 36,
      insideOf: 40,
      outside: 8,
      outsideOf: 360,
    })
    expect(country.every(({ p }) => p < 1e-9)).toBe(true)
    expect(result.differences.some(({ field }) => field === 'service')).toBe(false)
    expect(result.differences.filter(({ field }) => field === 'actor_key').every(({ p }) => p === 1)).toBe(true)
  })

  it('compares with the other filter only, and counts what is in both to the region', async () => {
    const result = await contrast(
      asking(db),
      { region: denied, against: { filter: 'src_country:XX' }, fields: ['src_country'], limit: 50 },
      nobody,
    )
    expect(result).toMatchObject({ inside: 40, outside: 8 })
  })

  it('gives the same for a region that is found by reading the records', async () => {
    const fields = ['src_country', 'actor_key']
    const byRecord = await contrast(asking(db), { region: { filter: 'raw:needle' }, fields, limit: 50 }, nobody)
    expect(byRecord).toEqual(await contrast(asking(db), { region: denied, fields, limit: 50 }, nobody))
  })

  it('says how many there are where one side is empty', async () => {
    const result = await contrast(asking(db), { region: { filter: 'outcome:throttled' }, limit: 50 }, nobody)
    expect(result).toMatchObject({ inside: 0, outside: 400, differences: [] })
  })

  it('compares all fields it compares by itself', async () => {
    const result = await contrast(asking(db), { region: denied, limit: 200 }, nobody)
    expect(result.differences[0]).toMatchObject({ of: 'event', field: 'outcome' })
    expect(result.compared).toBeGreaterThan(6)
  })
})
