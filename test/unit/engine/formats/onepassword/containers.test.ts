import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { onepassword } from '../../../../../src/engine/formats/onepassword'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJsonText, recordsOf } from '../../../../support/formatDriver'

const usage: JsonObject = { uuid: 'E1', vault_uuid: 'V1', item_uuid: 'I1', user: { uuid: 'U1' }, timestamp: 'x' }
const signIn: JsonObject = {
  uuid: 'E1',
  session_uuid: 'S',
  category: 'success',
  type: 'x',
  target_user: { uuid: 'U1' },
}
const audit: JsonObject = { uuid: 'E1', actor_uuid: 'U1', action: 'create', object_type: 'vault', object_uuid: 'V1' }

describe.each([
  ['item usages', usage],
  ['sign-in attempts', signIn],
  ['audit events', audit],
])('containers of 1Password %s', (_kind, event) => {
  const text = JSON.stringify(event)

  it.each<[string, string]>([
    ['answers of the API', JSON.stringify({ cursor: 'c', has_more: false, items: [event] })],
    ['single events', text],
    ['arrays', `[${text}]`],
    ['JSON lines', `${text}\n`],
    ['log shippers', JSON.stringify({ message: text })],
    ['index exports', JSON.stringify({ _raw: text })],
    ['test files', JSON.stringify({ events: [{ '@timestamp': 'x', message: text }] })],
  ])('finds the event in %s', (_, value) => {
    expect(driveJsonText(onepassword, value).events.map((row) => row.source_event_id)).toEqual(['E1'])
    expect(onepassword.json?.match(recordsOf(onepassword, value)[0] ?? null, undefined)).toBe(0.95)
  })

  it('keeps an event whatever its fields hold', () => {
    const wild = anyRecord(
      ['uuid', 'name', 'email', 'ip', 'ip_address', 'latitude', 'country', 'action', 'type', 'category'],
      ['alice@example.com', 'create', 'success', '198.51.100.7', 91],
    )
    const whole = { ...event, location: {}, client: {}, session: {}, actor_details: {}, object_details: {} }
    fc.assert(
      fc.property(fc.array(anyChange(whole, wild), { maxLength: 5 }), (values) => expectAccounted(onepassword, values)),
    )
  })
})

describe('what is no 1Password event', () => {
  it.each<[string, JsonValue]>([
    ['null', null],
    ['an empty object', {}],
    ['no id', { ...usage, uuid: null }],
    ['an item usage without its user', { ...usage, user: 'U1' }],
    ['an item without a vault', { uuid: 'E1', item_uuid: 'I1', user: {} }],
    ['a sign-in without a category', { ...signIn, category: null }],
    ['an audit event without its object', { ...audit, object_type: null }],
    ['an empty answer', { cursor: 'c', has_more: false, items: [] }],
    ['other items', { items: [{ kind: 'Pod' }] }],
    ['keys of the prototype', JSON.parse(`{"__proto__":${JSON.stringify(usage)}}`)],
  ])('is not claimed, and rejected: %s', (_, value) => {
    expect(onepassword.json?.match(value, undefined)).toBe(0)
    const driven = driveJsonText(onepassword, JSON.stringify([value]))
    expect([driven.events.length, driven.rejects.length]).toEqual([0, 1])
  })
})
