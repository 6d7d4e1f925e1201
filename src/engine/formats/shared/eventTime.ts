import type { Instant } from '../../../common/time'
import type { Flag } from '../../db/rows'

/** Microseconds between two instants; none where one is missing or the end comes before the start. */
export function durationUs(start: Instant | undefined, end: Instant | undefined): bigint | undefined {
  return start === undefined || end === undefined || end.us < start.us ? undefined : end.us - start.us
}

/**
 * What is doubtful about the time of an event, as flags. Without a zone, and without anybody who named one, UTC was
 * taken, and the clock is suspect; with a named one the row says only that its source does not state it.
 */
export function clockFlags(instant: Instant | undefined): Flag[] {
  if (instant === undefined) return ['clock_suspect']
  const flags: Flag[] = []
  if (!instant.zoned) flags.push(...(instant.answered === true ? [] : suspect), 'zone_assumed')
  if (instant.ambiguous === true) flags.push('time_ambiguous')
  return flags
}

const suspect: readonly Flag[] = ['clock_suspect']

/** The same for rows whose flags are nothing else. */
export function onlyClockFlags(instant: Instant | undefined): Flag[] | undefined {
  const flags = clockFlags(instant)
  return flags.length === 0 ? undefined : flags
}
