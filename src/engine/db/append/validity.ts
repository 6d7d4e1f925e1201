import duckdb from '@duckdb/node-bindings'

/** Bit i of the mask says that row i has a value. */
export function validityMask(rows: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Math.ceil(rows / 64) * 8).fill(0xff)
}

export function setNull(mask: Uint8Array, row: number): void {
  mask[row >> 3] = (mask[row >> 3] ?? 0) & ~(1 << (row & 7))
}

export function applyNulls(vector: duckdb.Vector, mask: Uint8Array<ArrayBuffer>): void {
  duckdb.vector_ensure_validity_writable(vector)
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, mask.byteLength)
}

/** Marks nulls; without `valid` every row is null. */
export function writeNulls(vector: duckdb.Vector, rows: Uint32Array, valid: Uint8Array | undefined): void {
  const mask = validityMask(rows.length)
  if (valid === undefined) mask.fill(0)
  else {
    let any = false
    for (let index = 0; index < rows.length; index++) {
      if (valid[rows[index] ?? 0] === 1) continue
      setNull(mask, index)
      any = true
    }
    if (!any) return
  }
  applyNulls(vector, mask)
}
