/** Integers of traces, which pass 2^53: from JSON numbers, or from digits in text. */
import { Malformed } from './malformed'

const integer = /^[+-]?\d{1,25}$/
const decimal = /^(-?\d{1,22})(?:\.(\d{1,9}))?$/

/** An integer, or undefined where the value is none. */
export function bigintOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined
  if (typeof value === 'string' && integer.test(value)) return BigInt(value.startsWith('+') ? value.slice(1) : value)
  return undefined
}

/** Nanoseconds of a time that is stated in nanoseconds; undefined where it is absent or 0, which OTLP uses for unset. */
export function nanoseconds(value: unknown, what: string): bigint | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const ns = bigintOf(value)
  if (ns === undefined) throw new Malformed(`${what} is not a whole number of nanoseconds.`)
  return ns === 0n ? undefined : ns
}

/** Nanoseconds of a value in microseconds, which may have decimals (cut after the nanosecond). 0 stays 0. */
export function microseconds(value: unknown, what: string): bigint | undefined {
  if (value === undefined || value === null || value === '') return undefined
  const whole = bigintOf(value)
  if (whole !== undefined) return whole * 1000n
  const match = typeof value === 'number' || typeof value === 'string' ? decimal.exec(String(value)) : null
  if (match === null) throw new Malformed(`${what} is not a number of microseconds.`)
  const [, units = '0', fraction = ''] = match
  const part = BigInt(fraction.slice(0, 3).padEnd(3, '0'))
  return BigInt(units) * 1000n + (units.startsWith('-') ? -part : part)
}

/** An unsigned 32-bit number other than 0; 0 and absent are the same in protobuf. */
export function flagsOf(value: unknown): number | undefined {
  const number = Number(bigintOf(value) ?? 0n)
  return number > 0 && number <= 0xffff_ffff ? number : undefined
}

const MAX_INT64 = 2n ** 63n - 1n

/** Nanoseconds as a column holds them; absent stays absent. */
export function storedNs<T extends bigint | undefined>(ns: T, what: string): T {
  if (ns !== undefined && (ns < 0n || ns > MAX_INT64)) throw new Malformed(`${what} is not within 1970 to 2262.`)
  return ns
}
