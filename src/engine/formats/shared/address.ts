import ipaddr from 'ipaddr.js'
import { memo } from './memo'

/**
 * Canonical text of an address: dotted decimal for IPv4 and for IPv4 mapped into IPv6, RFC 5952 for IPv6; brackets
 * and zone ids are taken off. Anything else gives undefined, also octets with leading zeros: readers disagree whether
 * `010` is 8 or 10, and a guess would move an event to another machine.
 */
export const canonicalIp = memo((value): string | undefined => {
  if (isPlainIpv4(value)) return value
  const parsed = parseIp(value)
  if (parsed === undefined) return undefined
  return parsed.kind() === 'ipv4' ? parsed.toString() : asIpv6(parsed).toRFC5952String()
})

/**
 * True for an address that is routed on the public internet, and for those of documentation, which stand for such ones in
 * examples, exercises and anonymised exports; false for private, local, reserved and no address.
 */
export const isPublicIp = memo((value): boolean => {
  const address = parseIp(value)
  return address !== undefined && (address.range() === 'unicast' || standsForPublic(address))
})

/** RFC 5737, RFC 3849 and RFC 9637. */
const documentation = ['192.0.2.0/24', '198.51.100.0/24', '203.0.113.0/24', '2001:db8::/32', '3fff::/20'].map(
  (network) => ipaddr.parseCIDR(network),
)

const standsForPublic = (address: ipaddr.IPv4 | ipaddr.IPv6) =>
  documentation.some(([network, bits]) => network.kind() === address.kind() && address.match(network, bits))

/**
 * Splits `ip:port`, `[ipv6]:port`, and a bare address. The host part is not checked, so it may be a name;
 * `port` is left out where there is none or it does not fit 16 bits.
 */
export function splitHostPort(value: string): { readonly host: string; readonly port?: number } {
  const bracketed = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(value)
  if (bracketed !== null) return withPort(bracketed[1] ?? '', bracketed[2])
  const colon = value.lastIndexOf(':')
  const single = colon > 0 && value.indexOf(':') === colon
  if (!single) return { host: value }
  const port = value.slice(colon + 1)
  return /^\d{1,5}$/.test(port) ? withPort(value.slice(0, colon), port) : { host: value }
}

function withPort(host: string, port: string | undefined): { readonly host: string; readonly port?: number } {
  const number = port === undefined ? Number.NaN : Number(port)
  return number >= 0 && number <= 65_535 ? { host, port: number } : { host }
}

function parseIp(value: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  const text = value.trim().replace(/^\[(.*)\]$/, '$1')
  // The longest IPv6 text has 45 characters; a zone id adds a name.
  if (text.length > 100) return undefined
  if (ipaddr.IPv4.isValidFourPartDecimal(text)) return ipaddr.IPv4.parse(text)
  const bare = text.replace(/%.*$/s, '')
  if (!bare.includes(':') || !ipaddr.IPv6.isValid(bare)) return undefined
  const parsed = ipaddr.IPv6.parse(bare)
  return parsed.isIPv4MappedAddress() ? parsed.toIPv4Address() : parsed
}

/** Dotted decimal as it is written canonically: four numbers up to 255 without leading zeros. */
function isPlainIpv4(value: string): boolean {
  if (value.length > 15) return false
  let parts = 1
  let digits = 0
  let number = 0
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    if (code === 0x2e) {
      if (digits === 0) return false
      parts++
      digits = 0
      number = 0
    } else if (code >= 0x30 && code <= 0x39) {
      if (digits > 0 && number === 0) return false
      number = number * 10 + code - 0x30
      digits++
      if (number > 255) return false
    } else return false
  }
  return parts === 4 && digits > 0
}

function asIpv6(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv6 {
  return address instanceof ipaddr.IPv6 ? address : address.toIPv4MappedAddress()
}
