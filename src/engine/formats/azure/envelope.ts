/**
 * Envelopes around records of the Microsoft clouds: pages of the interfaces (`value[*]`), diagnostic batches
 * (`records[*]`), query answers (`tables[*]`), log shippers and index exports.
 */
import { at, get, isObject, type JsonValue, list } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
import type { InnerRecord } from '../types'
import { isQueryAnswer, tableRows } from './tables'

export interface EnvelopeRules {
  readonly isRecord: (value: unknown) => boolean
  /** Cheap test of a text before it is parsed. */
  readonly looksLikeRecord: (text: string) => boolean
  /** Keys of lists whose elements are records or envelopes of these sources. */
  readonly lists: readonly string[]
  /** Paths to a record, as an object or as JSON in a string. */
  readonly paths: readonly (readonly string[])[]
}

export interface Envelopes {
  /** The records inside one value, or undefined where it is a record itself or holds none. */
  unwrap(value: JsonValue): readonly InnerRecord[] | undefined
  /** Every record in the value, envelopes in envelopes peeled to a small depth; else the value itself. */
  recordsIn(value: JsonValue): readonly JsonValue[]
}

const MAX_DEPTH = 3
/** A page holds one kind of record, so a few of them tell what the page is. */
export const SAMPLE = 20
const sharedTexts: readonly (readonly string[])[] = [
  ['_raw'],
  ['message'],
  ['Message'],
  ['@message'],
  ['raw'],
  ['body'],
  ['Body'],
  ['event', 'original'],
  ['result', '_raw'],
]

export function envelopes(rules: EnvelopeRules): Envelopes {
  const isText = (value: unknown): value is string =>
    typeof value === 'string' && /^[\s\uFEFF]*\{/.test(value) && rules.looksLikeRecord(value)

  /** A record, or something around one: looked into to the depth that is left. */
  const holds = (value: JsonValue, depth: number): boolean =>
    rules.isRecord(value) || (depth > 0 && unwrapTo(value, depth - 1) !== undefined)

  const unwrapTo = (value: JsonValue, depth: number): readonly InnerRecord[] | undefined => {
    if (!isObject(value) || rules.isRecord(value)) return undefined
    if (isQueryAnswer(value)) {
      const rows = tableRows(value)
      return rows?.some((row) => 'value' in row && rules.isRecord(row.value)) ? rows : undefined
    }
    for (const path of rules.paths) {
      const found = at(value, ...path)
      if (found !== undefined && rules.isRecord(found)) return [{ path, value: found }]
      if (isText(found)) return [{ text: found }]
    }
    for (const path of sharedTexts) {
      const found = at(value, ...path)
      if (isText(found)) return [{ text: found }]
    }
    for (const key of rules.lists) {
      const items = list(get(value, key))
      if (items.slice(0, SAMPLE).some((item) => holds(item, depth)))
        return items.flatMap((item, index) => flat(item, [key, String(index)], unwrapTo(item, 0)))
    }
    return undefined
  }

  /** The records of a list's element under their own paths, so that `raw` is the record and not what stands around. */
  const flat = (
    item: JsonValue,
    path: readonly string[],
    inner: readonly InnerRecord[] | undefined,
  ): readonly InnerRecord[] =>
    inner?.map((record) => ('text' in record ? record : { ...record, path: [...path, ...record.path] })) ?? [
      { path, value: item },
    ]

  const recordsIn = (value: JsonValue, depth: number): readonly JsonValue[] => {
    const inner = depth === 0 ? undefined : unwrapTo(value, depth)
    if (inner === undefined) return [value]
    return inner.flatMap((item) =>
      recordsIn('value' in item ? item.value : (objectIn(item.text) ?? item.text), depth - 1),
    )
  }

  return {
    unwrap: (value) => unwrapTo(value, MAX_DEPTH),
    recordsIn: (value) => recordsIn(value, MAX_DEPTH),
  }
}
