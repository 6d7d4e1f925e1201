/** Plain lists: one network a line, alone (as Cloudflare publishes them) or with label, service and region. */
import { splitCsv } from '../import/framing/csv'
import { named, refused } from './rangeEntry'
import type { RangeFile } from './rangeFile'
import type { NamedRange } from './rangeIndex'

/** Words that a first line may begin with where it names the columns. */
const headings = /^\s*"?(?:cidr|network|prefix|range|ip_prefix|subnet)"?\s*(?:,|$)/i

/**
 * `network[,label[,service[,region]]]`; empty lines and lines that begin with # are left. Networks without a label take
 * the name of the file: `ips-v4` and `ips-v6` are what Cloudflare calls its lists. Errors: `input.refused`, naming the line.
 */
export function plainRanges(body: string, fileName: string): RangeFile {
  const cloudflare = /^ips-v[46]\b|cloudflare/i.test(fileName)
  const fallback = cloudflare ? 'Cloudflare' : fileName.replace(/\.[A-Za-z0-9]{1,5}$/, '')
  const ranges: NamedRange[] = []
  let labelled = false
  for (const [index, line] of body.split(/\r\n|\r|\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#') || (index === 0 && headings.test(line))) continue
    if (line.length > 2_000) throw refused(`Line ${index + 1} is too long.`)
    const [cidr = '', label = '', service = '', region = ''] = splitCsv(line).map((cell) => cell.trim())
    labelled ||= label !== ''
    const facts = { provider: label || fallback, service: service || undefined, region: region || undefined }
    ranges.push(named(cidr, facts, `Line ${index + 1}`))
  }
  return { kind: cloudflare && !labelled ? 'cloudflare' : 'csv', ranges }
}
