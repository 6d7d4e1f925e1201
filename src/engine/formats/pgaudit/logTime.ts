import { type Instant, parseInstant, type WallClock } from '../../../common/time'

const shape = /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?) ?([A-Za-z]{1,6}|[+-]\d\d(?::?\d\d)?)?$/

/**
 * Time as `log_time`, `%t` and `%m` have it: `2026-01-02 03:04:05.678 CET`. What an abbreviation means, and the zone of
 * a time without one, the import's clock says.
 */
export function parseLogTime(text: string, wallClock: WallClock): Instant | undefined {
  return shape.test(text) ? parseInstant(text, wallClock) : undefined
}

/** `%n`: seconds since the epoch with milliseconds, `1767323045.678`. */
export function parseEpochTime(text: string): Instant | undefined {
  const match = /^(\d{9,11})(?:\.(\d{1,6}))?$/.exec(text)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  const us = BigInt(match[1] ?? '0') * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  const precision = fraction === '' ? 's' : fraction.length <= 3 ? 'ms' : 'us'
  return { us, precision, zoned: true }
}

/** Where a time that begins at `start` ends (exclusive), zone included; -1 where there is none. */
export function endOfTime(text: string, start: number): number {
  const match =
    /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?[A-Z]{1,6}(?![a-z])| ?[+-]\d\d(?::?\d\d)?(?!\d))?/.exec(
      text.slice(start, start + 48),
    )
  return match === null ? -1 : start + match[0].length
}
