import { type Instant, parseInstant, utcClock, type WallClock } from '../../../common/time'

/**
 * An instant from a number since the epoch or from a text with a date. The unit of a number is told by its size: from
 * 1973 to 5138 seconds, milliseconds, microseconds and nanoseconds do not overlap. What is smaller names no time: zero
 * stands for "not set".
 */
export function instantOf(value: unknown, wallClock: WallClock = utcClock): Instant | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? ofDigits(String(value)) : undefined
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return ofDigits(text) ?? parseInstant(text, wallClock)
}

const units: readonly { readonly digits: number; readonly power: number; readonly precision: Instant['precision'] }[] =
  [
    { digits: 11, power: 6, precision: 's' },
    { digits: 14, power: 3, precision: 'ms' },
    { digits: 17, power: 0, precision: 'us' },
    { digits: 20, power: -3, precision: 'us' },
  ]

function ofDigits(text: string): Instant | undefined {
  const match = /^(\d{9,19})(?:\.(\d{1,12}))?$/.exec(text)
  if (match === null) return undefined
  const [, whole = '', fraction = ''] = match
  const unit = units.find(({ digits }) => whole.length <= digits)
  if (unit === undefined || whole.startsWith('0') || BigInt(whole) < 100_000_000n) return undefined
  const places = fraction.slice(0, Math.max(0, unit.power)).padEnd(Math.max(0, unit.power), '0')
  const us = unit.power < 0 ? BigInt(whole) / 1000n : BigInt(whole + places)
  const written = fraction === '' ? unit.precision : finer(unit.precision, fraction.length)
  return { us, precision: written, zoned: true }
}

function finer(precision: Instant['precision'], digits: number): Instant['precision'] {
  return precision === 's' && digits <= 3 ? 'ms' : 'us'
}
