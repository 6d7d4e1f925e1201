/**
 * Lines of places that are told after their bytes, or those behind them, were looked at. A window counts lines in rising
 * order only, so a place is marked while it is passed.
 */
import type { Window } from './frame'

interface Mark {
  readonly offset: number
  readonly line: number
}

const nowhere: Mark = { offset: -1, line: 0 }

export class LineMarks {
  readonly #window: Window
  readonly #marks: Record<'document' | 'value' | 'end', Mark> = { document: nowhere, value: nowhere, end: nowhere }

  constructor(window: Window) {
    this.#window = window
  }

  set(what: 'document' | 'value' | 'end', offset: number): void {
    if (this.#marks[what].offset !== offset) this.#marks[what] = { offset, line: this.#window.lineOf(offset) }
  }

  lineOf(offset: number): number {
    const { document, value, end } = this.#marks
    return [document, value, end].find((mark) => mark.offset === offset)?.line ?? this.#window.lineOf(offset)
  }
}
