import { paletteIndex, stableHash } from './stableHash'

/**
 * A place among colours for each name, no two the same. A name has the palette entry of its hash wherever no other name
 * of the set wants it too, so that its colour stays from case to case; of several that want one, the first by hash has
 * it, and the others take the next that is free. Places from `paletteSize` on are for names beyond the palette.
 */
export function colourSlots(names: Iterable<string>, paletteSize: number): ReadonlyMap<string, number> {
  const all = [...new Set(names)].sort((a, b) => stableHash(a) - stableHash(b) || (a < b ? -1 : 1))
  const slots = new Map<string, number>()
  const taken = new Set<number>()
  const give = (name: string, slot: number) => {
    slots.set(name, slot)
    taken.add(slot)
  }
  for (const name of all) {
    const own = paletteIndex(name, paletteSize)
    if (!taken.has(own)) give(name, own)
  }
  let beyond = paletteSize
  for (const name of all) {
    if (slots.has(name)) continue
    const own = paletteIndex(name, paletteSize)
    const free = Array.from({ length: paletteSize }, (_, step) => (own + step) % paletteSize).find(
      (slot) => !taken.has(slot),
    )
    give(name, free ?? beyond++)
  }
  return slots
}
