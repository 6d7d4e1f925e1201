import { type Instant, parseInstant } from '../../../common/time'

/** The instant that a field states as text (RFC 3339 and its relatives); a value of any other kind states none. */
export function instantOf(value: unknown, assumeOffsetMinutes: number): Instant | undefined {
  return typeof value === 'string' && value.length <= 64 ? parseInstant(value.trim(), assumeOffsetMinutes) : undefined
}

/** Microseconds between two instants; none where one is missing or the end comes before the start. */
export function durationUs(start: Instant | undefined, end: Instant | undefined): bigint | undefined {
  return start === undefined || end === undefined || end.us < start.us ? undefined : end.us - start.us
}

/** True where the time of an event is unknown, or was written without a zone. */
export function isTimeUncertain(instant: Instant | undefined): boolean {
  return instant === undefined || !instant.zoned
}
