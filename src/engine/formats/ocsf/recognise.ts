import { get, isObject, type JsonObject, text } from '../../../common/json'

/** The class as a number; rows of query engines may have it as text. */
export function classUid(event: JsonObject): number | undefined {
  const value = get(event, 'class_uid')
  const number = typeof value === 'string' && /^\d{3,8}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined
}

const marks = ['category_uid', 'type_uid', 'activity_id', 'severity_id', 'time', 'status_id']

/** Class and metadata are required of every event; nothing else names them so. */
export function isEvent(value: unknown): value is JsonObject {
  if (!isObject(value) || classUid(value) === undefined) return false
  return isObject(get(value, 'metadata')) && marks.some((key) => get(value, key) !== undefined)
}

export function score(event: JsonObject): number {
  return text(get(get(event, 'metadata'), 'version')) === undefined ? 0.9 : 1
}

export function looksLikeEvent(value: string): boolean {
  return value.includes('"class_uid"') && value.includes('"metadata"')
}
