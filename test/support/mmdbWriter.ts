/** Writes small MMDB files (MaxMind DB format 2.0), so that no database of others is needed to test reading them. */
import ipaddr from 'ipaddr.js'

export type MmdbJson = string | number | boolean | bigint | readonly MmdbJson[] | { readonly [key: string]: MmdbJson }

export interface MmdbOptions {
  readonly recordSize?: 24 | 28 | 32
  readonly ipVersion?: 4 | 6
  readonly databaseType?: string
  readonly buildEpoch?: bigint
  /** Replaces members of the metadata; undefined takes one out. */
  readonly metadata?: Readonly<Record<string, MmdbJson | undefined>>
  /** Data in place of the encoded records, with the offset for each network. */
  readonly data?: Buffer
}

type Entry = readonly [cidr: string, value: MmdbJson]
interface Leaf {
  readonly leaf: number
}
type Branch = [Child, Child]
type Child = Branch | Leaf | undefined

export const mmdbMarker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')

/** `entries`: networks (not inside one another) with their record. In `data` a record is the offset as a number. */
export function mmdbOf(entries: readonly Entry[], options: MmdbOptions = {}): Buffer {
  const { recordSize = 24, ipVersion = 6, databaseType = 'Test-City', buildEpoch = 1_700_000_000n } = options
  const root: Branch = [undefined, undefined]
  const data: Buffer[] = []
  let dataBytes = 0
  for (const [cidr, value] of entries) {
    const offset = options.data === undefined ? dataBytes : Number(value)
    if (options.data === undefined) {
      const encoded = encode(value)
      data.push(encoded)
      dataBytes += encoded.length
    }
    insert(root, bitsOf(cidr, ipVersion), { leaf: offset })
  }
  const nodes: Branch[] = []
  const number = new Map<Branch, number>()
  const visit = (branch: Branch) => {
    number.set(branch, nodes.length)
    nodes.push(branch)
    for (const child of branch) if (Array.isArray(child)) visit(child)
  }
  visit(root)
  const record = (child: Child): number => {
    if (child === undefined) return nodes.length
    return Array.isArray(child) ? (number.get(child) ?? 0) : nodes.length + 16 + child.leaf
  }
  const tree = Buffer.concat(nodes.map(([left, right]) => node(record(left), record(right), recordSize)))
  const metadata = {
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: buildEpoch,
    database_type: databaseType,
    description: { en: 'written by a test' },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes.length,
    record_size: recordSize,
    ...options.metadata,
  }
  const kept = Object.fromEntries(
    Object.entries(metadata).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  )
  return Buffer.concat([tree, Buffer.alloc(16), options.data ?? Buffer.concat(data), mmdbMarker, encode(kept)])
}

function bitsOf(cidr: string, ipVersion: 4 | 6): string {
  const [address, prefix] = ipaddr.parseCIDR(cidr)
  const own = address
    .toByteArray()
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .slice(0, prefix)
  return address.kind() === 'ipv4' && ipVersion === 6 ? `${'0'.repeat(96)}${own}` : own
}

function insert(root: Branch, bits: string, leaf: Leaf): void {
  let branch = root
  for (const [index, bit] of [...bits].entries()) {
    const side = bit === '1' ? 1 : 0
    if (index === bits.length - 1) {
      branch[side] = leaf
      return
    }
    const next = branch[side]
    if (Array.isArray(next)) branch = next
    else {
      const made: Branch = [undefined, undefined]
      branch[side] = made
      branch = made
    }
  }
}

function node(left: number, right: number, recordSize: 24 | 28 | 32): Buffer {
  const bytes = Buffer.alloc(recordSize / 4)
  if (recordSize === 24) {
    bytes.writeUIntBE(left, 0, 3)
    bytes.writeUIntBE(right, 3, 3)
  } else if (recordSize === 32) {
    bytes.writeUInt32BE(left, 0)
    bytes.writeUInt32BE(right, 4)
  } else {
    bytes.writeUIntBE(left & 0xffffff, 0, 3)
    bytes.writeUInt8(((left >>> 24) << 4) | (right >>> 24), 3)
    bytes.writeUIntBE(right & 0xffffff, 4, 3)
  }
  return bytes
}

function control(type: number, size: number): Buffer {
  const [short, more] =
    size < 29
      ? [size, []]
      : size < 285
        ? [29, [size - 29]]
        : size < 65_821
          ? [30, [(size - 285) >> 8, (size - 285) & 255]]
          : [31, [((size - 65_821) >> 16) & 255, ((size - 65_821) >> 8) & 255, (size - 65_821) & 255]]
  return type < 8 ? Buffer.from([(type << 5) | short, ...more]) : Buffer.from([short, type - 7, ...more])
}

function encode(value: MmdbJson): Buffer {
  if (typeof value === 'string') {
    const text = Buffer.from(value)
    return Buffer.concat([control(2, text.length), text])
  }
  if (typeof value === 'boolean') return control(14, value ? 1 : 0)
  if (typeof value === 'bigint') return unsigned(9, value)
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 0) return unsigned(6, BigInt(value))
    const bytes = Buffer.alloc(8)
    bytes.writeDoubleBE(value)
    return Buffer.concat([control(3, 8), bytes])
  }
  if (isList(value)) return Buffer.concat([control(11, value.length), ...value.map(encode)])
  const members = Object.entries(value)
  return Buffer.concat([control(7, members.length), ...members.flatMap(([key, item]) => [encode(key), encode(item)])])
}

function isList(value: MmdbJson): value is readonly MmdbJson[] {
  return Array.isArray(value)
}

function unsigned(type: number, value: bigint): Buffer {
  const hex = value === 0n ? '' : value.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return Buffer.concat([control(type, bytes.length), bytes])
}
