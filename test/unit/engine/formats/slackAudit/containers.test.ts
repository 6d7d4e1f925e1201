import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { slackAudit } from '../../../../../src/engine/formats/slackAudit'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJsonText, recordsOf } from '../../../../support/formatDriver'

const entry: JsonObject = {
  id: 'e-1',
  date_create: 1_767_323_045,
  action: 'user_login',
  actor: { type: 'user', user: { id: 'W1', name: 'Alice', email: 'alice@example.com' } },
  entity: { type: 'user', user: { id: 'W1' } },
  context: { location: { type: 'workspace', id: 'T1' }, ua: 'x', ip_address: '198.51.100.7' },
}
const text = JSON.stringify(entry)

describe('containers of Slack audit entries', () => {
  it.each<[string, string]>([
    ['answers of the API', JSON.stringify({ entries: [entry], response_metadata: { next_cursor: '' } })],
    ['single entries', text],
    ['arrays', `[${text}]`],
    ['JSON lines', `${text}\n`],
    ['log shippers', JSON.stringify({ message: text })],
    ['index exports', JSON.stringify({ _raw: text })],
    ['kept originals', JSON.stringify({ event: { original: text } })],
    ['answers in a list', JSON.stringify([{ page: 1, entries: [entry] }])],
  ])('finds the entry in %s', (_, value) => {
    expect(driveJsonText(slackAudit, value).events.map((row) => row.source_event_id)).toEqual(['e-1'])
    expect(slackAudit.json?.match(recordsOf(slackAudit, value)[0] ?? null, undefined)).toBeGreaterThan(0.9)
  })

  it('is less sure of an entry without a time', () => {
    expect(slackAudit.json?.match(entry, undefined)).toBe(1)
    const { date_create: _, ...timeless } = entry
    expect(slackAudit.json?.match(timeless, undefined)).toBe(0.85)
  })

  it.each<[string, JsonValue]>([
    ['null', null],
    ['an empty object', {}],
    ['an actor by name', { ...entry, actor: 'alice' }],
    ['an actor that is not described', { ...entry, actor: { type: 'user' } }],
    ['no context', { ...entry, context: null }],
    ['a context of another kind', { ...entry, context: { user_agent: 'x', location: 'x' } }],
    ['an action in words', { ...entry, action: 'User logged in' }],
    ['an empty answer', { entries: [], ok: true }],
    ['text that only mentions it', { message: '{"date_create"' }],
    ['keys of the prototype', JSON.parse(`{"__proto__":${text}}`)],
  ])('does not claim %s, and rejects it', (_, value) => {
    expect(slackAudit.json?.match(value, undefined)).toBe(0)
    const driven = driveJsonText(slackAudit, JSON.stringify([value]))
    expect([driven.events.length, driven.rejects.length]).toEqual([0, 1])
  })

  it('keeps an entry whatever its fields hold', () => {
    const wild = anyRecord(
      ['type', 'user', 'id', 'name', 'email', 'team', 'location', 'domain', 'ua', 'ip_address', 'reason', 'entries'],
      ['user', 'file', 'unknown', 'user_login', '198.51.100.7'],
    )
    const whole = { ...entry, details: {} }
    fc.assert(
      fc.property(fc.array(anyChange(whole, wild), { maxLength: 5 }), (values) => expectAccounted(slackAudit, values)),
    )
    fc.assert(fc.property(fc.array(wild, { maxLength: 5 }), (values) => expectAccounted(slackAudit, values)))
  })
})
