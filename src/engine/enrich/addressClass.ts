/** What kind of address an address is, by the registries of special-purpose addresses (RFC 6890 and its updates). */
import { type Sql, sql } from '../db/sql'
import { halves, parseAddressRange } from '../query/filter/address'

export const addressClasses = [
  'private',
  'loopback',
  'link_local',
  'cgnat',
  'documentation',
  'multicast',
  'reserved',
  'public',
  /** Public, and in a list of ranges that the analyst gave. */
  'cloud',
] as const
export type AddressClass = (typeof addressClasses)[number]

/** The first network that holds the address decides. IPv4 stands at ::ffff:0:0/96, so mapped addresses fall under it. */
const networks: readonly (readonly [AddressClass, readonly string[]])[] = [
  ['private', ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7', 'fec0::/10', '64:ff9b:1::/48']],
  ['loopback', ['127.0.0.0/8', '::1/128']],
  ['link_local', ['169.254.0.0/16', 'fe80::/10']],
  ['cgnat', ['100.64.0.0/10']],
  ['documentation', ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20']],
  ['multicast', ['224.0.0.0/4', 'ff00::/8']],
  // Inside reserved blocks, but routed: anycast services of 192.0.0.0/24 and of 2001::/23, AS112, Teredo, ORCHID.
  [
    'public',
    ['192.0.0.9/32', '192.0.0.10/32', '2001::/32', '2001:1::1/128', '2001:1::2/128', '2001:1::3/128', '2001:3::/32'],
  ],
  ['public', ['2001:4:112::/48', '2001:20::/28', '2001:30::/28']],
  ['reserved', ['0.0.0.0/8', '192.0.0.0/24', '192.88.99.0/24', '198.18.0.0/15', '240.0.0.0/4', '2001::/23']],
  // The rest of IPv4; IPv4 behind NAT64; what is handed out of IPv6.
  ['public', ['0.0.0.0/0', '64:ff9b::/96', '2000::/3']],
  ['reserved', ['::/0']],
]

interface Ranged {
  readonly name: AddressClass
  readonly low: bigint
  readonly high: bigint
}

const ranges: readonly Ranged[] = networks.flatMap(([name, blocks]) =>
  blocks.map((block) => {
    const range = parseAddressRange(block)
    if (range === undefined) throw new Error(`unreachable: ${block} is a network`)
    return { name, ...range }
  }),
)

/** Of an address as a 128-bit number, IPv4 at ::ffff:a.b.c.d. */
export function classOf(address: bigint): AddressClass {
  return ranges.find(({ low, high }) => low <= address && address <= high)?.name ?? 'reserved'
}

/** The class of the address in `src_ip_hi/lo`, computed from the numbers alone; null where there is none. */
export function classSql(whenPublic: Sql = sql`'public'`): Sql {
  const cases = ranges.map(({ name, low, high }) => {
    const then = name === 'public' ? whenPublic : sql.trusted(`'${name}'`)
    return sql`WHEN ${within(low, high)} THEN ${then}`
  })
  return sql`CASE WHEN src_ip_hi IS NULL THEN NULL ${sql.join(cases, ' ')} END`
}

/** Our own constants as text: hundreds of bound values would only slow the plan. */
function within(low: bigint, high: bigint): Sql {
  const [from, to] = [halves(low), halves(high)]
  if (from.hi === to.hi)
    return sql.trusted(
      from.lo === to.lo
        ? `src_ip_hi = ${from.hi} AND src_ip_lo = ${from.lo}`
        : `src_ip_hi = ${from.hi} AND src_ip_lo BETWEEN ${from.lo} AND ${to.lo}`,
    )
  return sql.trusted(`src_ip_hi BETWEEN ${from.hi} AND ${to.hi}`)
}
