import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Scope, TimeWindow } from '../../contract/shared'
import { fieldTerm, withTerm } from './filterText'

/**
 * What narrows every view: filter text and time window, with undo and redo. Written by the filter box, facets, the
 * timeline's brush, chips and the palette; read by every view through `useScope()`.
 */
export interface ScopeState {
  /** Always a filter that the engine accepted, or empty; half-typed text lives in the filter box. */
  readonly filter: string
  readonly window: TimeWindow | null
  readonly past: readonly ScopeSnapshot[]
  readonly future: readonly ScopeSnapshot[]
  setFilter(filter: string): void
  /** Half-open, whole microseconds, at least one wide; null shows all times. */
  setWindow(window: TimeWindow | null): void
  set(next: ScopeSnapshot): void
  /** Narrows to one value of a field (null: absent), or excludes it. */
  addTerm(field: string, value: string | number | boolean | null, negated?: boolean): void
  undo(): void
  redo(): void
  reset(): void
}

export interface ScopeSnapshot {
  readonly filter: string
  readonly window: TimeWindow | null
}

export type ScopeStore = StoreApi<ScopeState>

const HISTORY_STEPS = 200

export function createScopeStore(initial: ScopeSnapshot = { filter: '', window: null }): ScopeStore {
  return createStore<ScopeState>()((set, get) => {
    const move = (next: ScopeSnapshot) => {
      const { filter, window, past } = get()
      const clean = { filter: next.filter.trim(), window: next.window === null ? null : wholeWindow(next.window) }
      if (clean.filter === filter && sameWindow(clean.window, window)) return
      set({ ...clean, past: [...past, { filter, window }].slice(-HISTORY_STEPS), future: [] })
    }
    return {
      filter: initial.filter,
      window: initial.window,
      past: [],
      future: [],
      setFilter: (filter) => move({ filter, window: get().window }),
      setWindow: (window) => move({ filter: get().filter, window }),
      set: move,
      addTerm: (field, value, negated = false) =>
        move({ filter: withTerm(get().filter, fieldTerm(field, value, negated)), window: get().window }),
      undo: () => {
        const { filter, window, past, future } = get()
        const last = past.at(-1)
        if (last === undefined) return
        set({ ...last, past: past.slice(0, -1), future: [{ filter, window }, ...future] })
      },
      redo: () => {
        const { filter, window, past, future } = get()
        const next = future[0]
        if (next === undefined) return
        set({ ...next, past: [...past, { filter, window }], future: future.slice(1) })
      },
      reset: () => set({ filter: '', window: null, past: [], future: [] }),
    }
  })
}

function wholeWindow(window: TimeWindow): TimeWindow {
  const fromUs = Math.floor(Math.min(window.fromUs, window.toUs))
  const toUs = Math.ceil(Math.max(window.fromUs, window.toUs))
  return { fromUs, toUs: Math.max(toUs, fromUs + 1) }
}

export function sameWindow(a: TimeWindow | null, b: TimeWindow | null): boolean {
  if (a === null || b === null) return a === b
  return a.fromUs === b.fromUs && a.toUs === b.toUs
}

/** The scope as methods take it: no window key when all times are shown. */
export function toScope(snapshot: ScopeSnapshot): Scope {
  return snapshot.window === null ? { filter: snapshot.filter } : { filter: snapshot.filter, window: snapshot.window }
}
