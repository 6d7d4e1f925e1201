/** Trace and span ids as the formats write them, brought to lower-case hex of fixed width. */

const hex = /^[0-9a-f]+$/
const zeros = /^0+$/
const base64 = /^[A-Za-z0-9+/_-]+={0,2}$/

export const TRACE_ID_DIGITS = 32
export const SPAN_ID_DIGITS = 16

/**
 * An id of OTLP/JSON: hex as the OTLP specification asks, or base64 as plain protobuf JSON writes bytes. Which one it
 * is shows in the length (32 or 22–24 characters for 16 bytes, 16 or 11–12 for 8). Anything else comes back in
 * lower case as it stands, for `idProblem` to judge.
 */
export function otlpId(value: string, digits: number): string {
  const lower = value.toLowerCase()
  if (value.length === digits && hex.test(lower)) return lower
  const bytes = digits / 2
  const unpadded = Math.ceil((bytes * 4) / 3)
  const plain = value.replace(/=+$/, '')
  if (plain.length !== unpadded || !base64.test(value)) return lower
  return Buffer.from(plain, 'base64').toString('hex')
}

/** An id of Jaeger or Zipkin: leading zeros may be missing, and a trace id may be 64 bits wide. */
export function paddedId(value: string, digits: number): string {
  return value.toLowerCase().padStart(digits, '0')
}

export function bytesId(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex')
}

/** Why `id` is no usable id of that many hex digits; undefined where it is one. `what` begins the sentence. */
export function idProblem(id: string, digits: number, what: string): string | undefined {
  if (id === '') return `${what} is missing.`
  if (id.length !== digits || !hex.test(id)) return `${what} is not ${digits} hex digits.`
  return zeros.test(id) ? `${what} is all zeros.` : undefined
}

/**
 * A request id as it is compared between a log and a trace: lower case, no dashes. In a UUID the 13th hex digit is
 * masked with `x`, since proxies write the trace decision into the version digit. Undefined for values that must
 * never join: empty, or nothing but zeros.
 */
export function normalizeRequestId(value: string): string | undefined {
  const plain = value.trim().toLowerCase().replaceAll('-', '')
  if (plain === '' || zeros.test(plain)) return undefined
  if (plain.length !== 32 || !hex.test(plain)) return plain
  return `${plain.slice(0, 12)}x${plain.slice(13)}`
}
