/** Reads the time of a record as a mapping says. What names no valid instant gives the reason, never a time. */
import { type Precision, parseInstant } from '../../../common/time'
import { timeFormats } from '../../../contract/mappingFile'
import { type EpochTime, type EpochUnit, epochUnitOf, parseEpoch } from './epoch'
import { compilePattern, type TimePattern } from './strptime'
import { parseZone, toUtc, type Zone } from './zone'

export interface MappedTime {
  readonly us: bigint
  readonly precision: Precision
  /** The time named no zone, and neither did the mapping: the import's zone, or UTC, was assumed. */
  readonly assumed: boolean
}

export type TimeReader = (text: string, assumeOffsetMinutes: number) => MappedTime | { readonly problem: string }

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
  const finish = (text: string, found: string | EpochTime | undefined, assumeOffsetMinutes: number) => {
    if (found === undefined) return refuse(text, format)
    if (typeof found !== 'string') return inRange(text, { ...found, assumed: false })
    return zoned(text, found, zone, assumeOffsetMinutes, format)
  }
  const unit = Object.hasOwn(epochUnits, format) ? epochUnits[format] : undefined
  if (unit !== undefined) return (text) => finish(text, parseEpoch(text, unit), 0)
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
  assumeOffsetMinutes: number,
  format: string,
): MappedTime | { readonly problem: string } {
  const instant = parseInstant(text, 0)
  if (instant === undefined) return refuse(source, format)
  const { us, precision } = instant
  if (instant.zoned) return inRange(source, { us, precision, assumed: false })
  if (zone === undefined)
    return inRange(source, { us: us - BigInt(assumeOffsetMinutes) * 60_000_000n, precision, assumed: true })
  const utc = toUtc(us, zone)
  if (typeof utc !== 'bigint') return { problem: `the time “${shorten(source)}” ${utc.problem}` }
  return inRange(source, { us: utc, precision, assumed: false })
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
