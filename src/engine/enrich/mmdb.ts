/**
 * Reads MMDB files (MaxMind DB format 2.0) of any maker. Ours and not a library's, since those follow pointers and
 * announced sizes without bounds; the tests hold it against one.
 */
import { damaged, MmdbDecoder, type MmdbMap, type MmdbValue } from './mmdbDecoder'

const marker = Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')
/** The format wants the metadata within the last 128 KiB. */
const METADATA_WITHIN = 128 * 1024
const SEPARATOR_BYTES = 16
const MAPPED = 0xffffn << 32n

export interface MmdbInfo {
  readonly databaseType: string
  /** When its maker made it. */
  readonly builtAt: string | null
  readonly ipVersion: 4 | 6
}

export function looksLikeMmdb(file: Buffer): boolean {
  return file.subarray(-METADATA_WITHIN).lastIndexOf(marker) !== -1
}

export class Mmdb {
  readonly info: MmdbInfo
  readonly #tree: Buffer
  readonly #data: MmdbDecoder
  readonly #nodes: number
  readonly #recordBits: 24 | 28 | 32
  readonly #ipv4Start: number

  /** Errors: `input.refused` for what is no MMDB, is cut off or contradicts itself. */
  constructor(file: Buffer) {
    const tail = Math.max(0, file.length - METADATA_WITHIN)
    const found = file.subarray(tail).lastIndexOf(marker)
    if (found === -1) throw damaged('it has no description of itself at its end, so it is none or is cut off')
    const metadataAt = tail + found
    const metadata = new MmdbDecoder(file.subarray(metadataAt + marker.length)).decode(0)
    if (!isMap(metadata)) throw damaged('its description is none')
    if (metadata.get('binary_format_major_version') !== 2) throw damaged('it is of a version that is not read')
    this.#nodes = wholeNumber(metadata, 'node_count')
    this.#recordBits = recordBits(wholeNumber(metadata, 'record_size'))
    const ipVersion = wholeNumber(metadata, 'ip_version')
    if (ipVersion !== 4 && ipVersion !== 6) throw damaged('it is for neither IPv4 nor IPv6')
    const treeBytes = (this.#nodes * this.#recordBits) / 4
    if (this.#nodes === 0 || treeBytes + SEPARATOR_BYTES > metadataAt)
      throw damaged('it says that it is larger than it is')
    this.#tree = file.subarray(0, treeBytes)
    const separator = file.subarray(treeBytes, treeBytes + SEPARATOR_BYTES)
    if (separator.some((byte) => byte !== 0)) throw damaged('its parts are not where it says')
    this.#data = new MmdbDecoder(file.subarray(treeBytes + SEPARATOR_BYTES, metadataAt))
    this.info = { databaseType: typeName(metadata), builtAt: builtAt(metadata), ipVersion }
    this.#ipv4Start = ipVersion === 4 ? 0 : this.#walk(0, [], 96)
  }

  /**
   * Where the record of an address (as a 128-bit number, IPv4 at ::ffff:a.b.c.d) lies, for `record`; undefined where the
   * file has none. Networks share records.
   */
  find(address: bigint): number | undefined {
    const isV4 = address >> 32n === MAPPED >> 32n
    if (!isV4 && this.info.ipVersion === 4) return undefined
    const node = isV4
      ? this.#walk(this.#ipv4Start, [Number(address & 0xffffffffn)], 32)
      : this.#walk(0, wordsOf(address), 128)
    if (node <= this.#nodes) return undefined
    return node - this.#nodes - SEPARATOR_BYTES
  }

  /** Errors: `input.refused` for a record that is damaged. */
  record(at: number): MmdbMap | undefined {
    if (at < 0) throw damaged('an address of it leads out of its data')
    const value = this.#data.decode(at)
    return isMap(value) ? value : undefined
  }

  /** Along the first `count` bits of `words`, 32 bits each: big integers are far slower here. */
  #walk(from: number, words: readonly number[], count: number): number {
    let node = from
    for (let bit = 0; bit < count && node < this.#nodes; bit++)
      node = this.#child(node, (((words[bit >> 5] ?? 0) >>> (31 - (bit & 31))) & 1) === 1)
    return node
  }

  #child(node: number, right: boolean): number {
    const tree = this.#tree
    if (this.#recordBits === 24) return tree.readUIntBE(node * 6 + (right ? 3 : 0), 3)
    if (this.#recordBits === 32) return tree.readUInt32BE(node * 8 + (right ? 4 : 0))
    const at = node * 7
    const shared = tree.readUInt8(at + 3)
    const high = right ? shared & 0x0f : shared >> 4
    return high * 0x1000000 + tree.readUIntBE(at + (right ? 4 : 0), 3)
  }
}

function wordsOf(address: bigint): number[] {
  return [96n, 64n, 32n, 0n].map((shift) => Number((address >> shift) & 0xffffffffn))
}

function isMap(value: MmdbValue | undefined): value is MmdbMap {
  return value instanceof Map
}

function wholeNumber(metadata: MmdbMap, key: string): number {
  const value = metadata.get(key)
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0)
    throw damaged(`its description lacks ${key}`)
  return value
}

function recordBits(bits: number): 24 | 28 | 32 {
  if (bits === 24 || bits === 28 || bits === 32) return bits
  throw damaged('its records have a size that is not read')
}

function typeName(metadata: MmdbMap): string {
  const name = metadata.get('database_type')
  return typeof name === 'string' ? name.slice(0, 200) : ''
}

function builtAt(metadata: MmdbMap): string | null {
  const epoch = metadata.get('build_epoch')
  if (typeof epoch !== 'bigint' || epoch <= 0n || epoch > 8_000_000_000_000n) return null
  return new Date(Number(epoch) * 1000).toISOString()
}
