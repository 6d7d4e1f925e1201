/** Columns as they travel from the parsing threads: flat buffers that can be transferred. */
export interface TextColumn {
  readonly wire: 'text'
  /** Entry k is `bytes[ends[k] .. ends[k + 1]]`. */
  readonly bytes: Uint8Array
  readonly ends: Uint32Array
  /** Per row: 0 is null, code k is entry k - 1. */
  readonly codes: Uint32Array
}

export interface NumberColumn {
  readonly wire: 'i64' | 'u64' | 'f64' | 'bool'
  readonly values: BigUint64Array | Float64Array | Uint8Array
  /** Per row: 1 where there is a value. */
  readonly valid: Uint8Array
}

/** Row r holds the items `starts[r]` to `starts[r + 1]` of the children; none is null. */
export interface ListColumn {
  readonly wire: 'list'
  readonly starts: Uint32Array
  /** One column of texts for each field of the struct, or one for a list of texts. */
  readonly children: readonly (TextColumn | NullColumn)[]
}

export interface NullColumn {
  readonly wire: 'null'
}

export type AppendColumn = NullColumn | TextColumn | NumberColumn | ListColumn

/** Types of table columns that can be appended to. */
export type ScalarType =
  | 'VARCHAR'
  | 'BIGINT'
  | 'UBIGINT'
  | 'UINTEGER'
  | 'USMALLINT'
  | 'DOUBLE'
  | 'BOOLEAN'
  | 'TIMESTAMP'

export type AppendTarget =
  | { readonly type: ScalarType }
  /** A list of texts, or of structs of texts with these fields. */
  | { readonly type: 'LIST'; readonly fields?: readonly string[] }
