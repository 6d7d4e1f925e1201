import { at, get, isObject, type JsonObject, text, textAt } from '../../../common/json'

/** How a client used a connection: one command, or an interactive session. */
const verbs = new Set(['exec', 'connect'])

/** Fields that answers of the gateway have beside a verb, a connection and a start. */
const companions = ['org_id', 'user_id', 'user', 'user_email', 'event_size', 'review', 'script', 'event_stream']

export function isSession(value: unknown): value is JsonObject {
  return isObject(value) && scoreSession(value) > 0
}

/** 0 to 1 for a value that may be a session itself. */
export function scoreSession(value: unknown): number {
  if (!verbs.has(textAt(value, 'verb') ?? '')) return 0
  if (connectionOf(value) === undefined || typeof get(value, 'start_date') !== 'string') return 0
  const known = companions.filter((key) => get(value, key) !== undefined).length
  if (known === 0) return 0
  return textAt(value, 'status') !== undefined && known >= 2 ? 0.95 : 0.7
}

/** Asked for every text in an envelope. */
export function looksLikeSession(line: string): boolean {
  return /"verb"\s*:\s*"(?:exec|connect)"/.test(line) && line.includes('"start_date"') && line.includes('"connection"')
}

export function connectionOf(session: unknown): string | undefined {
  return textAt(session, 'connection') ?? textAt(session, 'role_name') ?? textAt(session, 'connection_name')
}

/** What the client sent: the script of a command, else what was put up for review. */
export function scriptOf(session: JsonObject): string | undefined {
  return (
    textAt(session, 'script', 'data') ??
    text(get(session, 'script')) ??
    textAt(session, 'input') ??
    textAt(session, 'review', 'input')
  )
}

/** Subtypes of connections whose statements are SQL. */
const sqlSubtypes = new Set([
  ...['postgres', 'mysql', 'mssql', 'oracledb', 'snowflake', 'bigquery', 'cloud-sql', 'cassandra', 'athena'],
])

/** A database whose kind is not told is taken for one that speaks SQL; most are. */
export function speaksSql(session: JsonObject): boolean {
  const subtype = textAt(session, 'connection_subtype')
  return subtype === undefined ? isDatabase(session) : sqlSubtypes.has(subtype)
}

export function isDatabase(session: JsonObject): boolean {
  return textAt(session, 'type') === 'database'
}

/** The entries of a map of the session's, such as its labels. */
export function entriesOf(session: JsonObject, field: string): readonly (readonly [string, unknown])[] {
  const map = at(session, field)
  return isObject(map) ? Object.entries(map).slice(0, 200) : []
}
