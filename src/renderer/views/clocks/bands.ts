/** Where offsets and their scatter lie on one common scale. Shares of its width, 0 to 1; pure. */
import type { ClockRow } from '../../../contract/linking'

export interface ClockBand {
  readonly zero: number
  readonly offset: number
  readonly from: number
  readonly to: number
}

type Measured = Pick<ClockRow, 'offsetUs' | 'jitterUs'>

/** Half of the scale: wide enough for the farthest clock with its scatter, and for zero in the middle. */
export function reachUs(clocks: readonly Measured[]): number {
  return clocks.reduce((most, { offsetUs, jitterUs }) => Math.max(most, Math.abs(offsetUs) + jitterUs), 1_000)
}

export function bandOf({ offsetUs, jitterUs }: Measured, reach: number): ClockBand {
  const share = (us: number) => Math.min(1, Math.max(0, 0.5 + us / reach / 2))
  return { zero: 0.5, offset: share(offsetUs), from: share(offsetUs - jitterUs), to: share(offsetUs + jitterUs) }
}

/** The offset that links are looked for with, or null where none is in use. */
export function activeOffsetUs(clock: ClockRow): number | null {
  if (clock.set !== null) return clock.set.enabled ? clock.set.offsetUs : null
  return clock.suggested ? null : clock.offsetUs
}
