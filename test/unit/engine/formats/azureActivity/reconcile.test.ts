import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../../../src/engine/db/database'
import { sql } from '../../../../../src/engine/db/sql'
import { reconcileStarts } from '../../../../../src/engine/formats/azureActivity/reconcile'
import { memoryDatabase } from '../../../../support/memoryDatabase'

let db: Database

beforeEach(async () => {
  db = await memoryDatabase()
})

afterEach(() => db.close())

interface Stored {
  readonly id: number
  readonly second?: number | null
  readonly code: string | null
  readonly outcome?: string
  readonly correlation?: string | null
  readonly action?: string | null
  readonly resource?: string | null
  readonly source?: string
}

async function store(rows: readonly Stored[]): Promise<void> {
  await db.write(async (writer) => {
    for (const row of rows) {
      const { id, code, second = id, outcome = 'unknown', correlation = 'c', action = 'A/write', resource = '/r' } = row
      const ts = second === null ? null : `2026-03-04 05:06:${String(second).padStart(2, '0')}`
      await writer.run(sql`
        INSERT INTO access_event (event_id, seq, import_id, record_no, line, byte_offset, byte_length, source, ts, action,
          request_id, resource_key, outcome, outcome_code, dup_key, raw)
        VALUES (${id}, ${id}, ${id + 100}, 0, 1, 0, 0, ${row.source ?? 'azure_activity'}, ${ts}::TIMESTAMP, ${action},
          ${correlation}, ${resource}, ${outcome}, ${code}, ${id}, '{}')`)
    }
  })
}

const doomed = async () => (await db.rows(reconcileStarts())).map((row) => Number(row.event_id))

describe('records of one call to Azure', () => {
  it('leave the last one, whichever file it is in and whatever the case of the operation', async () => {
    await store([
      { id: 1, code: 'Start' },
      { id: 2, code: 'Accepted', action: 'a/WRITE' },
      { id: 3, code: 'Success', outcome: 'success' },
    ])
    expect(await db.rows(reconcileStarts())).toEqual([
      { event_id: 1, import_id: 101 },
      { event_id: 2, import_id: 102 },
    ])
  })

  it('are superseded by a failure, by an acceptance, and at the same instant', async () => {
    await store([
      { id: 1, code: 'Started', correlation: 'a' },
      { id: 2, code: 'Failure', outcome: 'denied', correlation: 'a' },
      { id: 3, code: 'Start', correlation: 'b' },
      { id: 4, code: 'Accept', correlation: 'b' },
      { id: 5, code: 'Start', correlation: 'd', second: 9 },
      { id: 6, code: 'Success', outcome: 'success', correlation: 'd', second: 9 },
    ])
    expect(await doomed()).toEqual([1, 3, 5])
  })

  it('stay where another call is meant: a later start, another operation, resource, correlation or source', async () => {
    await store([
      { id: 1, code: 'Success', outcome: 'success' },
      { id: 2, code: 'Start' },
      { id: 3, code: 'Start', action: 'B/write' },
      { id: 4, code: 'Start', resource: '/other' },
      { id: 5, code: 'Start', correlation: 'other' },
      { id: 6, code: 'Start', correlation: null },
      { id: 7, code: 'Active' },
      { id: 8, code: null },
      { id: 9, code: 'Start', source: 'entra_audit' },
      { id: 10, code: 'Start', second: null },
      { id: 11, code: 'Success', outcome: 'success', action: 'Z/write' },
    ])
    expect(await doomed()).toEqual([])
  })

  it('of which all ended are kept', async () => {
    await store([
      { id: 1, code: 'Success', outcome: 'success' },
      { id: 2, code: 'Failure', outcome: 'failed' },
    ])
    expect(await doomed()).toEqual([])
  })
})
