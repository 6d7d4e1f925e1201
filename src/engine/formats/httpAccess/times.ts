/** Times and lengths of time as access logs write them; digits are never sent through a floating number. */
import { type Instant, type Precision, parseInstant, type WallClock } from '../../../common/time'

export type LogInstant = Instant

const months: ReadonlyMap<string, string> = new Map(
  ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'].map((name, index) => [
    name,
    String(index + 1).padStart(2, '0'),
  ]),
)

const common =
  /^(\d{1,2})\/([A-Z][a-z]{2})\/(\d{4}):(\d\d:\d\d:\d\d)(?:[.,:](\d{1,9}))?(?: ?([A-Za-z]{1,6}|[+-]\d\d:?\d\d))?$/

/** `10/Oct/2025:13:55:36 +0200` of the common log format, or RFC 3339 and its near relatives. */
export function logInstant(value: string, wallClock: WallClock): LogInstant | undefined {
  const match = common.exec(value)
  if (match === null) return parseInstant(value, wallClock)
  const [, day = '', name = '', year, clock, fraction, zone = ''] = match
  const month = months.get(name)
  if (month === undefined) return undefined
  const digits = fraction === undefined ? '' : `.${fraction}`
  return parseInstant(`${year}-${month}-${day.padStart(2, '0')}T${clock}${digits}${zone}`, wallClock)
}

/** Years 2001 to 2286 in each unit have a number of digits of their own. */
const epochUnits: ReadonlyMap<number, readonly [Precision, number]> = new Map([
  [10, ['s', 6]],
  [13, ['ms', 3]],
  [16, ['us', 0]],
  [19, ['us', -3]],
])

/** Time since 1970 in seconds (with or without a fraction), milliseconds, microseconds or nanoseconds. */
export function epochInstant(value: string): LogInstant | undefined {
  const match = /^(\d{10,19})(?:\.(\d{1,12}))?$/.exec(value)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  const unit = epochUnits.get(whole.length)
  if (unit === undefined) return undefined
  const [precision, shift] = unit
  if (shift < 0) return { us: BigInt(whole.slice(0, shift)), precision, zoned: true }
  const us = BigInt(whole + fraction.slice(0, shift).padEnd(shift, '0'))
  if (shift !== 6 || fraction === '') return { us, precision: fraction === '' ? precision : 'us', zoned: true }
  return { us, precision: fraction.length <= 3 ? 'ms' : 'us', zoned: true }
}

export type DurationUnit = 's' | 'ms' | 'us' | 'ns'

const zerosToMicroseconds: Readonly<Record<DurationUnit, number>> = { s: 6, ms: 3, us: 0, ns: -3 }

/** A length of time in microseconds; what is finer is cut. Negative and other texts (`-`, `-1`) give undefined. */
export function durationUs(value: string | undefined, unit: DurationUnit): bigint | undefined {
  const match = /^(\d{1,15})(?:\.(\d{1,12}))?(?:e(-\d{1,2}))?$/i.exec(value ?? '')
  if (match === null) return undefined
  const [, whole = '', fraction = '', exponent = '0'] = match
  const shift = zerosToMicroseconds[unit] + Number(exponent)
  if (shift < 0) {
    const kept = whole.slice(0, shift)
    return BigInt(kept === '' ? '0' : kept)
  }
  return BigInt(whole + fraction.slice(0, shift).padEnd(shift, '0'))
}
