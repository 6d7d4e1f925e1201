/** Records whose context comes after them in the text: held until it is there, within a bound. */
import type { JsonLayout } from '../../formats/types'
import { limits } from '../limits'
import type { JsonFrame } from './jsonFrame'

/** A container that may own context values, by name. */
export interface ContextOwner {
  context: Map<string, string> | undefined
}

interface Held {
  readonly frame: Omit<JsonFrame, 'context' | 'layout'>
  readonly layout: JsonLayout
  readonly owners: readonly ContextOwner[]
}

/** What a held record takes besides its bytes: many tiny ones must not outgrow the heap. */
const heldOverheadBytes = 512

export class HeldRecords {
  readonly #onRecord: (frame: JsonFrame) => void
  #held: Held[] = []
  #bytes = 0
  /** True once records had to be let go before their context was known. */
  over = false

  constructor(onRecord: (frame: JsonFrame) => void) {
    this.#onRecord = onRecord
  }

  /** Keeps a copy of the bytes: those of the frame last only as long as the call. */
  add(frame: Omit<JsonFrame, 'context' | 'layout'>, layout: JsonLayout, owners: readonly ContextOwner[]): void {
    this.#held.push({ frame: { ...frame, bytes: Buffer.from(frame.bytes) }, layout, owners: [...owners] })
    this.#bytes += frame.bytes.length + heldOverheadBytes
    if (this.#bytes <= limits.heldBytes) return
    this.over = true
    this.flush()
  }

  /** A container at this depth is closed: records that wait for none further out are let go. */
  closed(depth: number): void {
    if (this.#held.some(({ layout }) => layout.context.every((path) => depth <= path.length))) this.flush()
  }

  flush(): void {
    const held = this.#held
    this.#held = []
    this.#bytes = 0
    for (const { frame, layout, owners } of held)
      this.#onRecord({ ...frame, layout: layout.id, context: mergeContext(owners) })
  }
}

const noContext: ReadonlyMap<string, string> = new Map()

/** Every value that a layout wants is there. */
export function hasContext(layout: JsonLayout, owners: readonly ContextOwner[]): boolean {
  return layout.context.every((path) => owners.some(({ context }) => context?.has(path.at(-1) ?? '') === true))
}

/** Context values by name; those of the innermost owner win. */
export function mergeContext(owners: readonly ContextOwner[]): ReadonlyMap<string, string> {
  let merged: Map<string, string> | undefined
  for (const { context } of owners) {
    if (context === undefined) continue
    merged ??= new Map()
    for (const [key, value] of context) merged.set(key, value)
  }
  return merged ?? noContext
}
