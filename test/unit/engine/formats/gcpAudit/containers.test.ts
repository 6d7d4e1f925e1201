import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { gcpAudit } from '../../../../../src/engine/formats/gcpAudit'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJson, driveJsonText, position, recordsOf } from '../../../../support/formatDriver'
import { call, entry } from './support'

const one = entry()
const text = JSON.stringify(one)
const score = (value: JsonValue) => gcpAudit.json?.match(value, undefined)

describe('containers of Google Cloud entries', () => {
  const data = Buffer.from(text, 'utf8').toString('base64')

  it.each<[string, JsonValue]>([
    ['arrays', [one]],
    ['answers of the logging interface', { entries: [one], nextPageToken: 't' }],
    [
      'pushed messages',
      { message: { data, messageId: '1', attributes: {} }, subscription: 'projects/p/subscriptions/s' },
    ],
    ['pulled messages', { receivedMessages: [{ ackId: 'a', message: { data, messageId: '1' } }] }],
    ['messages that were stored', { data, attributes: { 'logging.googleapis.com/timestamp': 'x' } }],
    ['events on a bus', { type: 'google.cloud.audit.log.v1.written', data: one }],
    ['log shippers', { message: text }],
    ['parsed log shippers', { message: one }],
    ['index exports', { result: { _raw: text } }],
    ['rows of a table', { timestamp: one.timestamp ?? null, protopayload_auditlog: call }],
  ])('finds the entry in %s', (_, value) => {
    const driven = driveJsonText(gcpAudit, JSON.stringify(value))
    expect(driven.events.map((row) => row.action)).toEqual(['v1.compute.instances.insert'])
    expect(score(recordsOf(gcpAudit, JSON.stringify(value))[0] ?? null)).toBeGreaterThanOrEqual(0.9)
  })

  it('is sure where the payload says what it is, and less so for excerpts', () => {
    expect(score(one)).toBe(1)
    expect(score(entry({ '@type': null }))).toBe(0.97)
    expect(score({ protoPayload: { methodName: 'm', serviceName: 's' } })).toBe(0.9)
    expect(score({ protoPayload: { methodName: 'm' } })).toBe(0.6)
    expect(score({ protoPayload: { authorizationInfo: [{}] } })).toBe(0.6)
  })

  it('claims neither other log entries nor other formats, and rejects them', () => {
    const foreign: JsonValue[] = [
      null,
      [],
      'x',
      {},
      { methodName: 'v1.compute.firewalls.insert' },
      { protoPayload: text },
      { protoPayload: {} },
      { protoPayload: { '@type': 'type.googleapis.com/google.appengine.logging.v1.RequestLog', methodName: 'm' } },
      { logName: 'projects/p/logs/x', textPayload: 'hello', insertId: 'i' },
      { logName: 'projects/p/logs/x', jsonPayload: { methodName: 'm' }, insertId: 'i' },
      { message: { data: Buffer.from('{"a":1}').toString('base64'), messageId: '1' } },
      { data },
      { kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: 'a', stage: 'Panic', verb: 'get' },
      { eventVersion: '1.08', eventName: 'GetObject', eventSource: 's3.amazonaws.com' },
      { entries: [{ id: 'slack', action: 'user_login' }] },
    ]
    for (const value of foreign) {
      expect(score(value)).toBe(0)
      const driven = driveJson(gcpAudit, [value])
      expect([driven.kept.length, driven.rejects.length]).toEqual([0, 1])
      expect(driven.rejects[0]?.reason).toContain('Not an audit entry of Google Cloud')
    }
    for (const other of [k8sAudit, cloudtrail, pgaudit]) expect(other.json?.match(one, undefined)).toBe(0)
  })

  it('keeps all digits of numbers', () => {
    const raw = `{"protoPayload":{"methodName":"m","serviceName":"s"},"operation":{"id":12345678901234567890}}`
    const ids: unknown[] = []
    const session = gcpAudit.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: {
        emit: (_, rows) => ids.push(...rows.map((row) => (row.table === 'access_event' ? row.row.request_id : ''))),
        skip: () => {},
        reject: () => {},
      },
    })
    session?.record(JSON.parse(raw), {}, position(0, raw))
    session?.end()
    expect(ids).toEqual(['12345678901234567890'])
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = ['protoPayload', 'protopayload', 'logName', 'operation', 'resource', 'labels', ...Object.keys(call)]
    const more = [
      'first',
      'last',
      'id',
      'status',
      'code',
      'principalEmail',
      'metadata',
      'request',
      'firstPartyPrincipal',
    ]
    const values = anyRecord([...keys, ...more], ['google.cloud.audit.AuditLog', 'k8s.io', text, call, one, 7])
    const changed = anyChange(one, values)
    const payload = anyChange(call, values).map((item): JsonValue => ({ ...one, protoPayload: item }))
    const staged = fc
      .tuple(fc.constantFrom('a', 'b'), fc.boolean(), fc.boolean())
      .map(([id, first, last]): JsonValue => entry({}, { operation: { id, first, last } }))
    fc.assert(
      fc.property(fc.array(fc.oneof(values, changed, payload, staged), { maxLength: 10 }), (list) => {
        expectAccounted(gcpAudit, list)
      }),
      { numRuns: 400 },
    )
  })
})

describe('long operations', () => {
  const begin = (id: string, change: JsonObject = {}) =>
    entry({}, { insertId: `${id}-first`, operation: { id, producer: 'p', first: true }, ...change })
  const finish = (id: string, status: JsonValue = null, change: JsonObject = {}) =>
    entry(
      { status, authorizationInfo: null, methodName: 'v1.compute.instances.insert' },
      {
        insertId: `${id}-last`,
        operation: { id, producer: 'p', last: true },
        timestamp: '2026-01-02T03:04:15.678901Z',
        ...change,
      },
    )

  it('become one row: begun as the first entry says, ended as the last one says', () => {
    const driven = driveJson(gcpAudit, [begin('a'), begin('b'), finish('a', { code: 5, message: 'not found' })])
    expect(driven.kept).toEqual([0, 2, 1])
    expect(driven.events).toHaveLength(2)
    expect(driven.events[0]).toMatchObject({
      source_event_id: expect.stringContaining('a-first'),
      ts_kind: 'start',
      ts_end: BigInt(Date.UTC(2026, 0, 2, 3, 4, 15)) * 1000n + 678_901n,
      duration_us: 10_000_000n,
      outcome: 'failed',
      outcome_code: '5',
      outcome_reason: 'not found',
      permission: 'compute.instances.create',
      policy_effect: 'allow',
    })
    // The end of the other is not in the file: it was let in, and nothing says that it failed.
    expect([driven.events[1]?.outcome, driven.events[1]?.ts_end]).toEqual(['success', undefined])
  })

  it('keep the refusal of the last entry', () => {
    const driven = driveJson(gcpAudit, [begin('a'), finish('a', { code: 7 })])
    expect(driven.events[0]).toMatchObject({ outcome: 'denied', policy_type: 'iam', policy_effect: 'implicit_deny' })
  })

  it('stand alone without their other end, and where they are of another producer', () => {
    const other = finish('a', null, { operation: { id: 'a', producer: 'q', last: true } })
    const driven = driveJson(gcpAudit, [begin('a'), other])
    expect(driven.events.map((row) => [row.ts_kind, row.duration_us])).toEqual([
      ['end', undefined],
      ['start', undefined],
    ])
  })

  it('give way to a row of another file that knows their end', () => {
    const lone = driveJson(gcpAudit, [begin('a')]).rows[0]
    const both = driveJson(gcpAudit, [begin('a'), finish('a')]).rows[0]
    expect(lone?.identity).toBeNull()
    expect(lone?.alternate).toBe(both?.alternate)
    expect(both?.identity).toBeUndefined()
    expect(driveJson(gcpAudit, [begin('a', { insertId: null })]).rows[0]).not.toHaveProperty('identity')
  })

  it('that begin twice are two', () => {
    const driven = driveJson(gcpAudit, [begin('a'), begin('a', { insertId: 'again' }), finish('a')])
    expect(driven.events.map((row) => row.ts_end !== undefined)).toEqual([false, true])
  })

  it('are held in a bounded number, by number and by size', () => {
    const many = Array.from({ length: 20_001 }, (_, index) => begin(`o-${index}`))
    const driven = driveJson(gcpAudit, [...many, finish('o-0'), finish('o-1')])
    expect(driven.kept.slice(0, 4)).toEqual([0, 20_001, 1, 20_002])
    const order: number[] = []
    const session = gcpAudit.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: { emit: (at) => order.push(at.recordNo), skip: () => {}, reject: () => {} },
    })
    for (let index = 0; index < 6; index++)
      session?.record(begin(`o-${index}`), {}, { ...position(index), length: 15 * 2 ** 20 })
    expect(order).toEqual([0, 1])
  })
})
