/** One entry of a list of ranges, checked. */
import { AppError } from '../../common/errors'
import type { JsonValue } from '../../common/json'
import { parseAddressRange } from '../query/filter/address'
import type { NamedRange } from './rangeIndex'

const MAX_TEXT = 200
/** The longest network is an IPv6 address with dotted decimals and its prefix. */
const MAX_NETWORK_TEXT = 60

interface StatedFacts {
  readonly provider: string
  readonly service?: string | undefined
  readonly region?: string | undefined
}

/** Errors: `input.refused` where `cidr` is no network; `where` says which entry it is. */
export function named(
  cidr: JsonValue | undefined,
  { provider, service, region }: StatedFacts,
  where = 'One of its entries',
): NamedRange {
  const range = typeof cidr === 'string' && cidr.length <= MAX_NETWORK_TEXT ? parseAddressRange(cidr) : undefined
  if (range === undefined) throw refused(`${where} is no network.`)
  return {
    range,
    provider: provider.slice(0, MAX_TEXT),
    ...(service === undefined ? {} : { service: service.slice(0, MAX_TEXT) }),
    ...(region === undefined ? {} : { region: region.slice(0, MAX_TEXT) }),
  }
}

export function refused(reason: string): AppError {
  return new AppError('input.refused', `This list of ranges cannot be used. ${reason}`)
}
