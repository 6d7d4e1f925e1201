import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/engine/db/database'
import { silences } from '../../../../src/engine/query/silences'
import { topValues } from '../../../../src/engine/query/top'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, t0 } from './support'

const everything = { filter: '' }

describe('what stands out', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(
      db,
      Array.from({ length: 100 }, (_, i) => ({
        // Every ten seconds, with half an hour missing behind the sixtieth event.
        at: i * 10 + (i >= 60 ? 1800 : 0),
        actor_name: i % 10 === 0 ? null : `actor${i % 3}`,
        action: `act${i % 20}`,
        outcome: i % 20 === 1 ? 'denied' : i % 20 === 2 ? 'failed' : 'success',
      })),
    )
    await addEvents(db, [{ event_id: 900n, at: 5, source: 'rare' }])
  })
  afterAll(() => db.close())

  it('counts values, those that failed, all values and those without one', async () => {
    const [actors, actions] = await topValues(asking(db), {
      scope: everything,
      fields: ['actor_name', 'action'],
      order: 'count',
      limit: 2,
    })
    expect(actors?.distinct).toBe(3)
    expect(actors?.absent).toBe(11)
    expect(actors?.values).toHaveLength(2)
    expect(actions?.distinct).toBe(20)
    expect(actions?.values[0]).toEqual({ value: 'act0', count: 5, failed: 0 })
  })

  it('puts those that failed most first and leaves out those that never did', async () => {
    const [actions] = await topValues(asking(db), { scope: everything, fields: ['action'], order: 'failed', limit: 5 })
    expect(actions?.values).toEqual([
      { value: 'act1', count: 5, failed: 5 },
      { value: 'act2', count: 5, failed: 5 },
    ])
    expect(actions?.distinct).toBe(20)
  })

  it('keeps to the scope', async () => {
    const scope = { filter: 'outcome:denied' }
    const [actions] = await topValues(asking(db), { scope, fields: ['action'], order: 'count', limit: 5 })
    expect(actions?.values).toEqual([{ value: 'act1', count: 5, failed: 5 }])
    expect(actions?.distinct).toBe(1)
  })

  it('finds the stretch in which a source with a rhythm says nothing', async () => {
    expect(await silences(asking(db), { scope: everything, limit: 10 })).toEqual([
      { source: 'generic', fromUs: t0 + 590e6, toUs: t0 + 2400e6, usualUs: 10e6 },
    ])
  })
})
