import { formatInstant } from '../../../common/time'
import type { Result } from '../../../contract'

/** How a facet of numbers or times is drawn, and what a stretch of it means as a term. Pure. */
export type Distribution = Result<'events.distributions'>[number]

/** Fields whose values are amounts or times: codes, ports and ids are values to choose, not a scale. */
export const scaleFields: ReadonlyMap<string, 'time' | 'duration' | 'amount'> = new Map([
  ['ts', 'time'],
  ['ts_end', 'time'],
  ['duration_us', 'duration'],
  ['bytes_in', 'amount'],
  ['bytes_out', 'amount'],
  ['db_rows', 'amount'],
  ['line', 'amount'],
  ['record_no', 'amount'],
])

export interface Bin {
  readonly from: number
  /** Exclusive. */
  readonly to: number
  readonly count: number
  /** 0 to 1 of the tallest; a bin that holds something is never invisible. */
  readonly height: number
}

export function binsOf({ edges, count }: Pick<Distribution, 'edges' | 'count'>): readonly Bin[] {
  const most = Math.max(1, ...count)
  return count.map((n, index) => ({
    from: edges[index] ?? 0,
    to: edges[index + 1] ?? 0,
    count: n,
    height: n === 0 ? 0 : Math.max(0.08, n / most),
  }))
}

/** First and last bin of a brush from one to the other, in whatever order they were touched. */
export function stretch(a: number, b: number): readonly [number, number] {
  return a <= b ? [a, b] : [b, a]
}

/** The bin under `x` of a drawing `widthPx` wide; the nearest where the pointer left it. */
export function binAt(x: number, widthPx: number, bins: number): number {
  return Math.max(0, Math.min(bins - 1, Math.floor((x / Math.max(1, widthPx)) * bins)))
}

/** `field:[from TO to}`; times are written in UTC to the microsecond. */
export function stretchTerm(field: string, from: number, to: number): string {
  const write = (value: number) =>
    scaleFields.get(field) === 'time' ? formatInstant(BigInt(value), 'us') : String(value)
  return `${field}:[${write(from)} TO ${write(to)}}`
}

/** What differs between two times as `formatShortTime` writes them: their days, or on one day the times of it. */
export function timeEnds(
  from: string,
  to: string,
): { readonly from: string; readonly to: string; readonly day: string } {
  const [fromDay = '', fromTime = ''] = from.split(' ')
  const [toDay = '', toTime = ''] = to.split(' ')
  return fromDay === toDay ? { from: fromTime, to: toTime, day: fromDay } : { from: fromDay, to: toDay, day: '' }
}
