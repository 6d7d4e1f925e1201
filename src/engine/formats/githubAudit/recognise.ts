import { get, isObject, type JsonObject, text } from '../../../common/json'

const action = /^[a-z][a-z0-9_]{1,80}(?:\.[a-z0-9_-]{1,120}){1,3}$/

/** Keys that entries of every kind share, and that few other records have beside a dotted `action`. */
const marks = [
  ...[
    '_document_id',
    '@timestamp',
    'at_sign_timestamp',
    'created_at',
    'org',
    'org_id',
    'repo',
    'repository',
    'business',
  ],
  ...['business_id', 'actor_id', 'actor_ip', 'actor_location', 'operation_type', 'programmatic_access_type'],
  ...['external_identity_nameid', 'hashed_token', 'public_repo', 'repository_public', 'transport_protocol_name'],
]

/** Who acted is plain text; webhooks, which also have an `action`, have objects there and no dot in the action. */
export function isEntry(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  const name = get(value, 'action')
  if (typeof name !== 'string' || !action.test(name)) return false
  const actor = get(value, 'actor')
  if (actor !== undefined && actor !== null && typeof actor !== 'string') return false
  return count(value) >= (typeof actor === 'string' ? 2 : 3) || get(value, '_document_id') !== undefined
}

function count(value: JsonObject): number {
  return marks.filter((key) => Object.hasOwn(value, key)).length
}

export function score(entry: JsonObject): number {
  if (text(get(entry, '_document_id')) !== undefined) return 1
  return count(entry) >= 3 ? 0.95 : 0.85
}

export function looksLikeEntry(value: string): boolean {
  return (
    /"action"\s*:\s*"[a-z][a-z0-9_]{1,80}\.[a-z0-9_.-]{1,200}"/.test(value) &&
    /"(?:_document_id|@timestamp|created_at)"/.test(value) &&
    /"(?:actor|org|business|repo)"/.test(value)
  )
}
