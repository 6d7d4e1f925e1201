/**
 * Finds any of many texts in one pass (Aho and Corasick, 1975), letters of either case alike. Patterns and text are
 * compared by UTF-16 units; the caller decides what a hit means.
 */
export interface Hit {
  /** Place of the pattern in the list. */
  readonly pattern: number
  readonly start: number
  readonly end: number
}

const UNITS = 65_536
const lowered = new Uint16Array(UNITS)
for (let unit = 0; unit < UNITS; unit++) {
  const lower = String.fromCharCode(unit).toLowerCase()
  lowered[unit] = lower.length === 1 ? lower.charCodeAt(0) : unit
}

export class Automaton {
  /** State and unit to the next state. */
  readonly #next = new Map<number, number>()
  readonly #root = new Int32Array(UNITS)
  readonly #fail: number[] = [0]
  /** The pattern that ends in a state, or -1. */
  readonly #pattern: number[] = [-1]
  /** The nearest state on the way of failures in which a pattern ends, or 0. */
  readonly #shorter: number[] = [0]
  readonly #length: readonly number[]

  constructor(patterns: readonly string[]) {
    this.#length = patterns.map(({ length }) => length)
    const children: [number, number][][] = [[]]
    for (const [at, pattern] of patterns.entries()) {
      let state = 0
      for (let index = 0; index < pattern.length; index++) {
        const unit = lowered[pattern.charCodeAt(index)] ?? 0
        let next = this.#step(state, unit)
        if (next === undefined) {
          next = this.#pattern.length
          this.#pattern.push(-1)
          this.#fail.push(0)
          this.#shorter.push(0)
          children.push([])
          children[state]?.push([unit, next])
          this.#set(state, unit, next)
        }
        state = next
      }
      if (state !== 0 && this.#pattern[state] === -1) this.#pattern[state] = at
    }
    const queue = (children[0] ?? []).map(([, state]) => state)
    for (let at = 0; at < queue.length; at++) {
      const state = queue[at] ?? 0
      for (const [unit, next] of children[state] ?? []) {
        queue.push(next)
        const fail = this.#follow(this.#fail[state] ?? 0, unit)
        this.#fail[next] = fail
        this.#shorter[next] = this.#pattern[fail] === -1 ? (this.#shorter[fail] ?? 0) : fail
      }
    }
  }

  #set(state: number, unit: number, next: number): void {
    if (state === 0) this.#root[unit] = next
    else this.#next.set(state * UNITS + unit, next)
  }

  #step(state: number, unit: number): number | undefined {
    if (state !== 0) return this.#next.get(state * UNITS + unit)
    const next = this.#root[unit] ?? 0
    return next === 0 ? undefined : next
  }

  #follow(from: number, unit: number): number {
    for (let state = from; state !== 0; state = this.#fail[state] ?? 0) {
      const next = this.#next.get(state * UNITS + unit)
      if (next !== undefined) return next
    }
    return this.#root[unit] ?? 0
  }

  /** Every hit, overlapping ones too, in the order of their ends; of those that end together the longest first. */
  *find(text: string): Generator<Hit> {
    let state = 0
    for (let at = 0; at < text.length; at++) {
      state = this.#follow(state, lowered[text.charCodeAt(at)] ?? 0)
      if (state === 0) continue
      for (let found = this.#pattern[state] === -1 ? (this.#shorter[state] ?? 0) : state; found !== 0; ) {
        const pattern = this.#pattern[found] ?? -1
        yield { pattern, start: at + 1 - (this.#length[pattern] ?? 0), end: at + 1 }
        found = this.#shorter[found] ?? 0
      }
    }
  }
}
