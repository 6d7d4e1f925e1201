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

/** Stretches of one class that is not public, in order: what is nested above laid side by side. */
const stretches: readonly Ranged[] = (() => {
  const starts = [...new Set(ranges.flatMap(({ low, high }) => [low, high + 1n]))].sort((a, b) => (a < b ? -1 : 1))
  const found: Ranged[] = []
  for (const [index, low] of starts.entries()) {
    const next = starts[index + 1]
    if (next === undefined) break
    const name = classOf(low)
    const before = found.at(-1)
    if (before?.name === name && before.high + 1n === low) found[found.length - 1] = { ...before, high: next - 1n }
    else found.push({ name, low, high: next - 1n })
  }
  return found.filter(({ name }) => name !== 'public')
})()

const mappedLow = 0xffffn << 32n
const mappedHigh = mappedLow | 0xffffffffn

/**
 * The class of the address in `src_ip_hi/lo`, computed from the numbers alone; null where there is none. `whenPublic`
 * stands once in the text, as it may be a join: a million events take some tens of milliseconds.
 */
export function classSql(whenPublic: Sql = sql`'public'`): Sql {
  const isV4 = ({ low, high }: Ranged) => low >= mappedLow && high <= mappedHigh
  const v4 = stretches.map((stretch) => clipped(stretch)).filter(isV4)
  const v6 = stretches.filter((stretch) => !isV4(stretch))
  return sql.join(
    [
      sql.trusted(`CASE WHEN src_ip_hi IS NULL THEN NULL ELSE coalesce(
        CASE WHEN src_ip_hi = 0::UBIGINT AND src_ip_lo BETWEEN ${literal(mappedLow)} AND ${literal(mappedHigh)}
          THEN CASE ${v4.map(({ name, low, high }) => `WHEN src_ip_lo BETWEEN ${literal(low)} AND ${literal(high)} THEN '${name}'`).join(' ')} END
          ELSE CASE ${v6.map((stretch) => `WHEN ${from(stretch.low)} AND ${to(stretch.high)} THEN '${stretch.name}'`).join(' ')} END
        END, `),
      whenPublic,
      sql.trusted(') END'),
    ],
    '',
  )
}

/** `::/0` and the first and last network of IPv4 are all reserved, so that their stretch runs across the border. */
function clipped(stretch: Ranged): Ranged {
  const low = stretch.low < mappedLow && stretch.high >= mappedLow ? mappedLow : stretch.low
  const high = stretch.high > mappedHigh && stretch.low <= mappedHigh ? mappedHigh : stretch.high
  return { ...stretch, low, high }
}

/** The type matters: beside a number of another type DuckDB compares 128-bit numbers, some ten times as slow. */
function literal(value: bigint): string {
  return `${value & 0xffffffffffffffffn}::UBIGINT`
}

function from(low: bigint): string {
  const { hi, lo } = halves(low)
  if (lo === 0n) return `src_ip_hi >= ${literal(hi)}`
  return `(src_ip_hi > ${literal(hi)} OR (src_ip_hi = ${literal(hi)} AND src_ip_lo >= ${literal(lo)}))`
}

function to(high: bigint): string {
  const { hi, lo } = halves(high)
  if (lo === 0xffffffffffffffffn) return `src_ip_hi <= ${literal(hi)}`
  return `(src_ip_hi < ${literal(hi)} OR (src_ip_hi = ${literal(hi)} AND src_ip_lo <= ${literal(lo)}))`
}
