import type { Frame } from './frame'

/** A record of a JSON member, with where a layout found it. */
export interface JsonFrame extends Frame {
  readonly layout: string | undefined
  /** No white space stands between the tokens of the record. */
  readonly compact: boolean
  /** Text of the context values by their last path element; innermost wins. */
  readonly context: ReadonlyMap<string, string>
}
