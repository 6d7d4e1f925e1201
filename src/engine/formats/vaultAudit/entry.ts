import { at, get, isObject, type JsonObject, type JsonValue, text, textAt } from '../../../common/json'
import { envelopes } from '../shared/envelopes'

/** Fields of a request that only this server's audit devices write. */
const ownFields = ['mount_type', 'client_token', 'client_token_accessor', 'remote_address', 'namespace', 'mount_point']

/** True for the entry of a request or of its answer. */
export function isEntry(value: unknown): value is JsonObject {
  return scoreEntry(value) > 0
}

export function isResponse(entry: JsonObject): boolean {
  return get(entry, 'type') === 'response'
}

/** Who asked: the answer to a login has it in the token that was given. */
export function authOf(entry: JsonObject): readonly (JsonValue | undefined)[] {
  return [get(entry, 'auth'), at(entry, 'response', 'auth')]
}

/** The path inside the namespace, without a slash in front. */
export function pathOf(entry: JsonObject): string | undefined {
  return textAt(entry, 'request', 'path')
}

/** 0 to 1 for a value that may be an entry itself. */
export function scoreEntry(value: unknown): number {
  const type = get(value, 'type')
  if (type !== 'request' && type !== 'response') return 0
  const request = get(value, 'request')
  if (!isObject(request) || text(get(request, 'operation')) === undefined) return 0
  if (typeof get(request, 'path') !== 'string') return 0
  const own = ownFields.some((key) => get(request, key) !== undefined)
  return own || isObject(get(value, 'auth')) ? 0.97 : 0.6
}

export const shipped = envelopes({ isRecord: isEntry, looksLikeRecord: looksLikeEntry, lists: [] })

function looksLikeEntry(line: string): boolean {
  return (
    /"type"\s*:\s*"(?:request|response)"/.test(line) &&
    line.includes('"operation"') &&
    ownFields.some((field) => line.includes(`"${field}"`))
  )
}
