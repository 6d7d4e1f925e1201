import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { computeIdentities } from '../../../../src/engine/identities/compute'
import { linkedNames } from '../../../../src/engine/identities/linked'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents } from '../query/support'

let db: Database

beforeEach(async () => {
  db = await memoryDatabase()
})
afterEach(() => db.close())

async function compared(...names: readonly string[]): Promise<string[]> {
  await computeIdentities(db)
  return db.write(async (writer) => {
    const person = await linkedNames(writer)
    const rows = await writer.all(
      z.object({ as: z.string() }),
      sql`SELECT ${person(sql`name`)} AS "as" FROM (SELECT unnest(${sql.strings(names)}) AS name)`,
    )
    return rows.map((row) => row.as).sort()
  })
}

describe('names for linking', () => {
  it('are the identity whose keys alone bear them, and others as they are', async () => {
    await addEvents(db, [
      {
        source: 'okta',
        actor_key: 'mail:ann@shop.example',
        actor_name: 'Ann',
        actor_email: 'ann@shop.example',
        actor_id: '00u1',
      },
      { source: 'okta', actor_key: 'okta:00u1', actor_name: 'Ann A', actor_id: '00u1' },
      { source: 'okta', actor_key: 'okta:00u9', actor_name: 'Ann', actor_id: '00u9' },
    ])
    const id = 'identity|mail:ann@shop.example'
    expect(await compared('ann@shop.example', 'ann a', '00u1', 'ann', 'bob')).toEqual(['ann', 'bob', id, id, id])
  })

  it('are as they are where the tie is weak or nobody has two keys', async () => {
    expect(await compared('ann')).toEqual(['ann'])
    await addEvents(db, [
      { source: 'okta', actor_key: 'mail:mallory@shop.example', actor_name: 'M', actor_type: 'user' },
      { source: 'github', actor_key: 'gh:mallory', actor_name: 'mallory', actor_type: 'user' },
    ])
    expect(await compared('mallory')).toEqual(['mallory'])
  })
})
