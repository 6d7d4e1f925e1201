/** Longer texts are computed anew: few repeat, and they would hold much memory. */
const MAX_KEY_LENGTH = 400
const MAX_ENTRIES = 5_000

/**
 * Remembers a pure function of a text: logs repeat the same few agents, addresses and operations. Forgets all when it
 * is full, which bounds the memory that a hostile file can take.
 */
export function memo<T>(compute: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly value: T }>()
  return (text) => {
    if (text.length > MAX_KEY_LENGTH) return compute(text)
    const hit = known.get(text)
    if (hit !== undefined) return hit.value
    const value = compute(text)
    if (known.size >= MAX_ENTRIES) known.clear()
    known.set(text, { value })
    return value
  }
}
