/** Reads the time of a record as a mapping says. What names no valid instant gives the reason, never a time. */
import { anyClock, type Precision, parseInstant, utcClock, type WallClock } from '../../../common/time'
import { timeFormats } from '../../../contract/mappingFile'
import type { Flag } from '../../db/rows'
import { parseZone, type Zone } from '../../zone/zone'
import { clockFlags } from '../shared/eventTime'
import { type EpochTime, type EpochUnit, epochUnitOf, parseEpoch } from './epoch'
import { compilePattern, type TimePattern } from './strptime'

export interface MappedTime {
  readonly us: bigint
  readonly precision: Precision
  /** What is doubtful about it. */
  readonly flags: readonly Flag[]
}

export type TimeReader = (text: string, wallClock: WallClock) => MappedTime | { readonly problem: string }

/** 0001-01-01 up to but not including 10000-01-01, in microseconds. */
const firstUs = -62_135_596_800_000_000n
const afterLastUs = 253_402_300_800_000_000n

const epochUnits: Readonly<Record<string, EpochUnit>> = { epoch_s: 's', epoch_ms: 'ms', epoch_us: 'us', epoch_ns: 'ns' }

export function compileTime(format: string, zoneText: string | undefined): TimeReader | { readonly problem: string } {
  let zone: Zone | undefined
  if (zoneText !== undefined) {
    const parsed = parseZone(zoneText)
    if ('problem' in parsed) return parsed
    zone = parsed
  }
  const finish = (text: string, found: string | EpochTime | undefined, wallClock: WallClock) => {
    if (found === undefined) return refuse(text, format)
    if (typeof found !== 'string') return inRange(text, { ...found, flags: [] })
    return zoned(text, found, zone, wallClock, format)
  }
  const unit = Object.hasOwn(epochUnits, format) ? epochUnits[format] : undefined
  if (unit !== undefined) return (text) => finish(text, parseEpoch(text, unit), utcClock)
  if (format === 'rfc3339') return (text, assume) => finish(text, text, assume)
  if (format === 'auto') return (text, assume) => finish(text, byLooks(text), assume)
  if (!format.includes('%'))
    return {
      problem: `“${format}” is no time format: ${timeFormats.join(', ')}, or a pattern such as %d.%m.%Y %H:%M:%S`,
    }
  const pattern = compilePattern(format)
  if ('problem' in pattern) return pattern
  return (text, assume) => finish(text, pattern.parse(text), assume)
}

/** Patterns that can be read in one way only: the year first, or the month by its name. */
export const plainPatterns = [
  '%Y/%m/%d %H:%M:%S',
  '%Y/%m/%d %H:%M:%S.%f',
  '%d/%b/%Y:%H:%M:%S %z',
  '%a, %d %b %Y %H:%M:%S %Z',
  '%a, %d %b %Y %H:%M:%S %z',
  '%a %b %e %H:%M:%S %Y',
  '%d %b %Y %H:%M:%S',
  '%d-%b-%Y %H:%M:%S',
  '%b %d, %Y %I:%M:%S %p',
  '%b %d, %Y %H:%M:%S',
  '%b %d %Y %H:%M:%S',
  '%Y%m%dT%H%M%S%z',
  '%Y%m%dT%H%M%S',
] as const

const plain: readonly TimePattern[] = plainPatterns.flatMap((text) => {
  const pattern = compilePattern(text)
  return 'problem' in pattern ? [] : [pattern]
})

function byLooks(text: string): string | EpochTime | undefined {
  const unit = epochUnitOf(text)
  if (unit !== undefined) return parseEpoch(text, unit)
  if (/^\d{4}-\d{2}-\d{2}/.test(text)) return text
  for (const pattern of plain) {
    const found = pattern.parse(text)
    if (found !== undefined) return found
  }
  return undefined
}

function zoned(
  source: string,
  text: string,
  zone: Zone | undefined,
  wallClock: WallClock,
  format: string,
): MappedTime | { readonly problem: string } {
  const instant = parseInstant(text, zone === undefined ? wallClock : inZone(zone, wallClock))
  if (instant !== undefined) {
    // The mapping's zone is part of what the source is, so that only a time in a fold is doubtful.
    const stated = zone !== undefined && !instant.zoned ? { ...instant, zoned: true } : instant
    return { us: instant.us, precision: instant.precision, flags: clockFlags(stated) }
  }
  const local = parseInstant(text, anyClock)
  if (local === undefined) return outside(text, source) ?? refuse(source, format)
  return local.zoned
    ? { problem: `the zone in “${shorten(source)}” may mean several: name it on import` }
    : { problem: `the time “${shorten(source)}” does not exist in the zone: the clocks went forward` }
}

function inZone(zone: Zone, wallClock: WallClock): WallClock {
  return {
    local(us) {
      const found = zone.toUtc(us)
      return found === undefined ? undefined : found.ambiguous ? { us: found.us, ambiguous: true } : { us: found.us }
    },
    abbreviated: (us, name, text) => wallClock.abbreviated(us, name, text),
  }
}

/** A time that would be one but for its offset, which moves it out of the years that there are. */
function outside(text: string, source: string): { readonly problem: string } | undefined {
  const offset = /[+-](?:0\d|1[0-7]):?[0-5]\d$|[+-]18:?00$/
  return !offset.test(text) || parseInstant(text.replace(offset, ''), anyClock) === undefined
    ? undefined
    : { problem: `the time “${shorten(source)}” is outside the years 1 to 9999` }
}

function inRange(text: string, time: MappedTime): MappedTime | { readonly problem: string } {
  if (time.us >= firstUs && time.us < afterLastUs) return time
  return { problem: `the time “${shorten(text)}” is outside the years 1 to 9999` }
}

function refuse(text: string, format: string): { readonly problem: string } {
  const digits = format === 'auto' && /^\d+(?:\.\d+)?$/.test(text)
  const hint = digits ? '; say its unit with epoch_s, epoch_ms, epoch_us or epoch_ns, or give a pattern' : ''
  return { problem: `“${shorten(text)}” is no time in the format ${format}${hint}` }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
