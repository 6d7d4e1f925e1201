/** One block of bzip2 at a time: Huffman codes, move-to-front, the inverse Burrows-Wheeler transform, run lengths. */

/** The data break off inside what was asked for; more may come. */
export class CutShort extends Error {}
/** No bzip2 encoder writes this. */
export class Damaged extends Error {}

/** Bits of a buffer, the highest of each byte first. */
export class BitReader {
  /** Position in bits. */
  at = 0

  constructor(readonly bytes: Uint8Array) {}

  /** At most 24 bits. */
  read(count: number): number {
    let value = 0
    for (let left = count; left > 0; ) {
      const byte = this.bytes[this.at >>> 3]
      if (byte === undefined) throw new CutShort()
      const free = 8 - (this.at & 7)
      const take = Math.min(free, left)
      value = (value << take) | ((byte >>> (free - take)) & ((1 << take) - 1))
      this.at += take
      left -= take
    }
    return value
  }
}

const maxCodeLength = 20
const symbolsPerSelector = 50

interface Code {
  /** By length: the first code beyond that length, and what to subtract from a code to find its place in `symbols`. */
  readonly limit: Int32Array
  readonly base: Int32Array
  readonly symbols: Uint16Array
  readonly shortest: number
}

export interface Block {
  /** Bytes before run lengths are taken apart, in order of the transform. */
  readonly links: Uint32Array
  readonly count: number
  readonly start: number
  readonly crc: number
}

/** Reads a block behind its magic number. `size` is the level's: 100,000 to 900,000. */
export function readBlock(bits: BitReader, size: number): Block {
  const crc = ((bits.read(16) << 16) | bits.read(16)) >>> 0
  // A device of the first version against slow sorting; nothing has written it for decades.
  if (bits.read(1) === 1) throw new Damaged()
  const origin = bits.read(24)
  const used = usedBytes(bits)
  const { codes, selectors } = readCodes(bits, used.length + 2)
  const links = new Uint32Array(size)
  const count = readSymbols(bits, used, codes, selectors, links)
  if (origin >= count) throw new Damaged()
  return { links, count, start: invert(links, count, origin), crc }
}

function usedBytes(bits: BitReader): number[] {
  const groups = bits.read(16)
  const used: number[] = []
  for (let group = 0; group < 16; group++) {
    if ((groups & (0x8000 >>> group)) === 0) continue
    const members = bits.read(16)
    for (let index = 0; index < 16; index++) if ((members & (0x8000 >>> index)) !== 0) used.push(group * 16 + index)
  }
  if (used.length === 0) throw new Damaged()
  return used
}

function readCodes(bits: BitReader, symbolCount: number): { codes: readonly Code[]; selectors: Uint8Array } {
  const codeCount = bits.read(3)
  const selectorCount = bits.read(15)
  if (codeCount < 2 || codeCount > 6 || selectorCount === 0) throw new Damaged()
  const front = Array.from({ length: codeCount }, (_, index) => index)
  const selectors = new Uint8Array(selectorCount)
  for (let index = 0; index < selectorCount; index++) {
    let place = 0
    while (bits.read(1) === 1) if (++place >= codeCount) throw new Damaged()
    const [code = 0] = front.splice(place, 1)
    front.unshift(code)
    selectors[index] = code
  }
  const codes: Code[] = []
  for (let index = 0; index < codeCount; index++) codes.push(codeOf(readLengths(bits, symbolCount)))
  return { codes, selectors }
}

function readLengths(bits: BitReader, symbolCount: number): Uint8Array {
  const lengths = new Uint8Array(symbolCount)
  let length = bits.read(5)
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (;;) {
      if (length < 1 || length > maxCodeLength) throw new Damaged()
      if (bits.read(1) === 0) break
      length += bits.read(1) === 0 ? 1 : -1
    }
    lengths[symbol] = length
  }
  return lengths
}

/** The canonical code of these lengths. */
function codeOf(lengths: Uint8Array): Code {
  const counts = new Int32Array(maxCodeLength + 2)
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1
  const limit = new Int32Array(maxCodeLength + 2).fill(-1)
  const base = new Int32Array(maxCodeLength + 2)
  const symbols = new Uint16Array(lengths.length)
  let placed = 0
  let code = 0
  let shortest = 0
  for (let length = 1; length <= maxCodeLength; length++) {
    const count = counts[length] ?? 0
    if (count > 0 && shortest === 0) shortest = length
    base[length] = code - placed
    for (let symbol = 0; symbol < lengths.length; symbol++) if (lengths[symbol] === length) symbols[placed++] = symbol
    code += count
    limit[length] = code
    code <<= 1
  }
  return { limit, base, symbols, shortest }
}

function readSymbol(bits: BitReader, code: Code): number {
  let length = code.shortest
  let value = bits.read(length)
  while (value >= (code.limit[length] ?? 0)) {
    if (++length > maxCodeLength) throw new Damaged()
    value = (value << 1) | bits.read(1)
  }
  const symbol = code.symbols[value - (code.base[length] ?? 0)]
  if (symbol === undefined) throw new Damaged()
  return symbol
}

/** Fills the low bytes of `links`; returns how many there are. */
function readSymbols(
  bits: BitReader,
  used: readonly number[],
  codes: readonly Code[],
  selectors: Uint8Array,
  links: Uint32Array,
): number {
  const front = Uint8Array.from(used)
  const end = used.length + 1
  let count = 0
  let run = 0
  let weight = 1
  for (let read = 0; ; read++) {
    const code = codes[selectors[Math.floor(read / symbolsPerSelector)] ?? codes.length]
    if (code === undefined) throw new Damaged()
    const symbol = readSymbol(bits, code)
    if (symbol <= 1) {
      // Digits of a run of the front byte, lowest first, in a number system of ones and twos.
      run += weight << symbol
      weight <<= 1
      if (run > links.length) throw new Damaged()
      continue
    }
    if (run > 0) {
      if (count + run > links.length) throw new Damaged()
      links.fill(front[0] ?? 0, count, count + run)
      count += run
      run = 0
      weight = 1
    }
    if (symbol === end) return count
    const place = symbol - 1
    const byte = front[place] ?? 0
    front.copyWithin(1, 0, place)
    front[0] = byte
    if (count >= links.length) throw new Damaged()
    links[count++] = byte
  }
}

/** Writes into the upper bits of each entry where the next byte stands; returns where the first stands. */
function invert(links: Uint32Array, count: number, origin: number): number {
  const next = new Int32Array(257)
  for (let at = 0; at < count; at++) {
    const byte = (links[at] ?? 0) & 0xff
    next[byte + 1] = (next[byte + 1] ?? 0) + 1
  }
  for (let byte = 0; byte < 256; byte++) next[byte + 1] = (next[byte + 1] ?? 0) + (next[byte] ?? 0)
  for (let at = 0; at < count; at++) {
    const byte = (links[at] ?? 0) & 0xff
    const place = next[byte] ?? 0
    next[byte] = place + 1
    links[place] = ((links[place] ?? 0) & 0xff) | (at << 8)
  }
  return (links[origin] ?? 0) >>> 8
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ 0x04c11db7 : value << 1
  return value >>> 0
})

/** The block's bytes in pieces of at most `pieceBytes`; throws at the end where its checksum does not match. */
export function* bytesOf({ links, count, start, crc }: Block, pieceBytes: number): Generator<Buffer> {
  let piece = Buffer.allocUnsafe(pieceBytes)
  let filled = 0
  let checksum = 0xffffffff
  let place = start
  let last = -1
  let same = 0
  for (let read = 0; read < count; read++) {
    const entry = links[place] ?? 0
    const byte = entry & 0xff
    place = entry >>> 8
    // Behind four equal bytes stands how many more there are.
    let times = 1
    if (same === 4) {
      times = byte
      same = 0
    } else {
      same = byte === last ? same + 1 : 1
      last = byte
    }
    for (; times > 0; times--) {
      checksum = ((checksum << 8) ^ (crcTable[(checksum >>> 24) ^ last] ?? 0)) >>> 0
      piece[filled++] = last
      if (filled === pieceBytes) {
        yield piece
        piece = Buffer.allocUnsafe(pieceBytes)
        filled = 0
      }
    }
  }
  if (filled > 0) yield piece.subarray(0, filled)
  if ((checksum ^ 0xffffffff) >>> 0 !== crc) throw new Damaged()
}
