/** Times are whole microseconds since 1970, as numbers: far below 2^53. */

export const millisUs = 1_000
export const secondUs = 1_000_000
export const minuteUs = 60 * secondUs
export const hourUs = 60 * minuteUs
export const dayUs = 24 * hourUs

/** @typedef {'s' | 'ms' | 'us'} Precision */

/** Records of one second are written together, so the text of a second is made once. @type {Map<number, string>} */
const seconds = new Map()

/** @param {number} second @returns {string} `2026-03-02T08:15:00` */
function secondText(second) {
  const known = seconds.get(second)
  if (known !== undefined) return known
  if (seconds.size > 4_096) seconds.clear()
  const text = new Date(second * 1000).toISOString().slice(0, 19)
  seconds.set(second, text)
  return text
}

/** @param {number} timeUs @param {Precision} precision cut off, never rounded */
export function isoTime(timeUs, precision) {
  const second = Math.floor(timeUs / secondUs)
  const fraction = String(timeUs - second * secondUs).padStart(6, '0')
  const shown = precision === 's' ? '' : `.${precision === 'ms' ? fraction.slice(0, 3) : fraction}`
  return `${secondText(second)}${shown}`
}

/** @param {number} timeUs @param {Precision} precision */
export const isoZulu = (timeUs, precision) => `${isoTime(timeUs, precision)}Z`

/** As PostgreSQL prints it. @param {number} timeUs @param {Precision} precision */
export const logTime = (timeUs, precision) => `${isoTime(timeUs, precision).replace('T', ' ')} UTC`

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** As the combined log format prints it. @param {number} timeUs */
export function commonLogTime(timeUs) {
  const text = isoTime(timeUs, 's')
  return `${text.slice(8, 10)}/${months[Number(text.slice(5, 7)) - 1]}/${text.slice(0, 4)}:${text.slice(11)} +0000`
}

/** `20260302T0815Z`. @param {number} timeUs */
export const compactMinute = (timeUs) => `${isoTime(timeUs, 's').slice(0, 16).replaceAll('-', '').replace(':', '')}Z`

/** What a clock of this precision can still state. @param {number} timeUs @param {Precision} precision */
export function cutTo(timeUs, precision) {
  const unit = precision === 's' ? secondUs : precision === 'ms' ? millisUs : 1
  return Math.floor(timeUs / unit) * unit
}
