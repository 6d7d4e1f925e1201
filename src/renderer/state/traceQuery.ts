import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * What narrows the list of traces by their spans, in the filter language of spans. Written by the menu of a span's
 * values and by the search row of the traces; read by that row. Span fields are no event fields, so the filter of the
 * window cannot say this.
 */
export interface TraceQueryState {
  /** A trace is listed if one of its spans matches; empty lists all. */
  readonly spans: string
  setSpans(spans: string): void
}

export type TraceQueryStore = StoreApi<TraceQueryState>

export function createTraceQueryStore(): TraceQueryStore {
  return createStore<TraceQueryState>()((set) => ({ spans: '', setSpans: (spans) => set({ spans: spans.trim() }) }))
}
