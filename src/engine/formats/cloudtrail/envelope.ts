import { get, isObject, type JsonObject, type JsonValue, list, text } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
import type { InnerRecord, JsonLayout } from '../types'
import { recordColumns } from './columns'

/**
 * Where CloudTrail records stand: objects delivered to a bucket, LookupEvents answers, CloudWatch Logs exports and
 * subscription messages. Single records, arrays and JSON lines need no layout.
 */
export const layouts: readonly JsonLayout[] = [
  { id: 'records', records: ['Records', '*'], context: [] },
  { id: 'lookup-events', records: ['Events', '*'], context: [] },
  // With the context that other formats want from the same place, so that all say the same of it.
  { id: 'log-events', records: ['logEvents', '*'], context: [['logGroup']] },
]

/** Keys whose text is a whole record: LookupEvents, index exports, log shippers, notification messages. */
const textKeys: readonly (readonly string[])[] = [
  ['CloudTrailEvent'],
  ['_raw'],
  ['message'],
  ['Message'],
  ['raw'],
  ['result', '_raw'],
  ['event', 'original'],
]

/** True for a value that has a record's own fields, whichever version. S3 notifications look alike and are none. */
export function isRecord(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  // Whoever tells formats apart, peels envelopes and maps asks it of the same value one after another.
  if (value !== asked.value) asked = { value, answer: hasRecordFields(value) }
  return asked.answer
}

let asked: { readonly value: unknown; readonly answer: boolean } = { value: undefined, answer: false }

function hasRecordFields(value: JsonObject): boolean {
  const eventSource = text(get(value, 'eventSource'))
  if (eventSource?.startsWith('aws:')) return false
  const named = text(get(value, 'eventName')) !== undefined
  if (named && eventSource !== undefined) return true
  if (named && isObject(get(value, 'userIdentity'))) return true
  return text(get(value, 'eventVersion')) !== undefined && (named || hasRecordIds(value) || isInsight(value))
}

function hasRecordIds(value: JsonObject): boolean {
  return text(get(value, 'eventID')) !== undefined && text(get(value, 'eventTime')) !== undefined
}

export function isInsight(value: unknown): boolean {
  return isObject(get(value, 'insightDetails')) || get(value, 'eventCategory') === 'Insight'
}

/** A digest file lists delivered log files and their hashes; it holds no event. */
export function isDigest(value: unknown): boolean {
  return text(get(value, 'digestS3Object')) !== undefined && text(get(value, 'digestStartTime')) !== undefined
}

/** The records inside one value, or undefined where the value is a record itself or holds none of ours. */
export function unwrap(value: JsonValue): readonly InnerRecord[] | undefined {
  if (!isObject(value) || isRecord(value) || isDigest(value)) return undefined
  const detail = get(value, 'detail')
  // Without a time of its own the event needs the envelope's: then the envelope is the record.
  if (isRecord(detail)) return needsEnvelope(detail, value) ? undefined : [{ path: ['detail'], value: detail }]
  for (const path of textKeys) {
    const found = follow(value, path)
    if (looksLikeRecordText(found)) return [{ text: found }]
  }
  const event = get(value, 'event')
  if (isRecord(event)) return [{ path: ['event'], value: event }]
  const records = list(get(value, 'Records'))
  if (records.some((item) => isRecord(item)))
    return records.map((item, index) => ({ path: ['Records', String(index)], value: item }))
  // `events` is no layout: records of other formats have a list of that name, and must not be cut.
  for (const key of ['logEvents', 'events']) {
    const logEvents = list(get(value, key))
    if (logEvents.some((item) => looksLikeRecordText(get(item, 'message'))))
      return logEvents.map((item, index) => logEvent(item, key, index))
  }
  return undefined
}

function logEvent(item: JsonValue, key: string, index: number): InnerRecord {
  const message = get(item, 'message')
  return typeof message === 'string' ? { text: message } : { path: [key, String(index)], value: item }
}

function follow(value: JsonObject, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const key of path) current = get(current, key)
  return current
}

/** Cheap test before the text is parsed; what turns out to be no record is rejected then. */
function looksLikeRecordText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[\s\uFEFF]*\{/.test(value) &&
    ((value.includes('"eventVersion"') && /"event(?:Name|ID|Time)"/.test(value)) ||
      (value.includes('"eventName"') && value.includes('"eventSource"')) ||
      value.includes('"digestS3Object"'))
  )
}

function needsEnvelope(detail: JsonObject, envelope: JsonObject): boolean {
  return text(get(detail, 'eventTime')) === undefined && text(get(envelope, 'time')) !== undefined
}

/** The event of an EventBridge envelope with the envelope's time, where `unwrap` left the envelope whole. */
export function fromEnvelope(value: JsonValue): JsonObject | undefined {
  const detail = get(value, 'detail')
  const time = text(get(value, 'time'))
  return isRecord(detail) && time !== undefined ? { ...detail, eventTime: time } : undefined
}

/** Every record that a value holds, envelopes in envelopes peeled to a small depth. */
export function recordsIn(value: JsonValue, depth = 3): readonly JsonValue[] {
  const inner = depth === 0 ? undefined : unwrap(value)
  if (inner === undefined) return [value]
  return inner.flatMap((item) =>
    recordsIn('value' in item ? item.value : (objectIn(item.text) ?? item.text), depth - 1),
  )
}

/**
 * 0 to 1 for a value or what its envelope holds. Asked for every record, so text in an envelope is judged by its
 * looks: it is parsed once, as a record.
 */
export function score(value: JsonValue): number {
  const inner = isObject(value) ? unwrap(value) : undefined
  if (inner !== undefined) {
    const best = inner.find((item) => 'text' in item || isRecord(item.value) || isDigest(item.value))
    return best === undefined ? 0 : 'text' in best ? 0.95 : scoreOne(best.value)
  }
  return scoreOne(value)
}

function scoreOne(value: JsonValue): number {
  if (isDigest(value) || (isRecord(value) && isInsight(value))) return 0.95
  const record = isRecord(value) ? value : fromEnvelope(value)
  if (record === undefined) return byColumn(value)
  const source = text(get(record, 'eventSource'))
  const version = text(get(record, 'eventVersion'))
  if (version !== undefined && /^1\.\d{1,3}$/.test(version)) return source === undefined ? 0.9 : 1
  if (source?.includes('.amazonaws.com')) return 0.95
  return isObject(get(record, 'userIdentity')) ? 0.8 : 0.4
}

/** Rows of query engines and LookupEvents answers: names without their case; weaker, so that others may claim them. */
function byColumn(value: JsonValue): number {
  if (!isObject(value)) return 0
  const names = Object.keys(value)
  if (names.length > 100) return 0
  const { known, usable } = recordColumns(names)
  return usable && known >= 3 ? 0.6 : 0
}
