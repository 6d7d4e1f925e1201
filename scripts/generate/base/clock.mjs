/** A clock that is wrong in a known way: offset, drift, and a delay that differs from record to record. */
import { cutTo } from './time.mjs'

/**
 * @typedef {object} Clock
 * @property {import('./time.mjs').Precision} precision
 * @property {number} offsetUs at the start of the workload
 * @property {number} driftPpm
 * @property {number} jitterUs deviation
 * @property {(timeUs: number) => number} at what the clock shows, with its full resolution; grows with time
 * @property {(timeUs: number) => number} noisy the same plus a random delay
 * @property {(shownUs: number) => number} cut to the precision
 */

/**
 * @param {{ startUs: number, offsetUs: number, driftPpm: number, jitterUs: number, precision: import('./time.mjs').Precision }} facts
 * @param {import('./random.mjs').Random} random
 * @returns {Clock}
 */
export function clockOf({ startUs, offsetUs, driftPpm, jitterUs, precision }, random) {
  /** @param {number} timeUs */
  const at = (timeUs) => Math.round(timeUs + offsetUs + ((timeUs - startUs) * driftPpm) / 1_000_000)
  return {
    precision,
    offsetUs,
    driftPpm,
    jitterUs,
    at,
    noisy: (timeUs) => at(timeUs) + (jitterUs === 0 ? 0 : Math.round(jitterUs * random.normal())),
    cut: (shownUs) => cutTo(shownUs, precision),
  }
}
