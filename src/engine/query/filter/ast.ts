/** The parsed filter. Positions are 0-based offsets in UTF-16 units into the filter text; `end` is exclusive. */
export interface Place {
  readonly start: number
  readonly end: number
}

/** A piece of a value: literal text, or a wildcard (`*` any run, `?` exactly one character). */
export type Piece = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'any' | 'one' }

export type Bound = {
  readonly place: Place
  /** Undefined: open (`*`). */
  readonly text: string | undefined
  readonly inclusive: boolean
}

export type Operand =
  | { readonly kind: 'word'; readonly pieces: readonly Piece[]; readonly quoted: boolean; readonly place: Place }
  | { readonly kind: 'regex'; readonly pattern: string; readonly place: Place }
  | { readonly kind: 'range'; readonly low: Bound; readonly high: Bound; readonly place: Place }

/** A field as written: `raw."a.b".c` has the segments `raw`, `a.b`, `c`. */
export interface FieldName {
  readonly segments: readonly string[]
  readonly text: string
  readonly place: Place
}

export type Node =
  | { readonly kind: 'and' | 'or'; readonly items: readonly Node[]; readonly place: Place }
  | { readonly kind: 'not'; readonly item: Node; readonly place: Place }
  | {
      readonly kind: 'match'
      readonly field: FieldName | undefined
      readonly operand: Operand
      readonly place: Place
    }

/** The literal text of a word; undefined where it has wildcards. */
export function literalOf(pieces: readonly Piece[]): string | undefined {
  let text = ''
  for (const piece of pieces) {
    if (piece.kind !== 'text') return undefined
    text += piece.text
  }
  return text
}
