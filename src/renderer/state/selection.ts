import { createStore, type StoreApi } from 'zustand/vanilla'
import type { CoverageCell } from '../../contract/analyses'

/**
 * What the analyst picked, and what lights up because it is linked to it.
 * Written by every view through `pick…` and by `useLitSync` (lit); read by every view. Views talk only through here.
 */
export type Focus = 'event' | 'trace' | 'span' | 'node' | 'edge'

export interface GraphEdgeRef {
  readonly source: string
  readonly target: string
}

/** Ids that are linked to the selection. `spans` holds `spanKey(traceId, spanId)`. */
export interface Lit {
  readonly events: ReadonlySet<string>
  readonly spans: ReadonlySet<string>
  readonly traces: ReadonlySet<string>
}

export interface SelectionState {
  /** Which of the fields below was picked last; null when nothing is selected. */
  readonly focus: Focus | null
  readonly eventId: string | null
  readonly traceId: string | null
  readonly spanId: string | null
  readonly nodeId: string | null
  readonly edge: GraphEdgeRef | null
  readonly lit: Lit
  /** Events chosen in the table to act on all at once; empty where only the picked one is meant. */
  readonly chosen: ReadonlySet<string>
  /** The cell of the coverage map that a conclusion rests on, or that was chosen there. */
  readonly cell: CoverageCell | null
  pickCell(cell: CoverageCell | null): void
  pickEvent(eventId: string): void
  choose(eventIds: ReadonlySet<string>): void
  /** Opens a trace without a span. */
  pickTrace(traceId: string): void
  pickSpan(traceId: string, spanId: string): void
  pickNode(nodeId: string): void
  pickEdge(source: string, target: string): void
  setLit(lit: Lit): void
  clear(): void
}

export type SelectionStore = StoreApi<SelectionState>

export const noEvents: ReadonlySet<string> = new Set()
export const noLit: Lit = { events: new Set(), spans: new Set(), traces: new Set() }

export function spanKey(traceId: string, spanId: string): string {
  return `${traceId}/${spanId}`
}

/**
 * Picking an event keeps the open trace (so that a trace stays in view while its events are read), and picking a span
 * keeps the event; only `focus` says which one the inspector and the lighting follow.
 */
export function createSelectionStore(): SelectionStore {
  return createStore<SelectionState>()((set) => ({
    focus: null,
    eventId: null,
    traceId: null,
    spanId: null,
    nodeId: null,
    edge: null,
    lit: noLit,
    cell: null,
    chosen: noEvents,
    pickCell: (cell) => set({ cell }),
    // An event picked elsewhere ends a choice of several that it is not part of.
    pickEvent: (eventId) =>
      set(({ chosen }) => ({ focus: 'event', eventId, chosen: chosen.has(eventId) ? chosen : noEvents })),
    choose: (chosen) => set({ chosen }),
    pickTrace: (traceId) => set({ focus: 'trace', traceId, spanId: null }),
    pickSpan: (traceId, spanId) => set({ focus: 'span', traceId, spanId }),
    pickNode: (nodeId) => set({ focus: 'node', nodeId, edge: null }),
    pickEdge: (source, target) => set({ focus: 'edge', nodeId: null, edge: { source, target } }),
    setLit: (lit) => set({ lit }),
    clear: () =>
      set({
        focus: null,
        eventId: null,
        traceId: null,
        spanId: null,
        nodeId: null,
        edge: null,
        lit: noLit,
        cell: null,
        chosen: noEvents,
      }),
  }))
}
