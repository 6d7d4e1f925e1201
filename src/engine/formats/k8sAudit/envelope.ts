import { get, isObject, type JsonObject, type JsonValue, list, text } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
import type { InnerRecord, JsonLayout } from '../types'

/** Lists of events, CloudWatch Logs messages, and diagnostic exports; JSON lines and arrays need no layout. */
export const layouts: readonly JsonLayout[] = [
  { id: 'event-list', records: ['items', '*'], context: [] },
  { id: 'log-events', records: ['logEvents', '*'], context: [['logGroup']] },
  { id: 'diagnostic-records', records: ['records', '*'], context: [] },
]

const stages = new Set(['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'])

/** Keys whose text is a whole event: log shippers, diagnostic exports, index exports. */
const textKeys: readonly (readonly string[])[] = [
  ['message'],
  ['properties', 'log'],
  ['log'],
  ['_raw'],
  ['@message'],
  ['result', '_raw'],
  ['event', 'original'],
]

/** Keys whose value is the event itself. */
const objectKeys: readonly (readonly string[])[] = [
  ['message'],
  ['properties', 'log'],
  ['log'],
  ['kubernetes', 'audit'],
]

/**
 * Kind and group tell an audit event for certain. Some exports drop the group: then an audit id together with a stage
 * or a verb does; a core `Event` object (kind alone) has neither. Excerpts drop the id too: then the kind together with
 * a verb and what it was used on.
 */
export function isEvent(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  if (get(value, 'kind') === 'Event' && isAuditGroup(get(value, 'apiVersion'))) return true
  if (text(get(value, 'auditID')) === undefined) return isExcerpt(value)
  return stages.has(text(get(value, 'stage')) ?? '') || text(get(value, 'verb')) !== undefined
}

function isExcerpt(value: JsonObject): boolean {
  if (get(value, 'kind') !== 'Event' || text(get(value, 'verb')) === undefined) return false
  return isObject(get(value, 'objectRef')) || isObject(get(value, 'responseStatus'))
}

function isAuditGroup(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith('audit.k8s.io/')
}

/** The events inside one value, or undefined where the value is an event itself or holds none. */
export function unwrap(value: JsonValue): readonly InnerRecord[] | undefined {
  if (!isObject(value) || isEvent(value)) return undefined
  for (const path of textKeys) {
    const found = follow(value, path)
    if (looksLikeEventText(found)) return [{ text: found }]
  }
  for (const path of objectKeys) {
    const found = follow(value, path)
    if (isEvent(found)) return [{ path, value: found }]
  }
  for (const key of ['items', 'records', 'logEvents']) {
    const items = list(get(value, key))
    if (items.some((item) => isEvent(item) || unwrapOne(item)))
      return items.map((item, index) => ({ path: [key, String(index)], value: item }))
  }
  return undefined
}

function unwrapOne(item: JsonValue): boolean {
  return textKeys.some((path) => looksLikeEventText(follow(item, path)))
}

function follow(value: JsonValue, path: readonly string[]): JsonValue | undefined {
  let current: JsonValue | undefined = value
  for (const key of path) current = get(current, key)
  return current
}

/** Cheap test before the text is parsed; what turns out to be no event is rejected then. */
function looksLikeEventText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    /^[\s\uFEFF]*\{/.test(value) &&
    (value.includes('"auditID"') || value.includes('audit.k8s.io/')) &&
    /"(?:stage|verb)"/.test(value)
  )
}

/** Every event that a value holds, envelopes in envelopes peeled to a small depth. */
export function eventsIn(value: JsonValue, depth = 3): readonly JsonValue[] {
  const inner = depth === 0 ? undefined : unwrap(value)
  if (inner === undefined) return [value]
  return inner.flatMap((item) => eventsIn('value' in item ? item.value : (objectIn(item.text) ?? item.text), depth - 1))
}

/**
 * 0 to 1 for a value or what its envelope holds. Asked for every record, so text in an envelope is judged by its
 * looks: it is parsed once, as an event.
 */
export function score(value: JsonValue): number {
  const inner = isObject(value) ? unwrap(value) : undefined
  if (inner === undefined) return scoreOne(value)
  return inner.reduce((best, item) => Math.max(best, 'text' in item ? 0.95 : score(item.value)), 0)
}

function scoreOne(value: JsonValue): number {
  if (!isEvent(value)) return 0
  if (isAuditGroup(get(value, 'apiVersion'))) return 1
  return text(get(value, 'auditID')) === undefined ? 0.7 : 0.9
}
