import { get, isObject, type JsonObject, text } from '../../../common/json'

type Kind = 'audit' | 'usage' | 'signIn'

/** Which of the three kinds a value is, by the ids that only this kind has. */
export function kindOf(value: unknown): Kind | undefined {
  if (!isObject(value) || text(get(value, 'uuid')) === undefined) return undefined
  if (has(value, 'item_uuid') && has(value, 'vault_uuid') && isObject(get(value, 'user'))) return 'usage'
  if (
    isObject(get(value, 'target_user')) &&
    has(value, 'category') &&
    (has(value, 'type') || has(value, 'session_uuid'))
  )
    return 'signIn'
  return has(value, 'actor_uuid') && has(value, 'action') && has(value, 'object_type') ? 'audit' : undefined
}

export function isEvent(value: unknown): value is JsonObject {
  return kindOf(value) !== undefined
}

function has(value: JsonObject, key: string): boolean {
  return text(get(value, key)) !== undefined
}

const pairs = [
  ['"actor_uuid"', '"object_type"'],
  ['"item_uuid"', '"vault_uuid"'],
  ['"target_user"', '"category"'],
] as const

export function looksLikeEvent(value: string): boolean {
  return value.includes('"uuid"') && pairs.some(([one, other]) => value.includes(one) && value.includes(other))
}
