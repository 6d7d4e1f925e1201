import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../../../src/engine/db/database'
import { sql } from '../../../../../src/engine/db/sql'
import { issuedBy } from '../../../../../src/engine/formats/cloudtrail/roleChain'
import { memoryDatabase } from '../../../../support/memoryDatabase'

let db: Database

beforeEach(async () => {
  db = await memoryDatabase()
})

afterEach(() => db.close())

interface Stored {
  readonly id: number
  readonly credential: string
  readonly issued?: string
  readonly outcome?: string
}

async function store(rows: readonly Stored[]): Promise<void> {
  await db.write(async (writer) => {
    for (const { id, credential, issued, outcome = 'success' } of rows) {
      const ids = issued === undefined ? sql`NULL` : sql`[{'kind': 'aws_issued_key', 'value': ${issued}}]`
      await writer.run(sql`
        INSERT INTO access_event (event_id, seq, import_id, record_no, line, byte_offset, byte_length, source,
          source_event_id, outcome, activity, credential_id, correlation_ids, actor_key, actor_type, dup_key)
        VALUES (${id}, ${id}, 1, 0, 1, 0, 0, 'cloudtrail', ${`e-${id}`}, ${outcome}, 'assume', ${credential}, ${ids},
          ${`aws:${credential}`}, 'user', ${id})`)
    }
  })
}

describe('role chaining across records', () => {
  it('finds, for each call, the one call that issued its key', async () => {
    await store([
      { id: 1, credential: 'AKIA', issued: 'ASIA1' },
      { id: 2, credential: 'ASIA1', issued: 'ASIA2' },
      { id: 3, credential: 'ASIA2' },
      { id: 4, credential: 'ASIA9' },
    ])
    const rows = await db.rows(issuedBy())
    expect(rows.map((row) => [row.event_id, row.parent_event_id, row.parent_key])).toEqual([
      [2, 1, 'aws:AKIA'],
      [3, 2, 'aws:ASIA1'],
    ])
  })

  it('claims nothing where two calls name the same key or the call failed', async () => {
    await store([
      { id: 1, credential: 'A', issued: 'ASIA1' },
      { id: 2, credential: 'B', issued: 'ASIA1' },
      { id: 3, credential: 'ASIA1' },
      { id: 4, credential: 'C', issued: 'ASIA2', outcome: 'denied' },
      { id: 5, credential: 'ASIA2' },
    ])
    expect(await db.rows(issuedBy())).toEqual([])
  })
})
