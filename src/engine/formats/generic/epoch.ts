/** Seconds, milliseconds, microseconds or nanoseconds since 1970, as digits: exact, without a double in between. */
import type { Precision } from '../../../common/time'

export type EpochUnit = 's' | 'ms' | 'us' | 'ns'

/** Digits after the point of one second that the unit stands for. */
const digitsOf: Readonly<Record<EpochUnit, number>> = { s: 0, ms: 3, us: 6, ns: 9 }
const number = /^([+-]?)(\d{1,20})(?:[.,](\d{1,12}))?$/

export interface EpochTime {
  readonly us: bigint
  readonly precision: Precision
}

/** Undefined where the text is no number. Digits finer than microseconds are cut, towards the past. */
export function parseEpoch(text: string, unit: EpochUnit): EpochTime | undefined {
  const match = number.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = ''] = match
  const shift = digitsOf[unit]
  // In units of 10⁻²¹ seconds: whole digits, the unit's own digits, and up to 12 behind the point.
  const scaled = BigInt(`${whole}${fraction.padEnd(12, '0')}`) * 10n ** BigInt(9 - shift)
  const signed = sign === '-' ? -scaled : scaled
  const step = 10n ** 15n
  const us = signed / step - (signed < 0n && signed % step !== 0n ? 1n : 0n)
  const digits = shift + fraction.length
  return { us, precision: digits === 0 ? 's' : digits <= 3 ? 'ms' : 'us' }
}

/**
 * The unit that a bare number of seconds and so on since 1970 must have by its size, from 1973 to 2286; undefined where
 * it is not plain, also where the digits may be a calendar date (`20240115103000`).
 */
export function epochUnitOf(text: string): EpochUnit | undefined {
  const match = /^(\d{8,20})(?:[.,]\d{1,12})?$/.exec(text)
  const digits = match?.[1]
  if (digits === undefined || looksLikeCalendar(digits)) return undefined
  switch (digits.length) {
    case 9:
    case 10:
      return 's'
    case 12:
    case 13:
      return 'ms'
    case 15:
    case 16:
      return 'us'
    case 18:
    case 19:
      return 'ns'
    default:
      return undefined
  }
}

/** YYYYMMDD, alone or followed by hours, minutes and seconds. */
function looksLikeCalendar(digits: string): boolean {
  const month = Number(digits.slice(4, 6))
  const day = Number(digits.slice(6, 8))
  const calendar = /^(?:19|20)/.test(digits) && month >= 1 && month <= 12 && day >= 1 && day <= 31
  return calendar && (digits.length === 8 || digits.length === 12 || digits.length === 14)
}
