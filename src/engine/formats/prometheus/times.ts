/**
 * Times of samples. The Prometheus text format has whole milliseconds, OpenMetrics seconds with decimals, and nothing in
 * a line tells which: the member does, and the size of the number where it does not.
 */
import { decimalNs } from '../metrics/decimal'
import { isEnd } from './line'

/** Milliseconds from here on are after 1973, seconds before the year 5138. */
const leastMilliseconds = 100_000_000_000
/** Seconds from here on are after 2001, milliseconds in January 1970. */
const leastSeconds = 1_000_000_000

/** Only OpenMetrics ends with a mark, states units, types these, or has exemplars. */
export function isOpenMetrics(lines: readonly string[]): boolean {
  return lines.some(
    (line) =>
      isEnd(line) || /^# (?:UNIT |TYPE \S+ (?:info|stateset|gaugehistogram|unknown)\s*$)|^[^#].* # \{/.test(line),
  )
}

export function sampleTime(text: string, openMetrics: boolean): bigint | undefined {
  return decimalNs(text, isSeconds(text, openMetrics) ? 0 : 3)
}

function isSeconds(text: string, openMetrics: boolean): boolean {
  if (/[.eE]/.test(text)) return true
  const size = Math.abs(Number(text))
  return openMetrics
    ? size < leastMilliseconds
    : size >= leastSeconds && size < leastMilliseconds && !text.startsWith('-')
}
