import xxhash from 'xxhash-wasm'

/** xxHash64 of UTF-8, for event ids and duplicate keys: a text and its bytes give the same. */
export interface Hash64 {
  readonly text: (text: string) => bigint
  readonly bytes: (bytes: Uint8Array) => bigint
}

/** Loaded once per thread. */
export async function loadHash64(): Promise<Hash64> {
  loaded ??= xxhash()
  const { h64, h64Raw } = await loaded
  return { text: (text) => h64(text), bytes: (bytes) => h64Raw(bytes) }
}

let loaded: ReturnType<typeof xxhash> | undefined

/**
 * Rows that are known only by their alternate identity carry `hash(alternate) ^ alternateMark` as key; rows with both
 * carry `hash(alternate)` as `dup_alt`. So each side finds the other with one exclusive or.
 */
export const alternateMark = 0x9e37_79b9_7f4a_7c15n
