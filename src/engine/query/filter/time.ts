/**
 * Times in filters. A time names a stretch: `2023` a year, `2023-07-10T11:42Z` a minute, a full time its last digit's
 * worth. `now` is the moment of asking; `now-90m`, `now+1d` are moved from it.
 */
import { parseInstant } from '../../../common/time'

/** Half-open, microseconds since the epoch. */
export interface Stretch {
  readonly fromUs: bigint
  readonly toUs: bigint
}

const partial =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[Tt ](\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?)?)?)?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/
const relative = /^now(?:([+-])(\d{1,6})(us|ms|s|m|h|d|w))?$/
const unitUs = {
  us: 1n,
  ms: 1_000n,
  s: 1_000_000n,
  m: 60_000_000n,
  h: 3_600_000_000n,
  d: 86_400_000_000n,
  w: 604_800_000_000n,
} as const

/** The stretch that `text` names, or undefined where it names none. Without a zone, UTC. */
export function parseStretch(text: string, nowUs: bigint): Stretch | undefined {
  const moved = relative.exec(text.toLowerCase())
  if (moved !== null) {
    const [, sign, amount = '0', unit = 's'] = moved
    const distance = BigInt(amount) * (isUnit(unit) ? unitUs[unit] : 0n)
    const fromUs = sign === '-' ? nowUs - distance : nowUs + distance
    return { fromUs, toUs: fromUs + 1n }
  }
  const match = partial.exec(text)
  if (match === null) return undefined
  const [, year = '', month, day, hour, minute, second, fraction, zone = 'Z'] = match
  if (day === undefined && match[8] !== undefined) return undefined
  const full = `${year}-${month ?? '01'}-${day ?? '01'}T${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}${
    fraction === undefined ? '' : `.${fraction}`
  }${zone}`
  const fromUs = parseInstant(full)?.us
  if (fromUs === undefined) return undefined
  return { fromUs, toUs: endOf(fromUs, { month, day, hour, minute, second, fraction }) }
}

function endOf(fromUs: bigint, given: Readonly<Record<string, string | undefined>>): bigint {
  if (given.fraction !== undefined) return fromUs + 10n ** BigInt(Math.max(0, 6 - given.fraction.length))
  if (given.second !== undefined) return fromUs + unitUs.s
  if (given.minute !== undefined) return fromUs + unitUs.m
  if (given.hour !== undefined) return fromUs + unitUs.h
  if (given.day !== undefined) return fromUs + unitUs.d
  const next = new Date(Number(fromUs / 1000n))
  if (given.month !== undefined) next.setUTCMonth(next.getUTCMonth() + 1)
  else next.setUTCFullYear(next.getUTCFullYear() + 1)
  return BigInt(next.getTime()) * 1000n
}

function isUnit(unit: string): unit is keyof typeof unitUs {
  return Object.hasOwn(unitUs, unit)
}
