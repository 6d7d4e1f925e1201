import { at, get, isObject, type JsonObject, type JsonValue, list, text, textAt } from '../../../common/json'

/** Letters that name the area, a number, and how it went: Info, Warning, Error. */
const codePattern = /^([A-Z]{1,8})\d{2,5}[IWE]$/
const namePattern = /^[a-z0-9_-]{2,60}(?:\.[a-z0-9_-]{1,60}){0,8}$/

/** Fields that no event of another system has beside a code of this kind. */
const companions = ['uid', 'cluster_name', 'ei', 'sid', 'user', 'addr.remote', 'namespace', 'identity']

export function isEvent(value: unknown): value is JsonObject {
  return isObject(value) && scoreEvent(value) > 0
}

/** 0 to 1 for a value that may be an event itself. */
export function scoreEvent(value: unknown): number {
  const name = get(value, 'event')
  const code = get(value, 'code')
  if (typeof name !== 'string' || typeof code !== 'string') return 0
  const area = codePattern.exec(code)?.[1]
  if (area === undefined || !namePattern.test(name)) return 0
  const known = companions.some((key) => get(value, key) !== undefined)
  if (text(get(value, 'time')) === undefined) return known ? 0.6 : 0
  if (!area.startsWith('T')) return known ? 0.85 : 0
  return known ? 0.97 : 0.7
}

/** Asked for every text in an envelope. */
export function looksLikeEvent(line: string): boolean {
  return /"code"\s*:\s*"[A-Z]{1,8}\d{2,5}[IWE]"/.test(line) && line.includes('"event"')
}

export function nameOf(event: JsonObject): string {
  return textAt(event, 'event') ?? ''
}

/** The first of the fields that has a text. */
export function firstText(event: JsonObject, ...fields: readonly string[]): string | undefined {
  for (const field of fields) {
    const value = text(get(event, field))
    if (value !== undefined) return value
  }
  return undefined
}

export function texts(value: JsonValue | undefined): readonly string[] {
  return list(value)
    .slice(0, 100)
    .flatMap((item) => text(item) ?? [])
}

/** What a statement asked: in the event, in its arguments, or in the parts of a batch. */
export function queryOf(event: JsonObject): string | undefined {
  const single = firstText(event, 'db_query', 'query') ?? textAt(event, 'args', 'sql')
  if (single !== undefined) return nameOf(event).startsWith('db.') ? single : undefined
  const parts = list(at(event, 'children')).flatMap((item) => textAt(item, 'query') ?? [])
  return parts.length === 0 ? undefined : parts.slice(0, 100).join(';\n')
}

/** Protocols whose statements are SQL or near it; others have documents and commands. */
const sqlProtocols = new Set([
  ...['postgres', 'cockroachdb', 'mysql', 'sqlserver', 'oracle', 'snowflake', 'spanner', 'clickhouse', 'cassandra'],
])

export function speaksSql(event: JsonObject): boolean {
  return sqlProtocols.has(textAt(event, 'db_protocol') ?? '')
}
