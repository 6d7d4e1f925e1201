/** Names by which a change may speak of the refused access, in lower case, as they are looked for in its record. */
import type { DeniedEvent } from './event'

export interface Names {
  readonly subjects: readonly string[]
  readonly objects: readonly string[]
  readonly rules: readonly string[]
}

/** Names shorter than this occur everywhere. */
const leastLength = 5
const common: ReadonlySet<string> = new Set([
  'users',
  'admin',
  'public',
  'default',
  'system',
  'secret',
  'secrets',
  'anonymous',
  'system:anonymous',
  'postgres',
])

export function namesOf(event: DeniedEvent): Names {
  return {
    subjects: usable([
      event.actor_id,
      event.actor_name,
      event.actor_email,
      event.effective_id,
      event.effective_name,
      lastPart(event.actor_name, ':'),
      lastPart(event.effective_id, '/'),
    ]),
    objects: usable([
      event.resource_name,
      event.resource_key,
      lastPart(event.resource_key, '/'),
      lastPart(event.resource_name, '.'),
      bucketOf(event.resource_key),
    ]),
    rules: usable([event.policy]),
  }
}

function usable(values: readonly (string | null | undefined)[]): string[] {
  const names = values
    .filter((value) => value !== null && value !== undefined)
    .map((value) => value.toLowerCase())
    .filter((value) => value.length >= leastLength && !common.has(value))
  return [...new Set(names)]
}

function lastPart(value: string | null, separator: string): string | undefined {
  if (value === null || !value.includes(separator)) return undefined
  return value.slice(value.lastIndexOf(separator) + 1)
}

function bucketOf(key: string | null): string | undefined {
  const from = key?.indexOf(':s3:::') ?? -1
  return from < 0 || key === null ? undefined : key.slice(from + 6).split('/', 1)[0]
}
