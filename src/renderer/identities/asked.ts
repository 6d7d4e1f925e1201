import { createStore } from 'zustand/vanilla'

/** Whose other keys are asked for: the dialog is open while there is one. Written by menus and the inspector, read by the dialog. */
export interface AskedState {
  readonly actorKey: string | null
  ask(actorKey: string): void
  close(): void
}

export const asked = createStore<AskedState>()((set) => ({
  actorKey: null,
  ask: (actorKey) => set({ actorKey }),
  close: () => set({ actorKey: null }),
}))
