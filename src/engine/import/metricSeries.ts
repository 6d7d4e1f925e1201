/**
 * Ids of metric series: a hash of what the series is, so that the same series has the same id in every file and on
 * every machine. One per file; read by the record sink.
 */
import type { MetricPointRow, MetricSeriesRow } from '../db/rows'

/** Beyond this the series so far are forgotten: some are then named and sent again, and the writer keeps one of each. */
const maxRemembered = 50_000

export class SeriesIds {
  readonly #hash: (text: string) => bigint
  /** By what the series is, in the order in which this file writes it. */
  readonly #ids = new Map<string, bigint>()
  readonly #sent = new Set<bigint>()

  constructor(hash: (text: string) => bigint) {
    this.#hash = hash
  }

  id(series: MetricSeriesRow): bigint {
    const { name, unit, kind, temporality, monotonic, scope_name, scope_version, attributes, resource } = series
    const plain = [name, unit ?? '', kind, temporality ?? '', monotonic ?? '', scope_name ?? '', scope_version ?? '']
    // JSON holds no bare NUL, so two series never read alike.
    const written = `${JSON.stringify(plain)}\0${attributes}\0${resource ?? ''}`
    const known = this.#ids.get(written)
    if (known !== undefined) return known
    const id = this.#hash(JSON.stringify([...plain, sortedText(attributes), sortedText(resource ?? '{}')]))
    if (this.#ids.size >= maxRemembered) this.#ids.clear()
    this.#ids.set(written, id)
    return id
  }

  /** True where the series has not been sent for this file yet. */
  isFirst(id: bigint): boolean {
    if (this.#sent.has(id)) return false
    if (this.#sent.size >= maxRemembered) this.#sent.clear()
    this.#sent.add(id)
    return true
  }
}

/** A flat object's text with its keys in order: exporters differ in the order of labels. */
function sortedText(text: string): string {
  if (text === '{}') return text
  try {
    const entries = Object.entries(JSON.parse(text))
    return JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
  } catch {
    return text
  }
}

/** What makes two points of one series the same point. */
export function pointContent({ ts, time_ns, start_ns, value, count, sum, details }: MetricPointRow): string {
  return [time_ns ?? ts, start_ns, value, count, sum, details].join('\0')
}
