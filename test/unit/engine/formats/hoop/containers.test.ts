import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { hoop } from '../../../../../src/engine/formats/hoop'
import { jaeger } from '../../../../../src/engine/formats/jaeger'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { teleport } from '../../../../../src/engine/formats/teleport'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJson, driveJsonText, recordsOf } from '../../../../support/formatDriver'
import { session } from './support'

const text = JSON.stringify(session)
const score = (value: JsonValue) => hoop.json?.match(value, undefined)

describe('containers of hoop.dev sessions', () => {
  it.each<[string, JsonValue]>([
    ['answers of the gateway', { data: [session], total: 1, has_next_page: false }],
    ['lists of items', { items: [session] }],
    ['exports that joined answers', { sessions: [session] }],
    ['single sessions', session],
    ['arrays', [session]],
    ['log shippers', { message: text }],
    ['parsed log shippers', { data: session }],
    ['index exports', { _raw: text }],
  ])('finds the session in %s', (_, value) => {
    expect(driveJsonText(hoop, JSON.stringify(value)).events.map((row) => row.source_event_id)).toEqual(['s-1'])
    expect(score(recordsOf(hoop, JSON.stringify(value))[0] ?? null)).toBe(0.95)
  })

  it('is less sure of a session that has little', () => {
    expect(score({ verb: 'exec', connection: 'c', start_date: '2026-01-02T03:04:05Z', user: 'a' })).toBe(0.7)
  })

  it('claims neither other formats nor their look-alikes, and rejects them', () => {
    const foreign: JsonValue[] = [
      null,
      [],
      'x',
      {},
      { verb: 'get', user: { username: 'a' }, auditID: 'a', stage: 'Panic', kind: 'Event' },
      { verb: 'exec', connection: 'c' },
      { verb: 'exec', connection: 'c', start_date: 5, user: 'a' },
      { verb: 'exec', connection: 'c', start_date: 'x' },
      { verb: 'list', connection: 'c', start_date: 'x', user: 'a' },
      { data: [{ traceID: 'a', spans: [] }] },
      { data: [] },
      { message: '{"verb":"exec"}' },
    ]
    for (const value of foreign) {
      expect(score(value)).toBe(0)
      expect(driveJson(hoop, [value]).rejects).toHaveLength(1)
    }
    for (const other of [cloudtrail, k8sAudit, teleport, jaeger]) expect(other.json?.match(session, undefined)).toBe(0)
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = [...Object.keys(session), 'input', 'guardrails_info', 'ai_analysis', 'review_groups_data', 'rule_name']
    const words = ['exec', 'connect', 'done', 'database', 'REJECTED', 'UQAAAA1TRUxFQ1QgMQA=', text, session]
    const values = anyRecord(keys, words)
    const streams = fc
      .array(fc.tuple(fc.integer(), fc.constantFrom('i', 'o'), fc.base64String()), { maxLength: 4 })
      .map((event_stream): JsonValue => ({ ...session, script: null, event_stream }))
    fc.assert(
      fc.property(fc.array(fc.oneof(values, anyChange(session, values), streams), { maxLength: 10 }), (list) => {
        expectAccounted(hoop, list)
      }),
      { numRuns: 400 },
    )
  })

  it('takes keys of the prototype for what they are', () => {
    const hostile: JsonValue = JSON.parse(
      `{"id":"s","verb":"exec","connection":"__proto__","start_date":"2026-01-02T03:04:05Z","user":"a","status":"constructor","labels":{"__proto__":{"reason":"x"}},"review":{"__proto__":{"status":"REJECTED"}}}`,
    )
    const [row] = driveJson(hoop, [hostile]).events
    expect([row?.outcome, row?.reason, row?.resource_key]).toEqual(['unknown', undefined, 'hoop:connection/__proto__'])
  })
})
