/**
 * Reading and writing small settings of this window. Whatever is stored may be old, foreign or damaged, and storage
 * may be forbidden: then the defaults stand and nothing is thrown.
 */
export interface TextStorage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export function readStored<T>(storage: TextStorage | undefined, key: string, check: (value: unknown) => T): T {
  let parsed: unknown
  try {
    const text = storage?.getItem(key)
    parsed = text === null || text === undefined ? undefined : JSON.parse(text)
  } catch {
    parsed = undefined
  }
  return check(parsed)
}

export function writeStored(storage: TextStorage | undefined, key: string, value: unknown): void {
  try {
    storage?.setItem(key, JSON.stringify(value))
  } catch {
    // A full or forbidden storage costs a remembered setting, never the session.
  }
}

/** The window's storage, or undefined where reading it throws (blocked by policy). */
export function windowStorage(): TextStorage | undefined {
  try {
    return globalThis.localStorage
  } catch {
    return undefined
  }
}
