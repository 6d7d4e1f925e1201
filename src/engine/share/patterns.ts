/** What is sensitive by its form alone, wherever it stands. */
import ipaddr from 'ipaddr.js'
import type { RedactedKind } from '../../contract/share'
import { canonicalIp } from '../formats/shared/address'

export interface Found {
  readonly kind: RedactedKind
  readonly value: string
  readonly start: number
}

interface Pattern {
  readonly kind: RedactedKind
  readonly pattern: RegExp
  readonly accept?: (value: string) => boolean
}

/** The group `v`, or the whole match, is the value. All are linear: no nested repetition. */
const patterns: readonly Pattern[] = [
  {
    kind: 'secrets',
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[^-]{0,20000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g,
  },
  {
    kind: 'secrets',
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ASIA|AIDA|AROA|AGPA|ANPA|ANVA|AIPA|ABIA|ACCA)[A-Z0-9]{12,124}(?![A-Za-z0-9])/g,
  },
  { kind: 'secrets', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]*/g },
  {
    kind: 'secrets',
    pattern:
      /(?<![A-Za-z0-9])(?:gh[opsru]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[A-Za-z0-9_-]{16,64}|xox[abeoprs]-[A-Za-z0-9-]{8,255}|[rs]k_(?:live|test)_[A-Za-z0-9]{8,255}|AIza[A-Za-z0-9_-]{30,45}|ya29\.[A-Za-z0-9_-]{10,2000}|SG\.[A-Za-z0-9_-]{10,64}\.[A-Za-z0-9_-]{10,64}|npm_[A-Za-z0-9]{20,64}|hv[bs]\.[A-Za-z0-9_-]{20,255}|ops_[A-Za-z0-9_-]{40,2000})/g,
  },
  { kind: 'secrets', pattern: /(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-nistp\d{3}) (?<v>AAAA[A-Za-z0-9+/=]{20,10000})/g },
  {
    kind: 'secrets',
    pattern: /(?<![A-Za-z])(?:Bearer|Basic|Negotiate|Digest) (?<v>[A-Za-z0-9+/_.~=-]{6,8000})/gi,
    accept: hasDigitOrSize,
  },
  {
    kind: 'secrets',
    pattern:
      /(?:password|passwd|passphrase|pwd|secret|api[_-]?key|access[_-]?key|token|sig|signature|x-amz-(?:signature|credential|security-token)|accountkey|sessionid|session_token)(?:=|%3D)(?<v>[^\s&;,'"<>)\]}]{4,8000})/gi,
  },
  {
    kind: 'secrets',
    pattern: /(?:password|identified by|passphrase|secret)\s{1,4}(?:to\s{1,4})?'(?<v>(?:[^'\r\n]|''){4,1000})'/gi,
  },
  {
    kind: 'secrets',
    pattern:
      /(?<![A-Za-z])(?:password|passwd|passphrase|api[ _-]?key|secret[ _-]?key)(?: is| was)?: ?(?<v>[^\s,;"']{4,200})/gi,
  },
  { kind: 'secrets', pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"']{0,100}:(?<v>[^\s/@"']{1,200})@/gi },
  { kind: 'persons', pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/(?<v>[^\s/:@"']{2,100})(?::[^\s/@"']{1,200})?@/gi },
  {
    kind: 'persons',
    pattern: /(?<![A-Za-z])arn:aws[a-z-]{0,10}:iam::\d{12}:user\/(?:[\w+=,.@-]{1,64}\/){0,8}(?<v>[\w+=,.@-]{2,64})/g,
  },
  {
    kind: 'mail',
    pattern:
      /(?<![\p{L}\p{N}._%+'-]|:\/\/[^\s/@]{0,100})[\p{L}\p{N}._%+'-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}[\p{L}][\p{L}\p{N}-]{1,62}/gu,
  },
  { kind: 'accounts', pattern: /(?<![A-Za-z])arn:aws[a-z-]{0,10}:[a-z0-9-]{0,40}:[a-z0-9-]{0,30}:(?<v>\d{12}):/g },
  {
    kind: 'addresses',
    pattern: /(?<![\d]|\d\.)\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/g,
    accept: isSensitiveAddress,
  },
  {
    kind: 'addresses',
    pattern: /(?<![0-9A-Za-z_:.])[0-9A-Fa-f:]{2,39}(?![0-9A-Za-z_:]|\.\d)/g,
    accept: isSensitiveAddress,
  },
  {
    kind: 'hosts',
    pattern:
      /[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^\s/@"']{1,200}@)?(?<v>(?:[\p{L}\p{N}_-]{1,63}\.){1,8}[\p{L}][\p{L}\p{N}-]{1,62})/giu,
  },
  { kind: 'hosts', pattern: /(?<![\p{L}\p{N}.-])ip-\d{1,3}-\d{1,3}-\d{1,3}-\d{1,3}(?:\.[a-z0-9-]{1,63}){0,8}/giu },
]

function hasDigitOrSize(value: string): boolean {
  return value.length >= 12 || /\d/.test(value)
}

/** Addresses that are the same everywhere say nothing of anybody. */
const everywhere = new Set(['0.0.0.0', '255.255.255.255', '169.254.169.254', '::', '::1'])

export function isSensitiveAddress(value: string): boolean {
  if (value.includes(':') && (value.match(/:/g)?.length ?? 0) < 2) return false
  const address = canonicalIp(value)
  if (address === undefined || everywhere.has(address) || address.startsWith('127.')) return false
  return !address.includes(':') || ipaddr.IPv6.isValid(address)
}

/** Everything of the kinds in the text; matches may overlap. */
export function findByForm(text: string, kinds: ReadonlySet<RedactedKind>): Found[] {
  const found: Found[] = []
  for (const { kind, pattern, accept } of patterns) {
    if (!kinds.has(kind)) continue
    for (const match of text.matchAll(pattern)) {
      const value = match.groups?.v ?? match[0]
      if (accept !== undefined && !accept(value)) continue
      found.push({ kind, value, start: match.index + match[0].lastIndexOf(value) })
    }
  }
  return found
}
