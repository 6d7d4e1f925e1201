/**
 * Times are integer microseconds since 1970-01-01T00:00:00Z, as bigint where they are stored and as number
 * on the wire. A text that names no valid instant gives undefined: never an invented or wrapped time.
 */
export type Precision = 's' | 'ms' | 'us'

export interface Instant {
  /** Microseconds since the epoch, UTC. */
  readonly us: bigint
  readonly precision: Precision
  /** False where the text had no zone and `assumeOffsetMinutes` was used. */
  readonly zoned: boolean
}

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s?(Z|z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?$/

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Parses RFC 3339 and its near relatives (space for T, comma for the point, missing seconds, `+0200`, `UTC`).
 * A leap second 23:59:60 becomes the next second; 24:00:00 the next day; offsets reach ±18:00.
 * Digits finer than microseconds are cut, never rounded up. Without a zone, UTC plus `assumeOffsetMinutes` is assumed.
 */
export function parseInstant(value: string, assumeOffsetMinutes = 0): Instant | undefined {
  const match = rfc3339.exec(value)
  if (match === null) return undefined
  const [, y, mo, d, h = '00', mi = '00', s = '00', fraction = '', zone] = match
  const year = Number(y)
  const month = Number(mo)
  const day = Number(d)
  const hour = Number(h)
  const minute = Number(mi)
  const second = Number(s)
  if (year < 1 || month < 1 || month > 12 || day < 1) return undefined
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  if (day > (daysInMonth[month - 1] ?? 0) + leap) return undefined
  if (hour > 24 || minute > 59 || second > 60) return undefined
  if (hour === 24 && (minute !== 0 || second !== 0 || Number(fraction) > 0)) return undefined
  if (second === 60 && minute !== 59) return undefined
  const offset = zone === undefined ? assumeOffsetMinutes : offsetMinutes(zone)
  if (offset === undefined) return undefined
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute - offset, second)
  const micros = BigInt(fraction.slice(0, 6).padEnd(6, '0'))
  return {
    us: BigInt(date.getTime()) * 1000n + micros,
    precision: fraction === '' ? 's' : fraction.length <= 3 ? 'ms' : 'us',
    zoned: zone !== undefined,
  }
}

function offsetMinutes(zone: string): number | undefined {
  if (!/^[+-]/.test(zone)) return 0
  const hours = Number(zone.slice(1, 3))
  const minutes = zone.length > 3 ? Number(zone.slice(-2)) : 0
  if (hours > 18 || minutes > 59 || (hours === 18 && minutes > 0)) return undefined
  return (zone[0] === '-' ? -1 : 1) * (hours * 60 + minutes)
}

/** RFC 3339 text in UTC with as many digits as the source's precision has. */
export function formatInstant(us: bigint | number, precision: Precision = 'us'): string {
  const value = typeof us === 'bigint' ? us : BigInt(Math.trunc(us))
  let ms = value / 1000n
  let rest = value % 1000n
  if (rest < 0n) {
    rest += 1000n
    ms -= 1n
  }
  const date = new Date(Number(ms))
  if (Number.isNaN(date.getTime())) return `${value}us`
  const iso = date.toISOString()
  if (precision === 's') return `${iso.slice(0, -5)}Z`
  if (precision === 'ms') return iso
  return `${iso.slice(0, -1)}${rest.toString().padStart(3, '0')}Z`
}

/** RFC 3339 with no more digits than the value needs: whole seconds without a fraction. */
export function formatShortest(us: bigint | number): string {
  const value = typeof us === 'bigint' ? us : BigInt(Math.trunc(us))
  return formatInstant(value, value % 1_000_000n === 0n ? 's' : value % 1000n === 0n ? 'ms' : 'us')
}
