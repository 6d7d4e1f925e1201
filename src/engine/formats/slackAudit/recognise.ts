import { get, isObject, type JsonObject, text } from '../../../common/json'

const action = /^[a-z][a-z0-9_.]{1,150}$/

/** The actor is named by its type and then described under that very word; the context names a place of Slack. */
export function isEntry(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  const name = get(value, 'action')
  if (typeof name !== 'string' || !action.test(name)) return false
  const actor = get(value, 'actor')
  const type = text(get(actor, 'type'))
  if (type === undefined || !isObject(get(actor, type))) return false
  const context = get(value, 'context')
  if (!isObject(context)) return false
  const place = isObject(get(context, 'location'))
  const from = Object.hasOwn(context, 'ua') || Object.hasOwn(context, 'ip_address')
  return place && (from || get(value, 'date_create') !== undefined || isObject(get(value, 'entity')))
}

export function score(entry: JsonObject): number {
  return get(entry, 'date_create') === undefined ? 0.85 : 1
}

export function looksLikeEntry(value: string): boolean {
  return value.includes('"date_create"') && value.includes('"actor"') && value.includes('"context"')
}
