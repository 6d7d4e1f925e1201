/** Networks with what is said of them; the smallest network that holds an address answers. */
import type { AddressRange } from '../query/filter/address'

export interface RangeFacts {
  readonly provider: string
  readonly service?: string
  readonly region?: string
}

export interface NamedRange extends RangeFacts {
  readonly range: AddressRange
}

export class RangeIndex {
  /** By size of the network (its number of host bits), smallest first; then by first address. */
  readonly #bySize: readonly (readonly [hostBits: bigint, networks: ReadonlyMap<bigint, RangeFacts>])[]
  readonly size: number

  /** Of one network stated several times the fullest statement counts, and of equal ones the first. */
  constructor(ranges: readonly NamedRange[]) {
    const sizes = new Map<bigint, Map<bigint, NamedRange>>()
    for (const named of ranges) {
      const hostBits = bitLength(named.range.high - named.range.low)
      const networks = sizes.get(hostBits) ?? new Map<bigint, NamedRange>()
      sizes.set(hostBits, networks)
      const before = networks.get(named.range.low)
      if (before === undefined || fullness(named) > fullness(before)) networks.set(named.range.low, named)
    }
    this.#bySize = [...sizes].sort(([a], [b]) => (a < b ? -1 : 1))
    this.size = ranges.length
  }

  find(address: bigint): RangeFacts | undefined {
    for (const [hostBits, networks] of this.#bySize) {
      const found = networks.get((address >> hostBits) << hostBits)
      if (found !== undefined) return found
    }
    return undefined
  }
}

function bitLength(value: bigint): bigint {
  return value === 0n ? 0n : BigInt(value.toString(2).length)
}

/** `AMAZON` and `AzureCloud` are the umbrella of the services that are named beside them. */
function fullness({ service, region }: RangeFacts): number {
  const umbrella = service === undefined || service === 'AMAZON' || service === 'AzureCloud'
  return (umbrella ? 0 : 2) + (region === undefined || region === 'GLOBAL' ? 0 : 1)
}
