import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * Which finding and which incident are being written: what a key adds the selection to, from any view. Written by the
 * lists of the two views and by the acts that add; read by both. An id that the case does not hold means none.
 */
export type FindingsTab = 'findings' | 'thoughts' | 'indicators'

export interface CaseworkState {
  readonly tab: FindingsTab
  readonly findingId: string | null
  readonly incidentId: string | null
  showTab(tab: FindingsTab): void
  pickFinding(id: string | null): void
  pickIncident(id: string | null): void
}

export type CaseworkStore = StoreApi<CaseworkState>

export function createCaseworkStore(): CaseworkStore {
  return createStore<CaseworkState>()((set) => ({
    tab: 'findings',
    findingId: null,
    incidentId: null,
    showTab: (tab) => set({ tab }),
    pickFinding: (findingId) => set({ findingId, tab: 'findings' }),
    pickIncident: (incidentId) => set({ incidentId }),
  }))
}
