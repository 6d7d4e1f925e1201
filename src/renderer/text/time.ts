import { formatInstant, type Precision, parseInstant } from '../../common/time'
import { offsetMs, type TimeZone, zoneName } from './zoneOffset'

const pad = (value: number, width = 2) => String(value).padStart(width, '0')

/**
 * `UTC`, or the offset at that instant as `UTC+02:00`: a time is never shown without one of them near it. Without an
 * instant, the name of the zone, since its offset may differ over the times beneath.
 */
export function zoneLabel(zone: TimeZone, atUs?: number): string {
  if (zone === 'utc') return 'UTC'
  if (atUs === undefined || !Number.isFinite(atUs)) return zoneName(zone) ?? localZoneName()
  const seconds = Math.round(offsetMs(atUs / 1000, zone) / 1000)
  const sign = seconds < 0 ? '−' : '+'
  const rest = Math.abs(seconds)
  const short = `UTC${sign}${pad(Math.floor(rest / 3_600))}:${pad(Math.floor(rest / 60) % 60)}`
  return rest % 60 === 0 ? short : `${short}:${pad(rest % 60)}`
}

/** What this machine calls its zone, as `Europe/Berlin`. */
export function localZoneName(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** `2026-01-02 03:04:05.678901` in the zone, 24 hours, with as many digits as `precision` has. No zone: label it. */
export function formatTime(timeUs: number | bigint, zone: TimeZone, precision: Precision = 'us'): string {
  const us = typeof timeUs === 'bigint' ? timeUs : BigInt(Math.trunc(timeUs))
  return formatInstant(us + BigInt(offsetUs(us, zone)), precision)
    .replace('T', ' ')
    .replace('Z', '')
}

/** Date and time to the second, for spans and headers. */
export function formatShortTime(timeUs: number | bigint, zone: TimeZone): string {
  return formatTime(timeUs, zone, 's')
}

function offsetUs(us: bigint, zone: TimeZone): number {
  return zone === 'utc' ? 0 : Math.round(offsetMs(Number(us / 1000n), zone) * 1_000)
}

/** Time text as rows carry it (RFC 3339, UTC) shown in the zone; text that is no time is shown as it is. */
export function formatRowTime(text: string, zone: TimeZone): string {
  const instant = parseInstant(text)
  if (instant === undefined) return text
  const digits = /[.,](\d+)/.exec(text)?.[1]?.length ?? 0
  return formatTime(instant.us, zone, digits === 0 ? 's' : digits <= 3 ? 'ms' : 'us')
}

/** `412 µs`, `1.25 ms`, `3.4 s`, `2 min 05 s`, `3 h 07 min`, `2 d 4 h`. */
export function formatDurationUs(durationUs: number): string {
  const value = Math.abs(durationUs)
  const sign = durationUs < 0 ? '−' : ''
  if (value < 1_000) return `${sign}${trim(value)} µs`
  if (value < 1_000_000) return `${sign}${trim(value / 1_000)} ms`
  const seconds = value / 1_000_000
  if (seconds < 60) return `${sign}${trim(seconds)} s`
  const whole = Math.floor(seconds)
  if (whole < 3_600) return `${sign}${Math.floor(whole / 60)} min ${pad(whole % 60)} s`
  if (whole < 86_400) return `${sign}${Math.floor(whole / 3_600)} h ${pad(Math.floor((whole % 3_600) / 60))} min`
  return `${sign}${Math.floor(whole / 86_400)} d ${Math.floor((whole % 86_400) / 3_600)} h`
}

function trim(value: number): string {
  const text = value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text
}
