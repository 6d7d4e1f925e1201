import xxhash from 'xxhash-wasm'

/** xxHash64 of a text's UTF-8, for event ids and duplicate keys. Loaded once per thread. */
export async function loadHash64(): Promise<(text: string) => bigint> {
  loaded ??= xxhash()
  const { h64 } = await loaded
  return h64
}

let loaded: ReturnType<typeof xxhash> | undefined

/**
 * Rows that are known only by their alternate identity carry `hash(alternate) ^ alternateMark` as key; rows with both
 * carry `hash(alternate)` as `dup_alt`. So each side finds the other with one exclusive or.
 */
export const alternateMark = 0x9e37_79b9_7f4a_7c15n
