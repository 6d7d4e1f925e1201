import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { okta } from '../../../../../src/engine/formats/okta'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJsonText, recordsOf } from '../../../../support/formatDriver'

const event: JsonObject = {
  uuid: 'e-1',
  published: '2026-01-02T03:04:05.678Z',
  eventType: 'user.session.start',
  actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com', displayName: 'Alice' },
  outcome: { result: 'SUCCESS' },
  target: [],
}
const text = JSON.stringify(event)

describe('containers of Okta events', () => {
  it.each<[string, string]>([
    ['single events', text],
    ['arrays', `[${text}]`],
    ['JSON lines', `${text}\n`],
    ['log shippers', JSON.stringify({ message: text })],
    ['index exports', JSON.stringify({ result: { _raw: text } })],
    ['kept originals', JSON.stringify({ event: { action: 'x', original: text }, okta: {} })],
    ['an event bus', JSON.stringify({ 'detail-type': 'SystemLog', source: 'aws.partner/okta.com', detail: event })],
    ['event hooks', JSON.stringify({ eventType: 'com.okta.event_hook', data: { events: [event] } })],
    ['test files', JSON.stringify({ events: [{ message: text }] })],
  ])('finds the event in %s', (_, value) => {
    const driven = driveJsonText(okta, value)
    expect(driven.events.map((row) => row.source_event_id)).toEqual(['e-1'])
    expect(okta.json?.match(recordsOf(okta, value)[0] ?? null, undefined)).toBeGreaterThan(0.85)
  })

  it('recognises an event of few fields, with keys in lower case', () => {
    const poor = { eventtype: 'user.mfa.factor.deactivate', actor: { displayName: 'Alice' }, severity: 'INFO' }
    expect(okta.json?.match(poor, undefined)).toBe(0.9)
  })

  it.each<[string, JsonValue]>([
    ['null', null],
    ['text', 'user.session.start'],
    ['an empty object', {}],
    ['an event without an actor', { ...event, actor: null }],
    ['an actor of another kind', { ...event, actor: { name: 'x' } }],
    ['a type without dots', { ...event, eventType: 'AwsApiCall' }],
    ['a type that is no text', { ...event, eventType: 7 }],
    ['type and actor alone', { eventType: 'a.b', actor: { displayName: 'x' } }],
    ['text that only mentions it', { message: '{"eventType":"x"}' }],
    ['keys of the prototype', JSON.parse(`{"__proto__":${text}}`)],
  ])('does not claim %s, and rejects it', (_, value) => {
    expect(okta.json?.match(value, undefined)).toBe(0)
    const driven = driveJsonText(okta, JSON.stringify([value]))
    expect([driven.events.length, driven.rejects.length]).toEqual([0, 1])
  })

  it('keeps an event whatever its fields hold', () => {
    const wild = anyRecord(
      ['id', 'type', 'alternateId', 'ip', 'ipChain', 'debugData', 'geolocation', 'lat', 'result', 'detail', 'target'],
      ['User', 'PolicyEntity', 'SUCCESS', 'unknown', '198.51.100.7', 'null'],
    )
    const whole = { ...event, client: {}, request: {}, debugContext: {}, securityContext: {}, transaction: {} }
    fc.assert(
      fc.property(fc.array(anyChange(whole, wild), { maxLength: 5 }), (values) => expectAccounted(okta, values)),
    )
    fc.assert(fc.property(fc.array(wild, { maxLength: 5 }), (values) => expectAccounted(okta, values)))
  })
})
