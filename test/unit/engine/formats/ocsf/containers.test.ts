import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { ocsf } from '../../../../../src/engine/formats/ocsf'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJson, driveJsonText, recordsOf } from '../../../../support/formatDriver'

const event: JsonObject = {
  class_uid: 3002,
  category_uid: 3,
  activity_id: 1,
  time: 1_767_323_045_678,
  status_id: 1,
  metadata: { uid: 'e-1', version: '1.1.0' },
  user: { name: 'alice' },
}
const text = JSON.stringify(event)

describe('containers of OCSF events', () => {
  it.each<[string, string]>([
    ['single events', text],
    ['arrays', `[${text}]`],
    ['JSON lines', `${text}\n`],
    ['log shippers', JSON.stringify({ message: text })],
    ['index exports', JSON.stringify({ _raw: text })],
    ['kept originals', JSON.stringify({ event: { original: text } })],
    ['an event bus', JSON.stringify({ 'detail-type': 'x', detail: event })],
    ['lists', JSON.stringify({ events: [event] })],
  ])('finds the event in %s', (_, value) => {
    expect(driveJsonText(ocsf, value).events.map((row) => row.source_event_id)).toEqual(['e-1'])
    expect(ocsf.json?.match(recordsOf(ocsf, value)[0] ?? null, undefined)).toBeGreaterThan(0.9)
  })

  it('is less sure of an event that names no version', () => {
    expect(ocsf.json?.match(event, undefined)).toBe(1)
    expect(ocsf.json?.match({ ...event, metadata: {} }, undefined)).toBe(0.9)
    expect(ocsf.json?.match({ ...event, class_uid: '3002' }, undefined)).toBe(1)
  })

  it.each([1007, 2001, 2004, 4001, 5001, 6007, 999_999])('recognises class %s and leaves it out', (classUid) => {
    const value = { ...event, class_uid: classUid }
    expect(ocsf.json?.match(value, undefined)).toBe(1)
    const driven = driveJson(ocsf, [value])
    expect(driven.skips).toEqual([{ recordNo: 0, reason: `OCSF class ${classUid} describes no use of a right.` }])
  })

  it.each<[string, JsonValue]>([
    ['null', null],
    ['an empty object', {}],
    ['no class', { ...event, class_uid: null }],
    ['a class that is no number', { ...event, class_uid: 'three' }],
    ['a class that is not whole', { ...event, class_uid: 3002.5 }],
    ['no metadata', { ...event, metadata: null }],
    ['class and metadata alone', { class_uid: 3002, metadata: {} }],
    ['text that only mentions it', { message: '{"class_uid":3002}' }],
    ['keys of the prototype', JSON.parse(`{"__proto__":${text}}`)],
  ])('does not claim %s, and rejects it', (_, value) => {
    expect(ocsf.json?.match(value, undefined)).toBe(0)
    const driven = driveJsonText(ocsf, JSON.stringify([value]))
    expect([driven.events.length, driven.rejects.length]).toEqual([0, 1])
  })

  it('keeps an event whatever its fields hold', () => {
    const wild = anyRecord(
      ['user', 'uid', 'name', 'type', 'type_id', 'session', 'issuer', 'ip', 'location', 'coordinates', 'code', 'url'],
      ['arn:aws:iam::111122223333:role/R', 'AssumedRole', 2, 403, '198.51.100.7', 'AWS'],
    )
    const whole: JsonObject = {
      ...event,
      ...{ actor: {}, api: {}, resources: [], src_endpoint: {}, http_request: {}, http_response: {}, cloud: {} },
      ...{ authorizations: [], policy: {}, privileges: [], duration: 1, end_time: 1, trace: {}, dst_endpoint: {} },
    }
    const anyClass = fc.constantFrom(3001, 3002, 3003, 3004, 3005, 3006, 4002, 6001, 6002, 6003, 6004, 6005, 6006, 2001)
    const values = fc.tuple(anyClass, anyChange(whole, wild)).map(([class_uid, value]): JsonValue => {
      return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value, class_uid } : value
    })
    fc.assert(fc.property(fc.array(values, { maxLength: 5 }), (records) => expectAccounted(ocsf, records)))
    fc.assert(fc.property(fc.array(wild, { maxLength: 5 }), (records) => expectAccounted(ocsf, records)))
  })
})
