/** How far a zone's wall clock is from UTC at an instant. Rows are formatted by thousands, so answers are kept. */

/** UTC, this machine's zone, or one of the tz database by its name. */
export type TimeZone = 'utc' | 'local' | `zone:${string}`

const QUARTER_MS = 900_000
const MAX_KEPT = 20_000

interface Rules {
  readonly format: Intl.DateTimeFormat
  readonly kept: Map<number, number>
}

const rules = new Map<string, Rules | null>()

/** The name of the tz database, or null for UTC and this machine's own zone. */
export function zoneName(zone: TimeZone): string | null {
  return zone === 'utc' || zone === 'local' ? null : zone.slice('zone:'.length)
}

/** Whether this engine knows a zone by that name. */
export function isKnownZone(name: string): boolean {
  return rulesOf(name) !== null
}

export function offsetMs(atMs: number, zone: TimeZone): number {
  if (zone === 'utc' || !Number.isFinite(atMs)) return 0
  if (zone === 'local') return -new Date(atMs).getTimezoneOffset() * 60_000
  const found = rulesOf(zone.slice('zone:'.length))
  if (found === null) return 0
  // Clocks are changed on quarters of an hour.
  const quarter = Math.floor(atMs / QUARTER_MS)
  const known = found.kept.get(quarter)
  if (known !== undefined) return known
  if (found.kept.size >= MAX_KEPT) found.kept.clear()
  const offset = readOffset(found.format, quarter * QUARTER_MS)
  found.kept.set(quarter, offset)
  return offset
}

function rulesOf(name: string): Rules | null {
  const known = rules.get(name)
  if (known !== undefined) return known
  let made: Rules | null
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    made = { format, kept: new Map() }
  } catch {
    made = null
  }
  rules.set(name, made)
  return made
}

function readOffset(format: Intl.DateTimeFormat, atMs: number): number {
  const date = new Date(atMs)
  if (Number.isNaN(date.getTime())) return 0
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.get(type))
  const year = parts.get('era') === 'BC' ? 1 - part('year') : part('year')
  const wall = new Date(0)
  wall.setUTCFullYear(year, part('month') - 1, part('day'))
  wall.setUTCHours(part('hour'), part('minute'), part('second'))
  return wall.getTime() - atMs
}
