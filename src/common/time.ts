/**
 * Times are integer microseconds since 1970-01-01T00:00:00Z, as bigint where they are stored and as number
 * on the wire. A text that names no valid instant gives undefined: never an invented or wrapped time.
 */
export type Precision = 's' | 'ms' | 'us'

export interface Instant {
  /** Microseconds since the epoch, UTC. */
  readonly us: bigint
  readonly precision: Precision
  /** False where the text had no zone. */
  readonly zoned: boolean
  /** The text had no zone, and a person had named the one that applies. */
  readonly answered?: true
  /** The clocks showed this local time twice; this is the earlier instant. */
  readonly ambiguous?: true
}

/** Says what a local time means that names no zone, or names one by an abbreviation. `localUs` counts as if it were UTC. */
export interface WallClock {
  local(localUs: bigint, text: string): WallInstant | undefined
  /** Undefined where the abbreviation may mean several zones and nobody said which. */
  abbreviated(localUs: bigint, abbreviation: string, text: string): WallInstant | undefined
}

export type WallInstant = Pick<Instant, 'us' | 'answered' | 'ambiguous'>

/** Takes a time without a zone as UTC and knows no abbreviation. */
export const utcClock: WallClock = { local: (us) => ({ us }), abbreviated: () => undefined }

/** For telling formats apart: a time is one, whatever its zone may be. */
export const anyClock: WallClock = { local: (us) => ({ us }), abbreviated: (us) => ({ us }) }

const rfc3339 =
  /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?\s?((?![AaPp][Mm]$)[A-Za-z]{1,6}|[+-]\d{2}(?::?\d{2})?)?$/

const daysInMonth = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** 0001-01-01 up to but not including 10000-01-01, in microseconds. */
const firstUs = -62_135_596_800_000_000n
const afterLastUs = 253_402_300_800_000_000n

/**
 * Parses RFC 3339 and its near relatives (space for T, comma for the point, missing seconds, `+0200`, `UTC`, `CET`).
 * A leap second 23:59:60 becomes the next second; 24:00:00 the next day; offsets reach ±18:00.
 * Digits finer than microseconds are cut, never rounded up. What lies outside the years 1 to 9999 in UTC is no instant.
 */
export function parseInstant(value: string, wallClock: WallClock = utcClock): Instant | undefined {
  return plainUtc(value) ?? parseAny(value, wallClock)
}

/** `2026-01-02T03:04:05Z`, with or without a fraction, as most logs write it; undefined for whatever is special. */
function plainUtc(value: string): Instant | undefined {
  const digits = value.length - fractionAt - 2
  if (value.length < fractionAt + 1 || digits > 9 || value.charCodeAt(value.length - 1) !== 0x5a) return undefined
  if (digits === 0 || (digits > 0 && value.charCodeAt(fractionAt) !== 0x2e)) return undefined
  if (value.charCodeAt(4) !== dash || value.charCodeAt(7) !== dash || value.charCodeAt(10) !== letterT) return undefined
  if (value.charCodeAt(13) !== colon || value.charCodeAt(16) !== colon) return undefined
  const year = number(value, 0, 4)
  const month = number(value, 5, 7)
  const day = number(value, 8, 10)
  const hour = number(value, 11, 13)
  const minute = number(value, 14, 16)
  const second = number(value, 17, 19)
  // Beyond these years microseconds may be more than a double holds; NaN is in no range.
  if (!(year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1)) return undefined
  if (day > 28 && day > (daysInMonth[month - 1] ?? 0)) return undefined
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return undefined
  let fraction = 0
  if (digits > 0) {
    fraction = number(value, fractionAt + 1, value.length - 1)
    if (Number.isNaN(fraction)) return undefined
    fraction = Math.floor(digits > 6 ? fraction / 10 ** (digits - 6) : fraction * 10 ** (6 - digits))
  }
  const us = BigInt(Date.UTC(year, month - 1, day, hour, minute, second) * 1000 + fraction)
  return { us, precision: digits <= 0 ? 's' : digits <= 3 ? 'ms' : 'us', zoned: true }
}

const fractionAt = 19
const [dash, colon, letterT] = [0x2d, 0x3a, 0x54]

/** The digits of a part of the text as a number; NaN where one is none. */
function number(text: string, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

function parseAny(value: string, wallClock: WallClock): Instant | undefined {
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
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  const localUs = BigInt(date.getTime()) * 1000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'))
  const found = resolve(localUs, zone, wallClock, value)
  if (found === undefined || found.us < firstUs || found.us >= afterLastUs) return undefined
  const precision = fraction === '' ? 's' : fraction.length <= 3 ? 'ms' : 'us'
  return { ...found, precision, zoned: zone !== undefined }
}

const utcNames: ReadonlySet<string> = new Set(['Z', 'z', 'UTC', 'GMT'])

function resolve(
  localUs: bigint,
  zone: string | undefined,
  wallClock: WallClock,
  text: string,
): WallInstant | undefined {
  if (zone === undefined) return wallClock.local(localUs, text)
  if (utcNames.has(zone)) return { us: localUs }
  if (/^[A-Za-z]/.test(zone)) return wallClock.abbreviated(localUs, zone.toUpperCase(), text)
  const offset = offsetMinutes(zone)
  return offset === undefined ? undefined : { us: localUs - BigInt(offset) * 60_000_000n }
}

function offsetMinutes(zone: string): number | undefined {
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
