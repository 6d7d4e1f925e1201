/** What formats and the pipeline put into a cell. A value that the column cannot hold is left out: null. */
export type CellIn = string | number | bigint | boolean | Uint8Array | readonly unknown[] | null | undefined
