import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * What stands in the SQL console and what ran there, for as long as the window is open: queries name values of
 * evidence, so they are not kept on this machine. Written by the console and by “Show the SQL”; read by the console.
 */
export interface ConsoleState {
  readonly text: string
  /** The latest first, each text once. */
  readonly ran: readonly string[]
  setText(text: string): void
  remember(text: string): void
}

export type ConsoleStore = StoreApi<ConsoleState>

const KEPT = 100

export function createConsoleStore(): ConsoleStore {
  return createStore<ConsoleState>()((set) => ({
    text: 'SELECT source, outcome, count(*) AS events\nFROM access_event\nGROUP BY ALL\nORDER BY events DESC, source, outcome',
    ran: [],
    setText: (text) => set({ text }),
    remember: (text) => set(({ ran }) => ({ ran: [text, ...ran.filter((one) => one !== text)].slice(0, KEPT) })),
  }))
}
