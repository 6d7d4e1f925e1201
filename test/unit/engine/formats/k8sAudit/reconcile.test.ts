import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../../../src/engine/db/database'
import { sql } from '../../../../../src/engine/db/sql'
import { reconcileStages } from '../../../../../src/engine/formats/k8sAudit/reconcile'
import { memoryDatabase } from '../../../../support/memoryDatabase'

let db: Database

beforeEach(async () => {
  db = await memoryDatabase()
})

afterEach(() => db.close())

interface Stored {
  readonly id: number
  readonly auditId: string | null
  readonly raw: string
  readonly cluster?: string
  readonly source?: string
}

async function store(rows: readonly Stored[]): Promise<void> {
  await db.write(async (writer) => {
    for (const { id, auditId, raw, cluster = null, source = 'k8s_audit' } of rows)
      await writer.run(sql`
        INSERT INTO access_event (event_id, seq, import_id, record_no, line, byte_offset, byte_length, source,
          source_event_id, resource_tenant, outcome, dup_key, raw)
        VALUES (${id}, ${id}, ${id + 100}, 0, 1, 0, 0, ${source}, ${auditId}, ${cluster}, 'unknown', ${id}, ${raw})`)
  })
}

const staged = (stage: string) => JSON.stringify({ stage })

describe('stages that came by different files', () => {
  it('names the rows whose request has a later stage', async () => {
    await store([
      { id: 1, auditId: 'a', raw: staged('RequestReceived') },
      { id: 2, auditId: 'a', raw: staged('ResponseStarted') },
      { id: 3, auditId: 'a', raw: staged('ResponseComplete') },
      { id: 4, auditId: 'b', raw: staged('Panic') },
      { id: 5, auditId: 'b', raw: staged('ResponseComplete') },
      { id: 6, auditId: 'c', raw: staged('RequestReceived') },
    ])
    expect(await db.rows(reconcileStages())).toEqual([
      { event_id: 1, import_id: 101 },
      { event_id: 2, import_id: 102 },
      { event_id: 5, import_id: 105 },
    ])
  })

  it('leaves alone equal stages, other clusters, other sources, missing ids and unreadable text', async () => {
    await store([
      { id: 1, auditId: 'a', raw: staged('ResponseComplete') },
      { id: 2, auditId: 'a', raw: staged('ResponseComplete') },
      { id: 3, auditId: 'b', raw: staged('RequestReceived'), cluster: 'x' },
      { id: 4, auditId: 'b', raw: staged('ResponseComplete'), cluster: 'y' },
      { id: 5, auditId: 'c', raw: staged('RequestReceived'), source: 'okta' },
      { id: 6, auditId: 'c', raw: staged('ResponseComplete') },
      { id: 7, auditId: null, raw: staged('RequestReceived') },
      { id: 8, auditId: null, raw: staged('ResponseComplete') },
      { id: 9, auditId: 'd', raw: '{"stage": broken' },
      { id: 10, auditId: 'd', raw: staged('ResponseComplete') },
      { id: 11, auditId: 'e', raw: '{"stage":["RequestReceived"]}' },
      { id: 12, auditId: 'e', raw: staged('Panic') },
    ])
    expect(await db.rows(reconcileStages())).toEqual([])
  })
})
