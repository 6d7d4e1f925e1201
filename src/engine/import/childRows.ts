/** Rows that follow another row of their batch: events and links of spans, series of metric points. */
import type { TableName } from './tables'

/** Rows with children, by their table: which are kept. */
type KeptParents = Readonly<Record<'span' | 'metric_point', Uint8Array>>

export function keptParentsOf(kept: KeptParents, name: TableName): Uint8Array | undefined {
  return name === 'span' || name === 'metric_point' ? kept[name] : undefined
}

export function childrenOf(owner: Uint32Array, keptRows: Uint8Array | undefined): Uint32Array {
  return Uint32Array.from(owner.keys()).filter((row) => keptRows?.[owner[row] ?? 0] === 1)
}
