/** What `# TYPE`, `# HELP` and `# UNIT` say of a metric family, and which family a sample belongs to. */
import type { MetricSeriesRow } from '../../db/rows'
import type { MetaLine } from './line'

type Kind = MetricSeriesRow['kind']

export interface Family {
  readonly kind: Kind
  readonly help: string
  readonly unit: string
}

const kinds: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['counter', 'counter'],
  ['gauge', 'gauge'],
  ['histogram', 'histogram'],
  ['gaugehistogram', 'gauge_histogram'],
  ['summary', 'summary'],
  ['info', 'info'],
  ['stateset', 'state_set'],
])

/** What a sample's name has behind its family's, by the family's kind. */
const suffixes: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  counter: ['_total'],
  histogram: ['_bucket', '_sum', '_count'],
  gauge_histogram: ['_bucket', '_gsum', '_gcount'],
  summary: ['_sum', '_count'],
  info: ['_info'],
}

const created = '_created'
/** Families stand together; this bounds what a hostile file can fill. */
const maxFamilies = 50_000
const none: Family = { kind: 'unknown', help: '', unit: '' }

export class Families {
  readonly #families = new Map<string, Family>()

  note({ what, family, text }: MetaLine): void {
    if (this.#families.size >= maxFamilies) this.#families.clear()
    const known = this.#families.get(family) ?? none
    if (what === 'TYPE')
      this.#families.set(family, { ...known, kind: kinds.get(text.trim().toLowerCase()) ?? 'unknown' })
    else if (what === 'UNIT') this.#families.set(family, { ...known, unit: text.trim() })
    else this.#families.set(family, { ...known, help: text.replace(/\\n/g, '\n').replace(/\\\\/g, '\\') })
  }

  of(sample: string): Family {
    const own = this.#families.get(sample)
    if (own !== undefined) return own
    const cut = sample.lastIndexOf('_')
    const family = cut > 0 ? this.#families.get(sample.slice(0, cut)) : undefined
    if (family === undefined) return none
    const suffix = sample.slice(cut)
    // When a counter began is a time, no count.
    if (suffix === created) return { ...family, kind: 'unknown', unit: '' }
    return suffixes[family.kind]?.includes(suffix) === true ? family : none
  }
}
