import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { teleport } from '../../../../../src/engine/formats/teleport'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJson, driveJsonText, recordsOf } from '../../../../support/formatDriver'

const one: JsonObject = { event: 'user.login', code: 'T1000I', uid: 'u-1', time: '2026-01-02T03:04:05Z', user: 'alice' }
const text = JSON.stringify(one)
const score = (value: JsonValue) => teleport.json?.match(value, undefined)

describe('containers of Teleport events', () => {
  it.each<[string, JsonValue]>([
    ['arrays', [one]],
    ['answers of a search', { events: [one], startKey: '' }],
    ['log shippers', { message: text }],
    ['parsed log shippers', { message: one }],
    ['index exports', { _raw: text }],
    ['exports of log groups', { logEvents: [{ message: text }] }],
  ])('finds the event in %s', (_, value) => {
    const driven = driveJsonText(teleport, JSON.stringify(value))
    expect(driven.events.map((row) => row.source_event_id)).toEqual(['u-1'])
    expect(score(recordsOf(teleport, JSON.stringify(value))[0] ?? null)).toBeGreaterThanOrEqual(0.95)
  })

  it('is surer the more an event has of what only such events have', () => {
    const { uid: _, user: __, ...bare } = one
    expect(score(one)).toBe(0.97)
    expect(score({ ...one, code: 'SRE001I' })).toBe(0.85)
    expect(score(bare)).toBe(0.7)
    expect(score({ ...one, time: null })).toBe(0.6)
  })

  it('claims neither other formats nor their look-alikes, and rejects them', () => {
    const foreign: JsonValue[] = [
      null,
      [],
      'x',
      {},
      { event: 'user.login' },
      { event: 'user.login', code: 1000, time: 'x', user: 'a' },
      { event: 'user.login', code: 'ERR', time: 'x', user: 'a' },
      { event: 'User logged in', code: 'T1000I', time: 'x', user: 'a' },
      { event: 'login', code: 'E100I', time: 'x' },
      { event: { action: 'x' }, code: 'T1000I' },
      { message: '{"code":"T1000I"}' },
      { kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: 'a', verb: 'get' },
    ]
    for (const value of foreign) {
      expect(score(value)).toBe(0)
      expect(driveJson(teleport, [value]).rejects).toHaveLength(1)
    }
    for (const other of [cloudtrail, k8sAudit, pgaudit]) expect(other.json?.match(one, undefined)).toBe(0)
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = [...Object.keys(one), 'identity', 'addr.remote', 'target', 'members', 'children', 'roles', 'device']
    const more = ['access_requests', 'kubernetes_users', 'db_query', 'db_protocol', 'headers', 'status', 'mfa_device']
    const words = ['kube.request', 'db.session.query', 'access_request.create', 'T1000W', 'postgres', text, one, 403]
    const values = anyRecord([...keys, ...more], words)
    const filled = Object.fromEntries(more.map((key): [string, JsonValue] => [key, null]))
    fc.assert(
      fc.property(fc.array(fc.oneof(values, anyChange({ ...one, ...filled }, values)), { maxLength: 10 }), (list) => {
        expectAccounted(teleport, list)
      }),
      { numRuns: 400 },
    )
  })
})
