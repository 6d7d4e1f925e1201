import { get, isObject, type JsonObject, type JsonValue, text } from '../../../common/json'
import { envelopes } from '../shared/envelopes'
import type { InnerRecord, JsonLayout } from '../types'
import { scoreEntry } from './entry'

/** Answers of the logging interface, and what a pull from a subscription gives; lines and arrays need no layout. */
export const layouts: readonly JsonLayout[] = [
  { id: 'entries', records: ['entries', '*'], context: [] },
  { id: 'received-messages', records: ['receivedMessages', '*'], context: [] },
]

const shipped = envelopes({
  isRecord: (value): value is JsonObject => scoreEntry(value) > 0,
  looksLikeRecord: looksLikeEntry,
  lists: [['entries']],
})

/** Text of a sink's message is no larger than an entry: 256 KiB, and four thirds of it in Base64. */
const MAX_BASE64 = 2 ** 20

/** The entries inside one value, or undefined where the value is an entry itself or holds none. */
export function unwrap(value: JsonValue): readonly InnerRecord[] | undefined {
  if (!isObject(value) || scoreEntry(value) > 0) return undefined
  const published = publishedText(get(value, 'message')) ?? publishedText(value)
  if (published !== undefined) return [{ text: published }]
  return shipped.unwrap(value)
}

export function score(value: JsonValue): number {
  const own = scoreEntry(value)
  if (own > 0 || !isObject(value)) return own
  return publishedText(get(value, 'message')) === undefined && publishedText(value) === undefined
    ? shipped.score(value, scoreEntry)
    : 0.95
}

/**
 * A message of Pub/Sub carries an entry in Base64 beside an id or attributes. `eyJ` is how `{"` begins in Base64; the
 * decoded text must look like an entry, since other systems publish such messages too.
 */
function publishedText(message: unknown): string | undefined {
  const data = text(get(message, 'data'))
  if (data === undefined || data.length > MAX_BASE64 || !/^(?:eyJ|ewo|eyA)/.test(data)) return undefined
  const sent = ['messageId', 'message_id', 'publishTime', 'publish_time', 'attributes'] as const
  if (!sent.some((key) => get(message, key) !== undefined)) return undefined
  const decoded = Buffer.from(data, 'base64').toString('utf8')
  return looksLikeEntry(decoded) ? decoded : undefined
}

function looksLikeEntry(line: string): boolean {
  return (
    line.includes('google.cloud.audit.AuditLog') ||
    line.includes('google.cloud.audit.TransparencyLog') ||
    (line.includes('"protoPayload"') && line.includes('"methodName"'))
  )
}
