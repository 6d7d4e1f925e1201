/** IP addresses and networks as ranges of 128-bit numbers; IPv4 stands at ::ffff:a.b.c.d, as in `src_ip_hi/lo`. */
import ipaddr from 'ipaddr.js'

/** Inclusive. */
export interface AddressRange {
  readonly low: bigint
  readonly high: bigint
}

const mask64 = (1n << 64n) - 1n

/** An address or `address/prefix`; undefined where the text is neither. Host bits below the prefix are ignored. */
export function parseAddressRange(text: string): AddressRange | undefined {
  const slash = text.indexOf('/')
  const address = slash === -1 ? text : text.slice(0, slash)
  const isV4 = ipaddr.IPv4.isValidFourPartDecimal(address)
  if (!isV4 && !(address.includes(':') && ipaddr.IPv6.isValid(address))) return undefined
  const bytes = isV4
    ? [...new Array<number>(10).fill(0), 255, 255, ...ipaddr.IPv4.parse(address).toByteArray()]
    : ipaddr.IPv6.parse(address).toByteArray()
  const value = bytes.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  if (slash === -1) return { low: value, high: value }
  const prefixText = text.slice(slash + 1)
  if (!/^\d{1,3}$/.test(prefixText)) return undefined
  const prefix = Number(prefixText) + (isV4 ? 96 : 0)
  if (prefix > 128) return undefined
  const hostMask = (1n << BigInt(128 - prefix)) - 1n
  return { low: value & ~hostMask, high: value | hostMask }
}

export function halves(value: bigint): { readonly hi: bigint; readonly lo: bigint } {
  return { hi: value >> 64n, lo: value & mask64 }
}
