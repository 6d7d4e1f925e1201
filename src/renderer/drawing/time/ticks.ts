/**
 * Ticks of a time axis: 24-hour labels, and the date (or year) wherever it changes. Calendar steps come from d3; below a
 * second the steps are plain 1-2-5 multiples of microseconds, since d3's time scales end at milliseconds.
 */
import { tickStep, ticks, timeFormat, timeTicks, utcFormat, utcTicks } from 'd3'
import type { TimeWindow } from '../../../contract/shared'
import { offsetMs, type TimeZone } from '../../text/zoneOffset'
import { widthOf } from './window'

export interface TimeTick {
  readonly us: number
  readonly label: string
  /** Set on the first tick and where the day (or, for day steps, the year) is another than at the tick before. */
  readonly date: string | null
}

const secondUs = 1_000_000
const minuteUs = 60 * secondUs
const dayUs = 24 * 60 * minuteUs

/** Ticks about `spacingPx` apart over a window that is `widthPx` wide. */
export function axisTicks(window: TimeWindow, widthPx: number, zone: TimeZone, spacingPx = 96): readonly TimeTick[] {
  const wanted = Math.max(1, Math.floor(widthPx / spacingPx))
  const step = widthOf(window) / wanted
  const instants = step < secondUs ? fineInstants(window, wanted) : calendarInstants(window, wanted, zone)
  const smallest = smallestStep(instants) ?? step
  const label = labeller(smallest, zone)
  const date = dateLabeller(smallest, zone)
  let before: string | undefined
  return instants.map((us) => {
    const current = date(us)
    const changed = current !== before
    before = current
    return { us, label: label(us), date: changed ? current : null }
  })
}

function calendarInstants(window: TimeWindow, wanted: number, zone: TimeZone): number[] {
  const instants =
    zone === 'local'
      ? timeTicks(new Date(window.fromUs / 1000), new Date(window.toUs / 1000), wanted).map((date) => date.getTime())
      : utcTicks(wallClock(window.fromUs, zone), wallClock(window.toUs, zone), wanted).map((wall) =>
          instantOf(wall.getTime(), zone),
        )
  return [...new Set(instants)].map((ms) => ms * 1000).filter((us) => us >= window.fromUs && us < window.toUs)
}

/** The wall clock of the zone, written as if it were UTC: d3 knows UTC and this machine's zone only. */
function wallClock(us: number, zone: TimeZone): Date {
  const ms = Math.floor(us / 1000)
  return new Date(ms + offsetMs(ms, zone))
}

/** A wall clock back to its instant; the second look is for walls near a change of clocks. */
function instantOf(wallMs: number, zone: TimeZone): number {
  const near = wallMs - offsetMs(wallMs, zone)
  return wallMs - offsetMs(near, zone)
}

/** Counted from the last whole second before the window: there doubles are exact and steps fall on round fractions. */
function fineInstants(window: TimeWindow, wanted: number): number[] {
  const base = Math.floor(window.fromUs / secondUs) * secondUs
  const from = window.fromUs - base
  const to = window.toUs - base
  if (tickStep(from, to, wanted) < 1) return ticks(from, to, Math.max(1, Math.floor(to - from))).map((us) => base + us)
  return ticks(from, to, wanted)
    .map((us) => base + Math.round(us))
    .filter((us) => us >= window.fromUs && us < window.toUs)
}

function smallestStep(instants: readonly number[]): number | undefined {
  let smallest: number | undefined
  for (let at = 1; at < instants.length; at++) {
    const step = (instants[at] ?? 0) - (instants[at - 1] ?? 0)
    if (smallest === undefined || step < smallest) smallest = step
  }
  return smallest
}

/** d3's format functions take milliseconds; the digits below them are added from the instant itself. */
function formatter(pattern: string, zone: TimeZone): (us: number) => string {
  if (zone === 'local') {
    const format = timeFormat(pattern)
    return (us) => format(new Date(Math.floor(us / 1000)))
  }
  const format = utcFormat(pattern)
  return (us) => format(wallClock(us, zone))
}

function labeller(stepUs: number, zone: TimeZone): (us: number) => string {
  // A day across a clock change has 23 or 25 hours, so anything from 23 hours up is a day step.
  if (stepUs >= dayUs * 27) return formatter('%b', zone)
  if (stepUs >= dayUs - 60 * minuteUs) return formatter('%d %b', zone)
  if (stepUs >= minuteUs) return formatter('%H:%M', zone)
  if (stepUs >= secondUs) return formatter('%H:%M:%S', zone)
  const seconds = formatter('%S', zone)
  const digits = stepUs >= 100_000 ? 1 : stepUs >= 10_000 ? 2 : stepUs >= 1000 ? 3 : 6
  return (us) => {
    const fraction = Math.floor(((us % secondUs) + secondUs) % secondUs)
      .toString()
      .padStart(6, '0')
    return `${seconds(us)}.${fraction.slice(0, digits)} s`
  }
}

function dateLabeller(stepUs: number, zone: TimeZone): (us: number) => string {
  if (stepUs >= dayUs - 60 * minuteUs) return formatter('%Y', zone)
  if (stepUs >= secondUs) return formatter('%Y-%m-%d', zone)
  return formatter('%Y-%m-%d %H:%M', zone)
}
