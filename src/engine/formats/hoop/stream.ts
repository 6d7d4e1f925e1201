import { get, type JsonObject, type JsonValue, list } from '../../../common/json'

const MAX_STATEMENTS = 100
const MAX_LENGTH = 64 * 1024

/**
 * Statements that a client of an interactive database session sent, out of the recorded stream: `[time, kind, Base64]`,
 * of kind `i` for input. Input is a statement as text, or messages of PostgreSQL's protocol.
 */
export function statementsIn(session: JsonObject): string | undefined {
  const found: string[] = []
  let length = 0
  for (const event of list(get(session, 'event_stream'))) {
    const statement = statementOf(event)
    if (statement === undefined) continue
    length += statement.length
    if (found.length >= MAX_STATEMENTS || length > MAX_LENGTH) break
    found.push(statement)
  }
  return found.length === 0 ? undefined : found.join('\n')
}

function statementOf(event: JsonValue): string | undefined {
  const [, kind, data] = list(event)
  if (kind !== 'i' || typeof data !== 'string' || data.length > MAX_LENGTH * 2) return undefined
  const bytes = Buffer.from(data, 'base64')
  const text = messageText(bytes) ?? bytes.toString('utf8')
  const statement = text.trim()
  return statement.length > 3 && isText(statement) ? statement : undefined
}

/** The statement of a message Query (`Q`) or Parse (`P`): a length that includes itself, then texts that end in zero. */
function messageText(bytes: Buffer): string | undefined {
  const kind = bytes[0]
  if (bytes.length < 6 || (kind !== 0x51 && kind !== 0x50)) return undefined
  const end = 1 + bytes.readUInt32BE(1)
  if (end > bytes.length || end < 6) return undefined
  const texts = bytes.subarray(5, end).toString('utf8').split('\0')
  return kind === 0x51 ? texts[0] : texts[1]
}

function isText(value: string): boolean {
  return !/[\p{Cc}\uFFFD]/u.test(value.replace(/[\t\r\n]/g, ' '))
}
