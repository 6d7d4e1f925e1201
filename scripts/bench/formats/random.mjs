/** What the writers of records draw from: seeded, so that a set is the same bytes again. */

/**
 * @typedef {ReturnType<typeof drawer>} Draw
 */

/**
 * Mulberry32 and what is made of it.
 * @param {number} seed
 */
export function drawer(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  /** @param {number} digits */
  const hex = (digits) => {
    let text = ''
    while (text.length < digits)
      text += Math.floor(next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0')
    return text.slice(0, digits)
  }
  /**
   * From 0 to below `size`; a few make most of the work.
   * @param {number} size
   */
  const few = (size) => Math.min(size - 1, Math.floor(size * next() ** 2.5))
  /**
   * @template T
   * @param {readonly T[]} values
   * @returns {T}
   */
  const one = (values) => {
    const value = values[few(values.length)]
    if (value === undefined) throw new Error('There is nothing to draw from.')
    return value
  }
  return {
    next,
    hex,
    few,
    one,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-9${hex(3)}-${hex(12)}`,
    ip: () => (next() < 0.6 ? `10.${few(8)}.${few(200)}.${few(250)}` : `198.51.100.${few(250)}`),
    person: () => `user${few(400)}@example.com`,
    agent: () => one(agents),
    /** @param {number} share */
    chance: (share) => next() < share,
  }
}

const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.3 Safari/605.1.15',
  'kubectl/v1.29.2 (linux/amd64) kubernetes/4b8e819',
  'Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.79 lang/python#3.11.8 Botocore/1.34.51',
  'python-requests/2.31.0',
  'curl/8.5.0',
]

const start = Date.UTC(2026, 0, 12, 6)

/**
 * Time of the record with this number, in milliseconds since 1970: about 40 records a second.
 * @param {number} index
 */
export const timeMs = (index) => start + index * 25

/** @param {number} index */
export const isoMs = (index) => new Date(timeMs(index)).toISOString()
