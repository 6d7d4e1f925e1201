import { createStore, type StoreApi } from 'zustand/vanilla'
import { isObject, get as own } from '../../common/json'
import { readStored, type TextStorage, writeStored } from './persisted'

/**
 * Which view is in front, the panes of each case, and the columns of tables. Written by the dock, the tables and
 * `showView`; the dock follows `requested`. Panes are remembered per case id on this machine.
 */
export interface LayoutState {
  /** The view in front, as the dock reports it. */
  readonly activeView: string | null
  /** A wish to bring a view to the front; `serial` makes the same wish twice two wishes. */
  readonly requested: ViewWish | null
  /** What is seen: the view of the main pane, and those of the other panes. */
  readonly fronts: Fronts
  setActiveView(viewId: string | null): void
  setFronts(fronts: Fronts): void
  showView(viewId: string, where?: ViewWish['where']): void
  /** The serialised panes of a case, or null. Unchecked JSON: the dock rejects what it does not know. */
  panes(caseId: string): unknown
  savePanes(caseId: string, panes: unknown): void
  forgetPanes(caseId: string): void
  /** Whether the rail of the case shows icons only. */
  railFolded(caseId: string): boolean
  foldRail(caseId: string, folded: boolean): void
  columns(tableId: string): readonly ColumnChoice[] | null
  saveColumns(tableId: string, columns: readonly ColumnChoice[]): void
}

export interface ViewWish {
  readonly viewId: string
  readonly serial: number
  /** `beside`: in a pane of its own. */
  readonly where: 'here' | 'beside'
}

export interface Fronts {
  readonly front: string | null
  readonly beside: readonly string[]
}

export interface ColumnChoice {
  readonly id: string
  readonly widthPx: number
}

export type LayoutStore = StoreApi<LayoutState>

const panesKey = (caseId: string) => `crosstrail.panes.${caseId}`
const railKey = (caseId: string) => `crosstrail.rail.${caseId}`
const columnsKey = (tableId: string) => `crosstrail.columns.${tableId}`

function checkColumns(value: unknown): readonly ColumnChoice[] | null {
  if (!Array.isArray(value)) return null
  const columns: ColumnChoice[] = []
  for (const item of value) {
    const id = own(item, 'id')
    const widthPx = own(item, 'widthPx')
    if (typeof id !== 'string' || typeof widthPx !== 'number' || !(widthPx >= 24 && widthPx <= 2_000)) return null
    columns.push({ id, widthPx })
  }
  return columns.length === 0 ? null : columns
}

export function createLayoutStore(storage?: TextStorage): LayoutStore {
  return createStore<LayoutState>()((set, get) => ({
    activeView: null,
    requested: null,
    fronts: { front: null, beside: [] },
    setActiveView: (activeView) => set({ activeView }),
    setFronts: (fronts) => set({ fronts }),
    showView: (viewId, where = 'here') =>
      set({ requested: { viewId, where, serial: (get().requested?.serial ?? 0) + 1 } }),
    panes: (caseId) => readStored(storage, panesKey(caseId), (value) => (isObject(value) ? value : null)),
    savePanes: (caseId, panes) => writeStored(storage, panesKey(caseId), panes),
    forgetPanes: (caseId) => {
      try {
        storage?.removeItem(panesKey(caseId))
      } catch {
        // Forbidden storage held nothing to forget.
      }
    },
    railFolded: (caseId) => readStored(storage, railKey(caseId), (value) => value === true),
    foldRail: (caseId, folded) => writeStored(storage, railKey(caseId), folded),
    columns: (tableId) => readStored(storage, columnsKey(tableId), checkColumns),
    saveColumns: (tableId, columns) => writeStored(storage, columnsKey(tableId), columns),
  }))
}
