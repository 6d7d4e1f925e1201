/**
 * Seeded randomness. Each part of the workload has its own stream, by label, so that a change in one part leaves the
 * others as they were.
 *
 * @typedef {object} Random
 * @property {() => number} next 0 ≤ n < 1
 * @property {(low: number, high: number) => number} int whole number, both ends included
 * @property {(share: number) => boolean} chance
 * @property {<T>(items: readonly T[]) => T} pick
 * @property {<T>(table: Weighted<T>) => T} draw
 * @property {(size: number) => number} tail index below `size`; small ones are by far the commonest
 * @property {(mean: number) => number} exponential
 * @property {() => number} normal mean 0, deviation 1, never beyond 6
 * @property {(typical: number) => number} around whole number around a typical value, with a long tail upwards
 * @property {(length: number) => string} hex
 * @property {(length: number) => string} upper letters and digits
 * @property {(length: number) => string} mixed letters of both cases and digits
 * @property {() => string} uuid version 4
 */

/**
 * @template T
 * @typedef {{ readonly bounds: readonly number[], readonly items: readonly T[] }} Weighted
 */

const upperDigits = 'ABCDEFGHJKMNPQRSTVWXYZ0123456789'
const mixedDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/**
 * @template T
 * @param {readonly (readonly [weight: number, item: T])[]} entries
 * @returns {Weighted<T>} for `draw`
 */
export function weighted(entries) {
  let sum = 0
  const bounds = entries.map(([weight]) => {
    sum += weight
    return sum
  })
  return { bounds, items: entries.map(([, item]) => item) }
}

/**
 * sfc32 by Chris Doty-Humphrey (public domain), seeded with FNV-1a of the label.
 *
 * @param {number} seed
 * @param {string} label
 * @returns {Random}
 */
export function randomOf(seed, label) {
  let a = seed | 0
  let b = fnv1a(label) | 0
  let c = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0
  let counter = 1
  const word = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let turn = 0; turn < 15; turn++) word()
  const next = () => word() / 4_294_967_296
  /** @type {Random['int']} */
  const int = (low, high) => low + Math.floor(next() * (high - low + 1))
  /** @param {string} digits @param {number} length */
  const text = (digits, length) => {
    let made = ''
    for (let at = 0; at < length; at++) made += digits.charAt(word() % digits.length)
    return made
  }
  /** @type {Random['hex']} */
  const hex = (length) => {
    let made = ''
    while (made.length < length) made += word().toString(16).padStart(8, '0')
    return made.slice(0, length)
  }
  return {
    next,
    int,
    chance: (share) => next() < share,
    pick: (items) => present(items[int(0, items.length - 1)]),
    draw: ({ bounds, items }) => {
      const dice = next() * present(bounds.at(-1))
      return present(items[bounds.findIndex((bound) => dice < bound)] ?? items.at(-1))
    },
    tail: (size) => Math.min(size - 1, Math.floor(size * next() ** 2.6)),
    exponential: (mean) => -mean * Math.log(1 - next()),
    normal: () => {
      let sum = -6
      for (let turn = 0; turn < 12; turn++) sum += next()
      return sum
    },
    around: (typical) => {
      const usual = 0.55 + 0.8 * next()
      return Math.max(1, Math.round(typical * (next() < 0.06 ? usual * (2 + 6 * next()) : usual)))
    },
    hex,
    upper: (length) => text(upperDigits, length),
    mixed: (length) => text(mixedDigits, length),
    uuid: () => {
      const digits = hex(31)
      const variant = '89ab'.charAt(word() & 3)
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(12, 15)}-${variant}${digits.slice(15, 18)}-${digits.slice(18, 30)}`
    },
  }
}

/** @param {string} label */
function fnv1a(label) {
  let hash = 0x811c9dc5
  for (let at = 0; at < label.length; at++) hash = Math.imul(hash ^ label.charCodeAt(at), 0x01000193)
  return hash
}

/**
 * @template T
 * @param {T | undefined} value
 * @returns {T}
 */
export function present(value) {
  if (value === undefined) throw new Error('A list of the workload is empty.')
  return value
}
