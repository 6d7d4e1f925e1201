import { createStore, type StoreApi } from 'zustand/vanilla'
import { get as own } from '../../common/json'
import { isKnownZone, type TimeZone } from '../text/zoneOffset'
import { readStored, type TextStorage, writeStored } from './persisted'

/** How the window looks on this machine. Written by the header and the palette; read everywhere. Kept in local storage. */
export type Theme = 'light' | 'dark' | 'system'
export type Density = 'compact' | 'comfortable'

export interface Settings {
  readonly theme: Theme
  readonly timeZone: TimeZone
  /** The zone of the tz database that was chosen last, so that one key brings it back. */
  readonly otherZone: `zone:${string}` | null
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
    timeZone: namedZone(own(value, 'timeZone')) ?? oneOf(own(value, 'timeZone'), ['utc', 'local'], 'utc'),
    otherZone: namedZone(own(value, 'otherZone')),
    density: oneOf(own(value, 'density'), ['compact', 'comfortable'], 'compact'),
  }
}

/** A stored zone that this engine knows. */
function namedZone(value: unknown): `zone:${string}` | null {
  if (typeof value !== 'string' || !value.startsWith('zone:')) return null
  const name = value.slice('zone:'.length)
  return isKnownZone(name) ? `zone:${name}` : null
}

/** The zone that follows: UTC, this machine's, the other one where one was chosen, and UTC again. */
export function zoneAfter({ timeZone, otherZone }: Pick<Settings, 'timeZone' | 'otherZone'>): TimeZone {
  if (timeZone === 'utc') return 'local'
  if (timeZone === 'local') return otherZone ?? 'utc'
  return 'utc'
}

export function createSettingsStore(storage?: TextStorage): SettingsStore {
  const store = createStore<SettingsState>()((set) => ({
    ...readStored(storage, STORAGE_KEY, checkSettings),
    setTheme: (theme) => set({ theme }),
    setTimeZone: (timeZone) =>
      set(timeZone === 'utc' || timeZone === 'local' ? { timeZone } : { timeZone, otherZone: timeZone }),
    setDensity: (density) => set({ density }),
  }))
  store.subscribe(({ theme, timeZone, otherZone, density }) =>
    writeStored(storage, STORAGE_KEY, { theme, timeZone, otherZone, density }),
  )
  return store
}
