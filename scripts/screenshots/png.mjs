/**
 * Makes a screenshot small: its true colours become a palette of at most 256, which a window drawn in few colours hardly
 * shows. Reads only what Chromium writes: 8 bits a channel, RGB or RGBA, not interlaced (PNG specification, 11 and 12).
 */
import { deflateSync, inflateSync } from 'node:zlib'
import { crc32 } from '../sample/crc32.mjs'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const maxColours = 256

/**
 * @param {Buffer} png
 * @returns {Buffer} a PNG of the same size in pixels
 */
export function shrinkPng(png) {
  const { width, height, pixels } = readPng(png)
  const palette = paletteOf(pixels)
  const nearest = nearestIn(palette)
  const rows = Buffer.alloc(height * (width + 1))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + x + 1] = nearest(pixels[y * width + x] ?? 0)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 0xff, colour & 0xff]))
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** @param {Buffer} png @returns {{ width: number, height: number, pixels: Uint32Array }} pixels as 0xRRGGBB */
function readPng(png) {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('This is no PNG.')
  /** @type {Buffer[]} */
  const data = []
  let width = 0
  let height = 0
  let channels = 0
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    const type = png.toString('latin1', at + 4, at + 8)
    const body = png.subarray(at + 8, at + 8 + length)
    if (type === 'IHDR') {
      width = body.readUInt32BE(0)
      height = body.readUInt32BE(4)
      channels = body[9] === 2 ? 3 : body[9] === 6 ? 4 : 0
      if (body[8] !== 8 || channels === 0 || body[12] !== 0) throw new Error('This kind of PNG is not read.')
    }
    if (type === 'IDAT') data.push(body)
    at += length + 12
  }
  const bytes = unfilter(inflateSync(Buffer.concat(data)), width * channels, channels)
  const pixels = new Uint32Array(width * height)
  for (let at = 0; at < pixels.length; at++) {
    const from = at * channels
    pixels[at] = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0)
  }
  return { width, height, pixels }
}

/** @param {Buffer} lines each behind its filter type @param {number} stride bytes a line @param {number} step bytes a pixel */
function unfilter(lines, stride, step) {
  const height = lines.length / (stride + 1)
  const out = new Uint8Array(height * stride)
  for (let y = 0; y < height; y++) {
    const filter = lines[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x < step ? 0 : (out[at - step] ?? 0)
      const up = y === 0 ? 0 : (out[at - stride] ?? 0)
      const corner = x < step || y === 0 ? 0 : (out[at - stride - step] ?? 0)
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
      out[at] = (lines[y * (stride + 1) + 1 + x] ?? 0) + guess
    }
  }
  return out
}

/** @param {number} left @param {number} up @param {number} corner */
function paeth(left, up, corner) {
  const guess = left + up - corner
  const [byLeft, byUp, byCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (byLeft <= byUp && byLeft <= byCorner) return left
  return byUp <= byCorner ? up : corner
}

/** The most frequent colours, none of them too near to a more frequent one. @param {Uint32Array} pixels */
function paletteOf(pixels) {
  /** @type {Map<number, number>} */
  const counts = new Map()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const common = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([colour]) => colour)
  if (common.length <= maxColours) return common
  for (let apart = 4; ; apart += 2) {
    /** @type {number[]} */
    const chosen = []
    for (const colour of common) {
      if (chosen.length > maxColours) break
      if (chosen.every((other) => distance(colour, other) > apart * apart)) chosen.push(colour)
    }
    if (chosen.length <= maxColours) return chosen
  }
}

/** @param {readonly number[]} palette */
function nearestIn(palette) {
  /** @type {Map<number, number>} */
  const known = new Map()
  /** @param {number} colour */
  return (colour) => {
    const before = known.get(colour)
    if (before !== undefined) return before
    let best = 0
    for (let at = 1; at < palette.length; at++) {
      if (distance(colour, palette[at] ?? 0) < distance(colour, palette[best] ?? 0)) best = at
    }
    known.set(colour, best)
    return best
  }
}

/** @param {number} one @param {number} other */
function distance(one, other) {
  const red = (one >> 16) - (other >> 16)
  const green = ((one >> 8) & 0xff) - ((other >> 8) & 0xff)
  const blue = (one & 0xff) - (other & 0xff)
  return red * red + green * green + blue * blue
}

/** @param {string} type @param {Buffer} body */
function chunk(type, body) {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const out = Buffer.alloc(body.length + 12)
  out.writeUInt32BE(body.length, 0)
  named.copy(out, 4)
  out.writeUInt32BE(crc32(named), body.length + 8)
  return out
}
