import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/engine/db/database'
import { listDenials } from '../../../../src/engine/denial/list'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking } from '../query/support'

const access = { actor_key: 'mail:a', action: 'read', resource_key: 'r' }

describe('the list of refusals', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(db, [
      { ...access, at: 0, outcome: 'denied' },
      { ...access, at: 1 },
      { ...access, at: 2, outcome: 'denied' },
      { ...access, at: 3, resource_key: 'other', outcome: 'denied' },
      { ...access, at: 4, actor_key: null, outcome: 'denied' },
      { ...access, at: 5, actor_key: 'x', actor_type: 'anonymous', outcome: 'denied' },
      { ...access, at: null, outcome: 'denied' },
    ])
  })
  afterAll(() => db.close())

  it('says what was allowed before or after, to whom, in order of time', async () => {
    const { denials, total } = await listDenials(asking(db), { scope: { filter: '' }, limit: 500 })
    expect(total).toBe(6)
    expect(denials.map((one) => [one.allowed_before, one.allowed_after, one.anonymous])).toEqual([
      [false, true, false],
      [true, false, false],
      [false, false, false],
      [false, false, true],
      [false, false, true],
      [false, false, false],
    ])
  })

  it('writes times with the digits that the source had', async () => {
    const own = await memoryDatabase()
    const refusals = ['s', 'ms', 'us'].map((ts_precision, at) => ({ ...access, at, ts_precision, outcome: 'denied' }))
    await addEvents(own, refusals)
    const { denials } = await listDenials(asking(own), { scope: { filter: '' }, limit: 500 })
    expect(denials.map(({ ts }) => /[.](\d+)Z$/.exec(ts ?? '')?.[1]?.length ?? 0)).toEqual([0, 3, 6])
    own.close()
  })
})
