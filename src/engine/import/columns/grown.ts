/** Room that a column starts with where nothing is known yet; most files are small. */
export const firstRows = 64

/** A copy of twice the size. */
export function grown<T extends Uint8Array | Uint32Array | Float64Array | BigUint64Array>(old: T): T
export function grown(old: Uint8Array | Uint32Array | Float64Array | BigUint64Array) {
  const size = old.length * 2
  if (old instanceof BigUint64Array) {
    const larger = new BigUint64Array(size)
    larger.set(old)
    return larger
  }
  const larger =
    old instanceof Float64Array
      ? new Float64Array(size)
      : old instanceof Uint32Array
        ? new Uint32Array(size)
        : new Uint8Array(size)
  larger.set(old)
  return larger
}
