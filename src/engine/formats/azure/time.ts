import { type Instant, parseInstant, utcClock, type WallClock } from '../../../common/time'

/**
 * `8/22/2022 6:11:52 PM`, `1/24/2022, 5:10:08.681 AM`: times as services and the query portal print them. The space
 * before the half of the day may be a narrow one.
 */
const american =
  /^(\d{1,2})\/(\d{1,2})\/(\d{4})(,?)\s+(\d{1,2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s?(AM|PM|am|pm)(?:\s?(?:Z|UTC))?$/

/** `/Date(1641796445123)/`, as older shells serialise a time. */
const dateCall = /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/

const shortHour = /^(\d{4}-\d{2}-\d{2}[T ])(\d:)/

export interface TimeHints {
  /** For a time without a zone; these exports are in UTC unless they say otherwise. */
  readonly wallClock?: WallClock
  /** The writer is known to put the month first, so `5/1/2026` is the first of May. */
  readonly monthFirst?: boolean
}

/**
 * An instant from any of the spellings. `5/1/2026` without a known order of day and month gives none, unless one of the
 * two cannot be a month or both are equal: a guess would move the event by months.
 */
export function azureInstant(value: string | undefined, hints: TimeHints = {}): Instant | undefined {
  if (value === undefined || value.length > 64) return undefined
  const written = value.trim()
  const wallClock = hints.wallClock ?? utcClock
  const call = dateCall.exec(written)
  if (call?.[1] !== undefined) return { us: BigInt(call[1]) * 1000n, precision: 'ms', zoned: true }
  const match = american.exec(written)
  if (match === null)
    return parseInstant(
      written.replace(shortHour, (_, day: string, hour: string) => `${day}0${hour}`),
      wallClock,
    )
  const [, first = '', second = '', year = '', comma, hour = '', minute = '', sec = '', fraction, half = ''] = match
  // Of the locales that print a comma, those with the half of the day in capitals put the month first.
  const monthFirst = hints.monthFirst === true || (comma === ',' && half === half.toUpperCase())
  const order = dayOrder(Number(first), Number(second), monthFirst)
  if (order === undefined || Number(hour) < 1 || Number(hour) > 12) return undefined
  const hours = (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0)
  const rest = `${pad(hours)}:${minute}:${sec}${fraction === undefined ? '' : `.${fraction}`}`
  return parseInstant(`${year}-${pad(order.month)}-${pad(order.day)}T${rest}`, wallClock)
}

function dayOrder(
  first: number,
  second: number,
  monthFirst: boolean,
): { readonly month: number; readonly day: number } | undefined {
  if (monthFirst || second > 12 || first === second) return { month: first, day: second }
  return first > 12 ? { month: second, day: first } : undefined
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
