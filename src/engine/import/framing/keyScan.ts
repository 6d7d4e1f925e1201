import { Backslash, Lf, Quote } from './jsonBytes'

/**
 * The closing quote of a key that opens at `start`, as an index; `-1` where the bytes end before it. `lines`: a line end
 * inside the key breaks it off, and is what is found.
 */
export function endOfKey(bytes: Uint8Array, start: number, lines: boolean): number {
  for (let at = start + 1; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === Quote || (byte === Lf && lines)) return at
    if (byte === Backslash) at++
  }
  return -1
}
