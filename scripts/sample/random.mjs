/**
 * A seeded source of randomness. Each part of the story has its own, by label, so that a change in one part leaves the
 * others as they were. Only integer arithmetic and division: the same numbers on every machine.
 *
 * @typedef {object} Random
 * @property {() => number} next 0 ≤ n < 1
 * @property {(low: number, high: number) => number} int whole number, both ends included
 * @property {(share: number) => boolean} chance
 * @property {<T>(items: readonly T[]) => T} pick
 * @property {<T>(items: readonly (readonly [number, T])[]) => T} weighted items with their weights
 * @property {(typical: number) => number} around whole number around a typical value, with a long tail upwards
 * @property {(length: number) => string} hex
 * @property {(length: number) => string} upper letters and digits as AWS writes them
 * @property {() => string} uuid version 4
 */

/**
 * mulberry32 by Tommy Ettinger (public domain), seeded with FNV-1a of the label.
 *
 * @param {number} seed
 * @param {string} label
 * @returns {Random}
 */
export function randomOf(seed, label) {
  let state = (seed ^ fnv1a(label)) >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  /** @type {Random['int']} */
  const int = (low, high) => low + Math.floor(next() * (high - low + 1))
  /** @param {string} digits @param {number} length */
  const text = (digits, length) => Array.from({ length }, () => digits.charAt(int(0, digits.length - 1))).join('')
  /** @type {Random['hex']} */
  const hex = (length) => text('0123456789abcdef', length)
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (items) => present(items[int(0, items.length - 1)]),
    weighted: (items) => {
      let left = next() * items.reduce((sum, [weight]) => sum + weight, 0)
      const found = items.find(([weight]) => {
        left -= weight
        return left < 0
      })
      return present(found ?? items.at(-1))[1]
    },
    around: (typical) => {
      const usual = 0.6 + 0.7 * next()
      return Math.max(1, Math.round(typical * (next() < 0.06 ? usual * (2 + 4 * next()) : usual)))
    },
    hex,
    upper: (length) => text('ABCDEFGHJKMNPQRSTVWXYZ0123456789', length),
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${text('89ab', 1)}${hex(3)}-${hex(12)}`,
  }
}

/** @param {string} label */
function fnv1a(label) {
  let hash = 0x811c9dc5
  for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/**
 * @template T
 * @param {T | undefined} value
 * @returns {T}
 */
export function present(value) {
  if (value === undefined) throw new Error('A list of the sample is empty.')
  return value
}
