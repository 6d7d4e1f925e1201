import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { hoop } from '../../../../../src/engine/formats/hoop'
import { driveJson } from '../../../../support/formatDriver'
import { session } from './support'

function map(change: JsonObject = {}): AccessEventRow {
  const driven = driveJson(hoop, [{ ...session, ...change }])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

describe('a session of hoop.dev', () => {
  it('fills every column that a plain one states', () => {
    const start = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n + 317_601n
    expect(map()).toEqual({
      source: 'hoop',
      source_event_id: 's-1',
      ts: start,
      ts_end: start + 43_500n,
      ts_precision: 'us',
      ts_kind: 'start',
      duration_us: 43_500n,
      class: 'query',
      activity: 'read',
      action: 'exec',
      service: 'postgres',
      read_only: true,
      outcome: 'success',
      outcome_code: '0',
      actor_key: 'mail:alice@example.com',
      actor_id: 'sub-1',
      actor_name: 'Alice',
      actor_email: 'alice@example.com',
      actor_tenant: 'o-1',
      actor_type: 'user',
      session_id: 's-1',
      resource_key: 'hoop:connection/orders',
      resource_type: 'database',
      resource_name: 'orders',
      resource_tenant: 'o-1',
      resources: [{ key: 'hoop:connection/orders', type: 'database' }],
      db_statement: 'SELECT * FROM orders WHERE id = 7',
      db_fingerprint: 'select * from orders where id = ?',
    })
  })

  it.each<[JsonObject, string, string, boolean | undefined]>([
    [{ verb: 'connect', script: null }, 'session', 'connect', undefined],
    [{ script: { data: 'DELETE FROM orders' } }, 'query', 'delete', false],
    [{ script: { data: 'SELECT 1; DROP TABLE orders' } }, 'query', 'read', undefined],
    [{ script: { data: 'DROP TABLE orders' } }, 'config', 'delete', false],
    [{ script: null }, 'query', 'execute', false],
    [{ connection_subtype: 'mongodb', script: { data: 'db.orders.find()' } }, 'query', 'execute', false],
    [{ type: 'custom', connection_subtype: null, script: { data: 'rm -rf /tmp/x' } }, 'session', 'execute', false],
  ])('knows what %o is', (change, kind, activity, readOnly) => {
    const row = map(change)
    expect([row.class, row.activity, row.read_only]).toEqual([kind, activity, readOnly])
  })

  it.each<[JsonObject, string | undefined, string | undefined]>([
    [{ script: 'select 1' }, 'select 1', 'select ?'],
    [{ script: null, input: 'select 2' }, 'select 2', 'select ?'],
    [{ script: null, review: { input: 'select 3' } }, 'select 3', 'select ?'],
    [{ type: 'custom', connection_subtype: null, script: { data: 'ls' } }, 'ls', undefined],
    [{ script: {} }, undefined, undefined],
  ])('finds the statement in %o', (change, statement, shape) => {
    const row = map(change)
    expect([row.db_statement, row.db_fingerprint]).toEqual([statement, shape])
  })

  it('finds statements in the recorded input of an interactive session', () => {
    const query = (kind: string, body: string) => {
      const text = Buffer.from(body, 'utf8')
      const head = Buffer.alloc(5)
      head.write(kind, 0, 'latin1')
      head.writeUInt32BE(text.length + 4, 1)
      return Buffer.concat([head, text]).toString('base64')
    }
    const event_stream: JsonValue = [
      [0.1, 'i', query('Q', 'SELECT 1\0')],
      [0.2, 'o', Buffer.from('not input').toString('base64')],
      [0.3, 'i', query('P', 'stmt\0SELECT $1\0\0\0')],
      [0.4, 'i', Buffer.from('UPDATE t SET a = 2').toString('base64')],
      [0.5, 'i', Buffer.from([0, 1, 2, 3, 4, 5, 6]).toString('base64')],
      [0.6, 'i', query('Q', '').slice(0, 6)],
      [0.7, 'i', 7],
      'x',
    ]
    const row = map({ verb: 'connect', script: null, event_stream })
    expect(row.db_statement).toBe('SELECT 1\nSELECT $1\nUPDATE t SET a = 2')
    expect(map({ type: 'custom', verb: 'connect', script: null, event_stream }).db_statement).toBeUndefined()
  })

  it('takes reasons and tickets from metadata, labels and the issue tracker', () => {
    expect(
      map({
        metadata: { reason: 'refund for OPS-7' },
        labels: { ticket: 'CHG0012345', team: 'shop' },
        integrations_metadata: { jira_issue_key: 'SHOP-3', jira_issue_url: 'https://jira.example.com/browse/SHOP-4' },
      }),
    ).toMatchObject({
      reason: 'refund for OPS-7',
      reason_field: 'metadata.reason',
      ticket_ids: ['OPS-7', 'CHG0012345', 'SHOP-3', 'SHOP-4'],
    })
  })

  it('keeps ids of the review, the batch and the caller', () => {
    const row = map({ review: { id: 'r-1', status: 'APPROVED' }, session_batch_id: 'b-1', correlation_id: 'c-1' })
    expect(row.correlation_ids).toEqual([
      { kind: 'hoop_review', value: 'r-1' },
      { kind: 'hoop_batch', value: 'b-1' },
      { kind: 'hoop_correlation', value: 'c-1' },
    ])
  })

  it.each<[JsonObject, string, string]>([
    [{ user: 'Bob@Example.com' }, 'mail:bob@example.com', 'user'],
    [{ user: null, user_email: 'bob@example.com' }, 'mail:bob@example.com', 'user'],
    [{ user: null }, 'hoop:sub-1', 'user'],
    [{ user: null, user_id: null, machine_identity_id: 'm-1' }, 'hoop:m-1', 'service_account'],
    [{ user: null, identity_type: 'machine' }, 'hoop:sub-1', 'service_account'],
    [{ user: null, user_id: null }, 'unknown:hoop', 'unknown'],
  ])('takes the actor of %o', (change, key, type) => {
    const row = map(change)
    expect([row.actor_key, row.actor_type]).toEqual([key, type])
  })

  it('names a connection by its newer name, and what it belongs to', () => {
    const row = map({ connection: null, role_name: 'orders-ro', resource_name: 'orders-cluster' })
    expect(row.resources?.map((item) => item.key)).toEqual([
      'hoop:connection/orders-ro',
      'hoop:resource/orders-cluster',
    ])
  })

  it('keeps a session that runs, and one whose start names no time', () => {
    expect(map({ end_date: null })).toMatchObject({ ts_end: undefined, duration_us: undefined })
    expect(map({ start_date: 'soon' })).toMatchObject({ ts: undefined, flags: ['clock_suspect'] })
  })
})

describe('outcomes of hoop.dev', () => {
  it.each<[JsonObject, string]>([
    [{}, 'success'],
    [{ exit_code: 1 }, 'failed'],
    [{ exit_code: -2 }, 'unknown'],
    [{ exit_code: 254 }, 'unknown'],
    [{ exit_code: null }, 'success'],
    [{ status: 'open', exit_code: null }, 'unknown'],
    [{ status: 'open', exit_code: null, verb: 'connect' }, 'success'],
    [{ status: 'ready', exit_code: null }, 'interrupted'],
    [{ status: 'x' }, 'unknown'],
    [{ review: { status: 'PENDING' }, status: 'open' }, 'interrupted'],
    [{ review: { status: 'REJECTED' } }, 'denied'],
    [{ review: { status: 'REVOKED' } }, 'denied'],
    [{ review: { status: 'APPROVED' }, status: 'ready', exit_code: null }, 'interrupted'],
    [{ review: { status: 'APPROVED' } }, 'success'],
    [{ review: { status: 'EXECUTED' }, exit_code: 2 }, 'failed'],
    [{ review: { status: 'UNKNOWN' } }, 'success'],
    [{ guardrails_info: [{ rule_name: 'no-delete', direction: 'input', message: 'm' }] }, 'denied'],
    [{ ai_analysis: { action: 'block_execution', risk_level: 'high' } }, 'denied'],
    [{ ai_analysis: { action: 'allow_execution' } }, 'success'],
  ])('gives %o the outcome %s', (change, outcome) => {
    expect(map(change).outcome).toBe(outcome)
  })

  it('names who refused or allowed', () => {
    const review_groups_data = [
      { group: 'dba', status: 'APPROVED' },
      { group: 'sre', status: 'REJECTED' },
    ]
    expect(map({ review: { status: 'REJECTED', review_groups_data, rejection_reason: 'too wide' } })).toMatchObject({
      policy: 'sre',
      policy_type: 'review',
      policy_effect: 'explicit_deny',
      outcome_code: 'REJECTED',
      outcome_reason: 'too wide',
    })
    expect(map({ review: { status: 'approved', review_groups_data } })).toMatchObject({
      policy: 'dba',
      policy_effect: 'allow',
      outcome_code: '0',
    })
    expect(map({ review: { status: 'APPROVED', access_request_rule_name: 'prod' } }).policy).toBe('prod')
    expect(map({ guardrails_info: [{ rule_name: 'no-delete', message: 'm' }] })).toMatchObject({
      policy: 'no-delete',
      policy_type: 'guardrail',
      outcome_reason: 'm',
    })
  })
})
