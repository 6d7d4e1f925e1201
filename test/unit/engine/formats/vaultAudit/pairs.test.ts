import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { vaultAudit } from '../../../../../src/engine/formats/vaultAudit'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJson, driveJsonText, position, recordsOf } from '../../../../support/formatDriver'
import { request, response } from './support'

const one = response()
const text = JSON.stringify(one)
const score = (value: JsonValue) => vaultAudit.json?.match(value, undefined)

describe('containers of Vault entries', () => {
  it.each<[string, JsonValue]>([
    ['arrays', [one]],
    ['log shippers', { message: text }],
    ['parsed log shippers', { message: one }],
    ['index exports', { _raw: text }],
    ['exports of log groups', { logEvents: [{ id: '1', timestamp: 1, message: text }] }],
  ])('finds the entry in %s', (_, value) => {
    expect(driveJsonText(vaultAudit, JSON.stringify(value)).events.map((row) => row.source_event_id)).toEqual(['r-1'])
    expect(score(recordsOf(vaultAudit, JSON.stringify(value))[0] ?? null)).toBeGreaterThanOrEqual(0.95)
  })

  it('claims neither other formats nor other requests, and rejects them', () => {
    const foreign: JsonValue[] = [
      null,
      [],
      'x',
      {},
      { type: 'request' },
      { type: 'request', request: { path: '/x', method: 'GET' } },
      { type: 'request', request: { operation: 'read' } },
      { type: 'event', request: { operation: 'read', path: 'x', mount_type: 'kv' } },
      { kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: 'a', verb: 'get' },
      { message: '{"type":"request","operation":"read"}' },
    ]
    for (const value of foreign) {
      expect(score(value)).toBe(0)
      expect(driveJson(vaultAudit, [value]).rejects).toHaveLength(1)
    }
    for (const other of [k8sAudit, cloudtrail]) expect(other.json?.match(one, undefined)).toBe(0)
    expect(score({ type: 'request', request: { operation: 'read', path: 'x' } })).toBe(0.6)
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = ['time', 'type', 'auth', 'request', 'response', 'error', 'id', 'operation', 'path', 'headers']
    const more = ['metadata', 'policies', 'namespace', 'wrap_info', 'remote_address', 'policy_results', 'display_name']
    const values = anyRecord([...keys, ...more], ['request', 'response', 'read', text, one, 'permission denied'])
    const inner = anyChange({ id: 'r', operation: 'read', path: 'x', mount_type: 'kv', headers: {} }, values)
    const changed = fc.oneof(
      anyChange(one, values),
      inner.map((item): JsonValue => ({ ...one, request: item })),
    )
    const paired = fc
      .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('request', 'response'))
      .map(([id, type]): JsonValue => ({ ...request({ request: { id } }), type }))
    fc.assert(
      fc.property(fc.array(fc.oneof(values, changed, paired), { maxLength: 10 }), (list) => {
        expectAccounted(vaultAudit, list)
      }),
      { numRuns: 400 },
    )
  })
})

describe('a request and its answer', () => {
  const ask = (id: string) => request({ request: { id } })
  const answer = (id: string) => response({ request: { id } })

  it('are one row, of the answer', () => {
    const driven = driveJson(vaultAudit, [ask('a'), ask('b'), answer('b'), answer('a')])
    expect(driven.events.map((row) => [row.source_event_id, row.ts_kind, row.outcome])).toEqual([
      ['b', 'start', 'success'],
      ['a', 'start', 'success'],
    ])
    expect(driven.skips).toEqual([])
    expect(driven.accounted.size).toBe(4)
  })

  it('stand alone without each other', () => {
    const driven = driveJson(vaultAudit, [answer('a'), ask('b')])
    expect(driven.events.map((row) => [row.source_event_id, row.ts_kind, row.duration_us])).toEqual([
      ['a', 'end', undefined],
      ['b', 'start', undefined],
    ])
  })

  it('without the answer give way to a row of another file that has it', () => {
    const [lone] = driveJson(vaultAudit, [ask('a')]).rows
    const [both] = driveJson(vaultAudit, [ask('a'), answer('a')]).rows
    expect([lone?.identity, lone?.alternate, both?.identity]).toEqual([null, both?.alternate, undefined])
  })

  it('are skipped where the answer came before, and where two devices wrote the request', () => {
    const driven = driveJson(vaultAudit, [answer('a'), ask('a'), ask('b'), ask('b'), answer('b')])
    expect(driven.skips).toEqual([
      { recordNo: 1, reason: 'request of an answer that came before' },
      { recordNo: 3, reason: 'the same request again' },
    ])
    expect(driven.events).toHaveLength(2)
  })

  it('need an id to be one', () => {
    const driven = driveJson(vaultAudit, [request({ request: { id: '' } }), response({ request: { id: '' } })])
    expect(driven.events.map((row) => row.outcome)).toEqual(['unknown', 'success'])
  })

  it('are held in a bounded number, by number and by size', () => {
    const many = Array.from({ length: 50_001 }, (_, index) => ask(`r-${index}`))
    const driven = driveJson(vaultAudit, [...many, answer('r-0'), answer('r-1')])
    expect(driven.kept.slice(0, 4)).toEqual([0, 50_001, 1, 50_002])
    const order: number[] = []
    const session = vaultAudit.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: { emit: (at) => order.push(at.recordNo), skip: () => {}, reject: () => {} },
    })
    for (let index = 0; index < 6; index++)
      session?.record(ask(`r-${index}`), {}, { ...position(index), length: 15 * 2 ** 20 })
    expect(order).toEqual([0, 1])
  })
})
