/** FNV-1a over UTF-16 units, 32 bits: the same name gives the same number in every case and on every machine. */
export function stableHash(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at)
    hash = Math.imul(hash, 0x01000193)
  }
  // The low bits of FNV change too little on short names that differ in their last letter; fold the high ones in.
  return (hash ^ (hash >>> 12)) >>> 0
}

/** Which of `size` palette entries a name has. Different names may share one: always write the name as well. */
export function paletteIndex(name: string, size: number): number {
  return size <= 0 ? 0 : stableHash(name) % size
}
