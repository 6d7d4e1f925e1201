/** Small pieces of a row that many formats fill in the same way. */
import type { Instant } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { canonicalIp } from './address'
import { clockFlags } from './eventTime'
import { ticketsIn } from './tickets'
import { uaFamily } from './userAgent'

/** The pairs that have a value, without repetitions, or undefined where there are none. */
export function idPairs(
  pairs: readonly (readonly [kind: string, value: string | undefined])[],
): { kind: string; value: string }[] | undefined {
  const found: { kind: string; value: string }[] = []
  for (const [kind, value] of pairs)
    if (value !== undefined && !found.some((pair) => pair.kind === kind && pair.value === value))
      found.push({ kind, value })
  return found.length === 0 ? undefined : found
}

/** An address where the text is one, else the text as the name of a host. */
export function placeOf(address: string | undefined): Pick<AccessEventRow, 'src_ip' | 'src_host'> {
  if (address === undefined) return {}
  const ip = canonicalIp(address)
  return ip === undefined ? { src_host: address } : { src_ip: ip }
}

export function agentColumns(agent: string | undefined): Pick<AccessEventRow, 'user_agent' | 'ua_family'> {
  return { user_agent: agent, ua_family: uaFamily(agent) }
}

/** A time with its kind, and what is doubtful about it. */
export function timeColumns(
  time: Instant | undefined,
  kind: 'start' | 'end' | 'logged',
): Pick<AccessEventRow, 'ts' | 'ts_precision' | 'ts_kind' | 'flags'> {
  const flags = clockFlags(time)
  const doubt = flags.length === 0 ? {} : { flags }
  return time === undefined ? doubt : { ts: time.us, ts_precision: time.precision, ts_kind: kind, ...doubt }
}

/** The first stated reason, and the tickets that it names. */
export function statedReason(
  candidates: readonly (readonly [field: string, value: string | undefined])[],
): Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'> {
  const stated = candidates.flatMap(([field, value]) => (value === undefined ? [] : [{ field, value }]))
  const [first] = stated
  if (first === undefined) return {}
  const tickets = [...new Set(stated.flatMap(({ value }) => ticketsIn(value)))]
  return { reason: first.value, reason_field: first.field, ticket_ids: tickets.length === 0 ? undefined : tickets }
}

/** A number that may be written as text, within its range; undefined for anything else. */
export function numberIn(value: unknown, from: number, to: number): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,9}(?:\.\d{1,20})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && number >= from && number <= to ? number : undefined
}

export function truth(value: unknown): boolean | undefined {
  if (typeof value === 'boolean') return value
  return value === 'true' ? true : value === 'false' ? false : undefined
}
