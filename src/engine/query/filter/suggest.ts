import { editDistance } from '../../text/editDistance'

const maxDistance = 4

/** The known name that is nearest to `name` by edit distance, or null where none is near enough to be meant. */
export function nearest(name: string, known: readonly string[]): string | null {
  const wanted = name.toLowerCase().slice(0, 64)
  let best: string | null = null
  let bestDistance = Math.min(maxDistance, Math.ceil(wanted.length / 2)) + 1
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate, bestDistance)
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}
