/** Times are whole microseconds since 1970, as numbers: the day of the sample is far below 2^53. */

export const day = '2026-03-17'
const dayStartUs = Date.parse(`${day}T00:00:00Z`) * 1000

export const secondUs = 1_000_000
export const minuteUs = 60 * secondUs
export const hourUs = 60 * minuteUs

/** The recorded window: a working morning. */
export const startUs = clock('07:00')
export const endUs = clock('13:00')

/**
 * @param {string} text `HH:MM[:SS[.fraction]]`, UTC
 * @returns {number} microseconds since 1970
 */
export function clock(text) {
  const [hours = '0', minutes = '0', seconds = '0'] = text.split(':')
  return dayStartUs + Number(hours) * hourUs + Number(minutes) * minuteUs + Math.round(Number(seconds) * secondUs)
}

/** @param {number} timeUs @returns {string} whole seconds, cut off, as CloudTrail writes them */
export function isoSeconds(timeUs) {
  return `${new Date(Math.floor(timeUs / 1000)).toISOString().slice(0, 19)}Z`
}

/** @param {number} timeUs @returns {string} microseconds, as Kubernetes writes them */
export function isoMicros(timeUs) {
  return `${isoSeconds(timeUs).slice(0, 19)}.${String(timeUs % secondUs).padStart(6, '0')}Z`
}

/** @param {number} timeUs @returns {string} milliseconds with the zone's name, as csvlog writes them */
export function logMillis(timeUs) {
  return `${new Date(Math.floor(timeUs / 1000)).toISOString().slice(0, 23).replace('T', ' ')} UTC`
}

/**
 * Moments that come about every `everyUs`, each moved by up to a third of that.
 *
 * @param {import('./random.mjs').Random} random
 * @param {{ fromUs?: number, toUs?: number, everyUs: number }} options
 * @returns {number[]} ascending
 */
export function moments(random, { fromUs = startUs, toUs = endUs, everyUs }) {
  /** @type {number[]} */
  const found = []
  for (let atUs = fromUs + random.int(0, everyUs); atUs < toUs; atUs += everyUs) {
    const movedUs = atUs + random.int(0, Math.floor(everyUs / 3))
    // What begins in the last minute might end after the recording.
    if (movedUs < toUs - minuteUs) found.push(movedUs)
  }
  return found
}
