import type { Instant } from '../../../common/time'

/** Microseconds between two instants; none where one is missing or the end comes before the start. */
export function durationUs(start: Instant | undefined, end: Instant | undefined): bigint | undefined {
  return start === undefined || end === undefined || end.us < start.us ? undefined : end.us - start.us
}

/** True where the time of an event is unknown, or was written without a zone. */
export function isTimeUncertain(instant: Instant | undefined): boolean {
  return instant === undefined || !instant.zoned
}
