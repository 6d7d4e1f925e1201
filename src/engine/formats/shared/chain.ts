import type { ChainHop } from '../../db/rows'

/** Drops a hop that says the same identity as the hop before it, and hops that name nobody. */
export function collapseChain(hops: readonly ChainHop[]): ChainHop[] | undefined {
  const kept: ChainHop[] = []
  for (const hop of hops) {
    if (hop.id === undefined && hop.name === undefined) continue
    const last = kept.at(-1)
    if (last !== undefined && sameIdentity(last, hop)) continue
    kept.push(hop)
  }
  return kept.length === 0 ? undefined : kept
}

function sameIdentity(a: ChainHop, b: ChainHop): boolean {
  return a.id === undefined || b.id === undefined ? a.name === b.name && a.id === b.id : a.id === b.id
}
