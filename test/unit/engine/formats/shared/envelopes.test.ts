import { describe, expect, it } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../../../../src/common/json'
import { envelopes } from '../../../../../src/engine/formats/shared/envelopes'

const isRecord = (value: unknown): value is JsonObject => isObject(value) && Object.hasOwn(value, 'mine')
const peel = envelopes({
  isRecord,
  looksLikeRecord: (text) => text.includes('"mine"'),
  lists: [['items'], ['data', 'events']],
})
const record = { mine: 1 }
const text = JSON.stringify(record)

describe('envelopes', () => {
  it.each<[string, JsonValue]>([
    ['message', { message: text }],
    ['Message', { Message: text }],
    ['_raw', { _raw: ` ${text}` }],
    ['result._raw', { preview: false, result: { _raw: text } }],
    ['event.original', { event: { original: text } }],
    ['a document of an index', { _index: 'x', _source: { event: { original: text } } }],
    ['@message', { '@message': text }],
    ['raw', { raw: text }],
    ['log', { log: `${text}\n` }],
    ['an object under message', { message: record }],
    ['an object under detail', { 'detail-type': 'x', detail: record }],
    ['a list of messages', { events: [{ '@timestamp': 'x', message: text }] }],
    ['log events', { logEvents: [{ message: text }] }],
    ['a list of its own', { items: [record] }],
    ['a list deeper down', { data: { events: [record] } }],
    ['an envelope in an envelope', { items: [record, { message: JSON.stringify({ message: text }) }] }],
  ])('finds the record in %s', (_, value) => {
    expect(peel.recordsIn(value)).toContainEqual(record)
    expect(peel.score(value, () => 0.7)).toBeGreaterThanOrEqual(0.7)
    expect(peel.unwrap(value)).toBeDefined()
  })

  it('keeps what stands beside records in a list, for the account', () => {
    expect(peel.unwrap({ events: [{ message: text }, { message: 7 }, null] })).toEqual([
      { text },
      { path: ['events', '1'], value: { message: 7 } },
      { path: ['events', '2'], value: null },
    ])
  })

  it.each<[string, JsonValue]>([
    ['a record', record],
    ['text that does not look like one', { message: '{"other":1}' }],
    ['text that is no object', { message: '"mine"' }],
    ['an empty list', { items: [] }],
    ['a list of others', { items: [{ other: 1 }] }],
    ['no object', 'mine'],
    ['null', null],
  ])('peels nothing off %s', (_, value) => {
    expect(peel.unwrap(value)).toBeUndefined()
    expect(peel.recordsIn(value)).toEqual([value])
  })

  it('scores only records', () => {
    expect(peel.score(record, () => 0.7)).toBe(0.7)
    for (const value of [null, 'mine', [record], { items: [] }, {}]) expect(peel.score(value, () => 1)).toBe(0)
  })

  it('gives up below a small depth', () => {
    let value: JsonValue = record
    for (let depth = 0; depth < 10; depth++) value = { message: JSON.stringify(value) }
    expect(peel.recordsIn(value)).toHaveLength(1)
    expect(peel.recordsIn(value)).not.toContainEqual(record)
  })

  it('reads own keys only', () => {
    const hostile: JsonValue = JSON.parse(`{"__proto__":{"message":${JSON.stringify(text)}}}`)
    expect(peel.unwrap(hostile)).toBeUndefined()
  })
})
