import { createStore, type StoreApi } from 'zustand/vanilla'
import { get as own } from '../../common/json'
import { readStored, type TextStorage, writeStored } from './persisted'

/** How the window looks on this machine. Written by the header and the palette; read everywhere. Kept in local storage. */
export type Theme = 'light' | 'dark' | 'system'
export type TimeZone = 'utc' | 'local'
export type Density = 'compact' | 'comfortable'

export interface Settings {
  readonly theme: Theme
  readonly timeZone: TimeZone
  readonly density: Density
}

export interface SettingsState extends Settings {
  setTheme(theme: Theme): void
  setTimeZone(timeZone: TimeZone): void
  setDensity(density: Density): void
}

export type SettingsStore = StoreApi<SettingsState>

const STORAGE_KEY = 'crosstrail.settings'

function oneOf<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.find((candidate) => candidate === value) ?? fallback
}

function checkSettings(value: unknown): Settings {
  return {
    theme: oneOf(own(value, 'theme'), ['light', 'dark', 'system'], 'system'),
    timeZone: oneOf(own(value, 'timeZone'), ['utc', 'local'], 'utc'),
    density: oneOf(own(value, 'density'), ['compact', 'comfortable'], 'compact'),
  }
}

export function createSettingsStore(storage?: TextStorage): SettingsStore {
  const store = createStore<SettingsState>()((set) => ({
    ...readStored(storage, STORAGE_KEY, checkSettings),
    setTheme: (theme) => set({ theme }),
    setTimeZone: (timeZone) => set({ timeZone }),
    setDensity: (density) => set({ density }),
  }))
  store.subscribe(({ theme, timeZone, density }) => writeStored(storage, STORAGE_KEY, { theme, timeZone, density }))
  return store
}
