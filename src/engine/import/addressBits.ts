import ipaddr from 'ipaddr.js'

export interface AddressBits {
  readonly hi: bigint
  readonly lo: bigint
}

const cache = new Map<string, AddressBits | undefined>()
const cacheSize = 20_000

/** An address as two 64-bit halves, IPv4 as `::ffff:a.b.c.d`; undefined where the text is no address. */
export function addressBits(text: string): AddressBits | undefined {
  if (cache.has(text)) return cache.get(text)
  if (cache.size >= cacheSize) cache.clear()
  const bits = compute(text)
  cache.set(text, bits)
  return bits
}

const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/
const mappedPrefix = 0xffff_0000_0000n

function compute(text: string): AddressBits | undefined {
  const parts = dotted.exec(text)
  if (parts !== null) {
    const [a = 256, b = 256, c = 256, d = 256] = parts.slice(1).map(Number)
    // Leading zeros are read in two ways; formats hand on canonical texts only.
    if (a < 256 && b < 256 && c < 256 && d < 256 && !/(?:^|\.)0\d/.test(text))
      return { hi: 0n, lo: mappedPrefix + BigInt(((a * 256 + b) * 256 + c) * 256 + d) }
  }
  const plain = text.includes('%') ? text.slice(0, text.indexOf('%')) : text
  if (!ipaddr.isValid(plain)) return undefined
  const parsed = ipaddr.parse(plain)
  const bytes = parsed instanceof ipaddr.IPv4 ? parsed.toIPv4MappedAddress().toByteArray() : parsed.toByteArray()
  const half = (from: number) => bytes.slice(from, from + 8).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n)
  return { hi: half(0), lo: half(8) }
}
