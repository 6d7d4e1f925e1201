import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Scope, TimeWindow } from '../../contract/shared'
import { fieldTerm, hasTerm, withTerm } from './filterText'
import {
  grown,
  movedTo,
  named,
  rootTree,
  type ScopeSnapshot,
  type ScopeTree,
  sameWindow,
  stepBack,
  stepForth,
} from './scopeTree'

/**
 * What narrows every view: filter text and time window, with its history as a tree. Written by the filter box, chips,
 * facets, the timeline's brush and the palette; read by every view through `useScope()`.
 */
export interface ScopeState {
  /** Always a filter that the engine accepted, or empty; half-typed text lives in the filter box. */
  readonly filter: string
  readonly window: TimeWindow | null
  readonly tree: ScopeTree
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Terms that stay when the filter is cleared or replaced by one value; each is in the filter when it is pinned. */
  readonly pinned: readonly string[]
  setFilter(filter: string): void
  /** Half-open, whole microseconds, at least one wide; null shows all times. */
  setWindow(window: TimeWindow | null): void
  set(next: ScopeSnapshot): void
  /** Narrows to one value of a field (null: absent), or excludes it. */
  addTerm(field: string, value: string | number | boolean | null, negated?: boolean): void
  /** Nothing but the pinned terms and this one; the window stays where none is given. */
  only(term: string, window?: TimeWindow | null): void
  /** Nothing but the pinned terms, all times. */
  clear(): void
  /** Nothing but the pinned terms, inside the same window. */
  clearFilter(): void
  togglePin(term: string): void
  undo(): void
  redo(): void
  /** To any step of the tree; an id that is not in it changes nothing. */
  goTo(stepId: number): void
  nameStep(stepId: number, name: string): void
  /** As at the opening of a case: no filter, no history, no pins. */
  reset(): void
}

export type ScopeStore = StoreApi<ScopeState>

export function createScopeStore(initial: ScopeSnapshot = { filter: '', window: null }): ScopeStore {
  return createStore<ScopeState>()((set, get) => {
    const at = (tree: ScopeTree) => {
      const step = tree.steps.get(tree.at)
      if (step === undefined) return
      const { filter, window } = step
      set({ tree, filter, window, canUndo: stepBack(tree) !== undefined, canRedo: stepForth(tree) !== undefined })
    }
    const move = (next: ScopeSnapshot) => {
      const { filter, window, tree, pinned } = get()
      const clean = { filter: next.filter.trim(), window: next.window === null ? null : wholeWindow(next.window) }
      if (clean.filter === filter && sameWindow(clean.window, window)) return
      at(grown(tree, clean))
      // A pinned term that was typed away is no longer meant.
      if (pinned.length > 0) set({ pinned: pinned.filter((term) => hasTerm(clean.filter, term)) })
    }
    const pinnedFilter = () => get().pinned.reduce(withTerm, '')
    const tree = rootTree(initial)
    return {
      ...initial,
      tree,
      canUndo: false,
      canRedo: false,
      pinned: [],
      setFilter: (filter) => move({ filter, window: get().window }),
      setWindow: (window) => move({ filter: get().filter, window }),
      set: move,
      addTerm: (field, value, negated = false) =>
        move({ filter: withTerm(get().filter, fieldTerm(field, value, negated)), window: get().window }),
      only: (term, window = get().window) => move({ filter: withTerm(pinnedFilter(), term), window }),
      clear: () => move({ filter: pinnedFilter(), window: null }),
      clearFilter: () => move({ filter: pinnedFilter(), window: get().window }),
      togglePin: (term) =>
        set(({ pinned }) => ({
          pinned: pinned.includes(term) ? pinned.filter((one) => one !== term) : [...pinned, term],
        })),
      undo: () => at(movedTo(get().tree, stepBack(get().tree)?.id ?? -1)),
      redo: () => at(movedTo(get().tree, stepForth(get().tree)?.id ?? -1)),
      goTo: (stepId) => at(movedTo(get().tree, stepId)),
      nameStep: (stepId, name) => set({ tree: named(get().tree, stepId, name) }),
      reset: () => {
        at(rootTree({ filter: '', window: null }))
        set({ pinned: [] })
      },
    }
  })
}

function wholeWindow(window: TimeWindow): TimeWindow {
  const fromUs = Math.floor(Math.min(window.fromUs, window.toUs))
  const toUs = Math.ceil(Math.max(window.fromUs, window.toUs))
  return { fromUs, toUs: Math.max(toUs, fromUs + 1) }
}

/** The scope as methods take it: no window key when all times are shown. */
export function toScope(snapshot: ScopeSnapshot): Scope {
  return snapshot.window === null ? { filter: snapshot.filter } : { filter: snapshot.filter, window: snapshot.window }
}
