/**
 * Envelopes that log shippers, index exports and test files put around any record: the record as JSON text in one of
 * a few keys, as the value of such a key, or in a list. What a record is, each format says itself.
 */
import { get, isObject, type JsonObject, type JsonValue, list } from '../../../common/json'
import type { InnerRecord } from '../types'
import { objectIn } from './embeddedJson'

export interface EnvelopeRules {
  readonly isRecord: (value: unknown) => value is JsonObject
  /** Asked for every text in an envelope, so it must be cheap; what turns out to be no record is rejected later. */
  readonly looksLikeRecord: (text: string) => boolean
  /** Paths of lists whose elements are records or envelopes. */
  readonly lists: readonly (readonly string[])[]
}

export interface Envelopes {
  /** The records inside one value, or undefined where it is a record itself or holds none. */
  unwrap(value: JsonValue): readonly InnerRecord[] | undefined
  /** Every record that a value holds, envelopes in envelopes peeled to a small depth; else the value itself. */
  recordsIn(value: JsonValue): readonly JsonValue[]
  /** The best score of what a value holds; a text in an envelope is judged by its looks and parsed only once, later. */
  score(value: JsonValue, scoreOne: (record: JsonObject) => number): number
}

const textKeys: readonly (readonly string[])[] = [
  ['message'],
  ['_raw'],
  ['event', 'original'],
  ['result', '_raw'],
  ['_source', 'event', 'original'],
  ['_source', 'message'],
  ['Message'],
  ['@message'],
  ['raw'],
  ['log'],
]
const objectKeys: readonly (readonly string[])[] = [['detail'], ['event'], ['message'], ['log'], ['data']]
/** Lists of texts: exports and subscriptions of log groups, and test files in that shape. */
const messageLists = ['logEvents', 'events']
const MAX_DEPTH = 3

export function envelopes(rules: EnvelopeRules): Envelopes {
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && /^[\s\uFEFF]*\{/.test(value) && rules.looksLikeRecord(value)

  const unwrap = (value: JsonValue): readonly InnerRecord[] | undefined => {
    if (!isObject(value) || rules.isRecord(value)) return undefined
    for (const path of textKeys) {
      const found = follow(value, path)
      if (isText(found)) return [{ text: found }]
    }
    for (const path of objectKeys) {
      const found = follow(value, path)
      if (rules.isRecord(found)) return [{ path, value: found }]
    }
    for (const key of messageLists) {
      const items = list(get(value, key))
      if (items.some((item) => isText(get(item, 'message'))))
        return items.map((item, index) => message(item, key, index))
    }
    for (const path of rules.lists) {
      const items = list(follow(value, path))
      if (items.some((item) => rules.isRecord(item)))
        return items.map((item, index) => ({ path: [...path, String(index)], value: item }))
    }
    return undefined
  }

  const recordsIn = (value: JsonValue, depth = MAX_DEPTH): readonly JsonValue[] => {
    const inner = depth === 0 ? undefined : unwrap(value)
    if (inner === undefined) return [value]
    return inner.flatMap((item) =>
      recordsIn('value' in item ? item.value : (objectIn(item.text) ?? item.text), depth - 1),
    )
  }

  return {
    unwrap,
    recordsIn: (value) => recordsIn(value),
    score(value, scoreOne) {
      if (!isObject(value)) return 0
      if (rules.isRecord(value)) return scoreOne(value)
      const inner = unwrap(value)
      if (inner === undefined) return 0
      const best = inner.find((item) => 'text' in item || rules.isRecord(item.value))
      if (best === undefined) return 0
      return 'text' in best ? 0.95 : rules.isRecord(best.value) ? scoreOne(best.value) : 0
    },
  }
}

function message(item: JsonValue, key: string, index: number): InnerRecord {
  const text = get(item, 'message')
  return typeof text === 'string' ? { text } : { path: [key, String(index)], value: item }
}

function follow(value: JsonObject, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const key of path) current = get(current, key)
  return current
}
