/** Lists of address ranges as clouds publish them, and plain ones that an analyst writes. */
import { AppError } from '../../common/errors'
import { at, isObject, type JsonValue, list, textAt } from '../../common/json'
import { named, refused } from './rangeEntry'
import type { NamedRange } from './rangeIndex'
import { plainRanges } from './rangeText'

export const rangeKinds = ['aws', 'gcp', 'azure', 'cloudflare', 'csv'] as const
export type RangeKind = (typeof rangeKinds)[number]

export interface RangeFile {
  readonly kind: RangeKind
  readonly ranges: readonly NamedRange[]
}

export const MAX_RANGES = 1_000_000
/** The largest published list (Azure) has about 8 MB. */
export const MAX_RANGE_FILE_BYTES = 64 * 2 ** 20

/** Errors: `input.refused`, where the text is none of the lists or a line of it is no network. */
export function readRangeFile(content: string, fileName: string): RangeFile {
  const body = content.replace(/^\uFEFF/, '')
  const file: RangeFile = /^\s*[{[]/.test(body) ? published(parse(body)) : plainRanges(body, fileName)
  if (file.ranges.length === 0) throw refused('There is no address range in it.')
  if (file.ranges.length > MAX_RANGES) throw refused(`It lists more than ${MAX_RANGES} ranges.`)
  return file
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (cause) {
    throw new AppError('input.refused', 'The list of ranges is JSON that ends early or is damaged.', {}, { cause })
  }
}

function published(value: unknown): RangeFile {
  const prefixes = list(at(value, 'prefixes'))
  if (prefixes.some((item) => textAt(item, 'ip_prefix') !== undefined))
    return { kind: 'aws', ranges: [...prefixes, ...list(at(value, 'ipv6_prefixes'))].map(awsRange) }
  if (prefixes.some((item) => textAt(item, 'ipv4Prefix') ?? textAt(item, 'ipv6Prefix')))
    return { kind: 'gcp', ranges: prefixes.map(gcpRange) }
  const tags = list(at(value, 'values'))
  if (tags.some((tag) => isObject(at(tag, 'properties')))) return { kind: 'azure', ranges: tags.flatMap(azureRanges) }
  const cloudflare = [...list(at(value, 'result', 'ipv4_cidrs')), ...list(at(value, 'result', 'ipv6_cidrs'))]
  if (cloudflare.length > 0)
    return { kind: 'cloudflare', ranges: cloudflare.map((cidr) => named(cidr, { provider: 'Cloudflare' })) }
  throw refused(
    'It is none of the lists that are read: AWS, Google Cloud, Azure, Cloudflare, or lines “network,label”.',
  )
}

function awsRange(item: JsonValue): NamedRange {
  return named(at(item, 'ip_prefix') ?? at(item, 'ipv6_prefix'), {
    provider: 'AWS',
    service: textAt(item, 'service'),
    region: textAt(item, 'region'),
  })
}

/** `goog.json` names neither service nor scope: addresses of Google itself, its customers' included. */
function gcpRange(item: JsonValue): NamedRange {
  const service = textAt(item, 'service')
  return named(at(item, 'ipv4Prefix') ?? at(item, 'ipv6Prefix'), {
    provider: service === undefined ? 'Google' : 'Google Cloud',
    service,
    region: textAt(item, 'scope'),
  })
}

function azureRanges(tag: JsonValue): NamedRange[] {
  const properties = at(tag, 'properties')
  const service = textAt(properties, 'systemService') ?? textAt(tag, 'name')?.split('.')[0]
  const facts = { provider: 'Azure', service, region: textAt(properties, 'region') }
  return list(at(properties, 'addressPrefixes')).map((cidr) => named(cidr, facts))
}
