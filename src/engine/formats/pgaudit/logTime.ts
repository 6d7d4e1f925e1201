import { type Precision, parseInstant } from '../../../common/time'

interface LogTime {
  readonly us: bigint
  readonly precision: Precision
  /** The zone's abbreviation is shared by several zones, so that the instant may be hours off. */
  readonly zoneUncertain: boolean
}

/**
 * Minutes east of UTC by abbreviation, as the server prints it for `log_timezone`: those of PostgreSQL's own default
 * set (timezonesets/Default) that name one offset only. Shared ones (IST, CST, BST, …) are left out on purpose.
 */
const zones: ReadonlyMap<string, number> = new Map([
  ...(['UTC', 'GMT', 'Z', 'UCT', 'WET'] as const).map((name) => [name, 0] as const),
  ...(['CET', 'MEZ', 'WEST', 'WAT'] as const).map((name) => [name, 60] as const),
  ...(['CEST', 'MESZ', 'EET', 'SAST', 'CAT'] as const).map((name) => [name, 120] as const),
  ...(['EEST', 'MSK', 'EAT', 'TRT'] as const).map((name) => [name, 180] as const),
  ...(['MSD', 'SAMT', 'AZT'] as const).map((name) => [name, 240] as const),
  ...(['PKT', 'YEKT', 'UZT'] as const).map((name) => [name, 300] as const),
  ['NPT', 345],
  ['OMST', 360],
  ...(['WIB', 'KRAT', 'NOVT'] as const).map((name) => [name, 420] as const),
  ...(['HKT', 'SGT', 'AWST', 'IRKT', 'WITA', 'PHT'] as const).map((name) => [name, 480] as const),
  ...(['JST', 'KST', 'YAKT', 'WIT'] as const).map((name) => [name, 540] as const),
  ['ACST', 570],
  ...(['AEST', 'VLAT'] as const).map((name) => [name, 600] as const),
  ['ACDT', 630],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
  ['BRT', -180],
  ['ART', -180],
  ['NST', -210],
  ['NDT', -150],
  ['ADT', -180],
  ...(['EDT', 'CLT'] as const).map((name) => [name, -240] as const),
  ...(['EST', 'CDT', 'PET', 'COT'] as const).map((name) => [name, -300] as const),
  ['MDT', -360],
  ...(['PDT'] as const).map((name) => [name, -420] as const),
  ...(['PST', 'AKDT'] as const).map((name) => [name, -480] as const),
  ['AKST', -540],
  ['HST', -600],
])

const shape = /^(\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?) ?([A-Za-z]{1,6}|[+-]\d\d(?::?\d\d)?)?$/

/**
 * Time as `log_time`, `%t` and `%m` have it: `2026-01-02 03:04:05.678 CET`. An abbreviation that is shared or unknown,
 * and a time without a zone, are read with `assumeOffsetMinutes`.
 */
export function parseLogTime(text: string, assumeOffsetMinutes: number): LogTime | undefined {
  const match = shape.exec(text)
  if (match === null) return undefined
  const [, stamp = '', zone] = match
  const lettered = zone !== undefined && /^[A-Za-z]/.test(zone)
  const offset = lettered ? zones.get(zone.toUpperCase()) : undefined
  const instant =
    zone !== undefined && !lettered
      ? parseInstant(`${stamp}${zone}`)
      : parseInstant(stamp, offset ?? assumeOffsetMinutes)
  if (instant === undefined) return undefined
  return { us: instant.us, precision: instant.precision, zoneUncertain: lettered && offset === undefined }
}

/** `%n`: seconds since the epoch with milliseconds, `1767323045.678`. */
export function parseEpochTime(text: string): LogTime | undefined {
  const match = /^(\d{9,11})(?:\.(\d{1,6}))?$/.exec(text)
  if (match === null) return undefined
  const fraction = match[2] ?? ''
  const us = BigInt(match[1] ?? '0') * 1_000_000n + BigInt(fraction.padEnd(6, '0'))
  const precision = fraction === '' ? 's' : fraction.length <= 3 ? 'ms' : 'us'
  return { us, precision, zoneUncertain: false }
}

/** Where a time that begins at `start` ends (exclusive), zone included; -1 where there is none. */
export function endOfTime(text: string, start: number): number {
  const match =
    /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:[.,]\d{1,6})?(?: ?[A-Z]{1,6}(?![a-z])| ?[+-]\d\d(?::?\d\d)?(?!\d))?/.exec(
      text.slice(start, start + 48),
    )
  return match === null ? -1 : start + match[0].length
}
