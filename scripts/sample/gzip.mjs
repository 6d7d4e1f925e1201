/**
 * gzip (RFC 1952) around DEFLATE (RFC 1951) with fixed Huffman codes. Node's own compressor gives other bytes on other
 * versions and processors; the sample's files must be the same everywhere, so that their hashes can be compared.
 */
import { crc32 } from './crc32.mjs'

const windowBytes = 32_768
const maxLength = 258
const maxChain = 48

/** Base and extra bits of the length codes 257 to 285 and the distance codes 0 to 29. */
const lengthBases = [
  ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31],
  ...[35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258],
]
const distanceBases = [
  ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769],
  ...[1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577],
]

/**
 * @param {Buffer} bytes
 * @returns {Buffer} one member, no name, no time
 */
export function gzip(bytes) {
  const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 255])
  const trailer = Buffer.alloc(8)
  trailer.writeUInt32LE(crc32(bytes), 0)
  trailer.writeUInt32LE(bytes.length % 4_294_967_296, 4)
  return Buffer.concat([header, deflate(bytes), trailer])
}

/** @param {Buffer} bytes one final block of fixed codes */
function deflate(bytes) {
  const out = bitWriter()
  out.bits(1, 1)
  out.bits(1, 2)
  const find = matcher(bytes)
  for (let at = 0; at < bytes.length; ) {
    const { length, distance } = find(at)
    if (length < 3) {
      out.symbol(bytes.readUInt8(at))
      at += 1
    } else {
      writeMatch(out, length, distance)
      at += length
    }
  }
  out.symbol(256)
  return out.end()
}

/** @param {ReturnType<typeof bitWriter>} out @param {number} length @param {number} distance */
function writeMatch(out, length, distance) {
  const lengthCode = lastAtMost(lengthBases, length)
  out.symbol(257 + lengthCode)
  out.bits(length - (lengthBases[lengthCode] ?? 0), lengthCode < 8 || lengthCode === 28 ? 0 : (lengthCode >> 2) - 1)
  const distanceCode = lastAtMost(distanceBases, distance)
  out.code(distanceCode, 5)
  out.bits(distance - (distanceBases[distanceCode] ?? 0), distanceCode < 4 ? 0 : (distanceCode >> 1) - 1)
}

/** @param {readonly number[]} bases ascending @param {number} value */
function lastAtMost(bases, value) {
  let index = bases.length - 1
  while ((bases[index] ?? 0) > value) index--
  return index
}

/** Longest earlier occurrence, by chains over the hash of the next four bytes. @param {Buffer} bytes */
function matcher(bytes) {
  const heads = new Int32Array(65_536).fill(-1)
  const previous = new Int32Array(bytes.length)
  let entered = 0
  /** @param {number} at */
  const hash = (at) => Math.imul(bytes.readUInt32LE(at), 0x9e3779b1) >>> 16
  /** @param {number} at @returns {{ length: number, distance: number }} */
  return (at) => {
    for (; entered < at && entered + 4 <= bytes.length; entered++) {
      const slot = hash(entered)
      previous[entered] = heads[slot] ?? -1
      heads[slot] = entered
    }
    let best = { length: 0, distance: 0 }
    if (at + 4 > bytes.length) return best
    const limit = Math.min(maxLength, bytes.length - at)
    let candidate = heads[hash(at)] ?? -1
    for (let tries = 0; tries < maxChain && candidate >= 0 && at - candidate <= windowBytes; tries++) {
      let length = 0
      while (length < limit && bytes[candidate + length] === bytes[at + length]) length++
      if (length > best.length) best = { length, distance: at - candidate }
      if (length === limit) break
      candidate = previous[candidate] ?? -1
    }
    return best
  }
}

function bitWriter() {
  /** @type {number[]} */
  const out = []
  let held = 0
  let count = 0
  /** Low bit first. @param {number} value @param {number} width */
  const bits = (value, width) => {
    held |= value << count
    count += width
    for (; count >= 8; count -= 8) {
      out.push(held & 0xff)
      held >>>= 8
    }
  }
  /** Huffman codes are written high bit first. @param {number} value @param {number} width */
  const code = (value, width) => {
    let turned = 0
    for (let bit = 0; bit < width; bit++) turned |= ((value >> bit) & 1) << (width - 1 - bit)
    bits(turned, width)
  }
  return {
    bits,
    code,
    /** A literal, the end of the block or a length, by the fixed table (RFC 1951, 3.2.6). @param {number} value */
    symbol: (value) => {
      if (value < 144) code(0x30 + value, 8)
      else if (value < 256) code(0x190 + value - 144, 9)
      else if (value < 280) code(value - 256, 7)
      else code(0xc0 + value - 280, 8)
    },
    end: () => {
      if (count > 0) bits(0, 8 - count)
      return Buffer.from(out)
    },
  }
}
