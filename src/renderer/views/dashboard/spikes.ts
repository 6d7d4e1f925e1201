/**
 * Spikes: buckets that hold far more than the rest lets expect. The usual level is the mean of the calmer nine tenths,
 * so that a spike does not hide itself; above it, counts are taken as scattering like those of a Poisson process.
 */
export interface Spike {
  readonly from: number
  /** First bucket behind the spike. */
  readonly to: number
  readonly count: number
  /** What so many buckets hold usually. */
  readonly usual: number
}

const leastCount = 5
const sigmas = 5

export function findSpikes(counts: readonly number[]): readonly Spike[] {
  if (counts.length < 8) return []
  const calm = [...counts].sort((a, b) => a - b).slice(0, Math.ceil(counts.length * 0.9))
  const usual = calm.reduce((sum, count) => sum + count, 0) / calm.length
  const limit = Math.max(leastCount, usual + sigmas * Math.sqrt(Math.max(usual, 0.5)))
  const spikes: Spike[] = []
  for (let from = 0; from < counts.length; from++) {
    if ((counts[from] ?? 0) < limit) continue
    let to = from
    let count = 0
    for (; to < counts.length && (counts[to] ?? 0) >= limit; to++) count += counts[to] ?? 0
    spikes.push({ from, to, count, usual: usual * (to - from) })
    from = to
  }
  return spikes.sort((a, b) => b.count - b.usual - (a.count - a.usual) || a.from - b.from)
}
