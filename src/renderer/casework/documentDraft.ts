import { createStore, type StoreApi } from 'zustand/vanilla'
import { isAppError } from '../../common/errors'
import { get as own } from '../../common/json'
import { readStored, type TextStorage, writeStored } from '../state/persisted'

/**
 * A finding, an incident or another document while it is written. It saves itself after a pause; “Saved” is said only
 * after the engine answered. Until then what was typed is in the window's storage too. A change that came from elsewhere
 * to the same field is a conflict: nothing is saved before the analyst chose. One per document and window.
 */
export type SaveStatus = 'clean' | 'unsaved' | 'saving' | 'saved' | 'failed' | 'conflict'

export type ChangeOf<T> = { readonly [K in keyof T]?: T[K] | undefined }

export interface DocumentDraft<T> {
  /** As the engine gave it last. */
  readonly base: T
  /** What is not durable yet. */
  readonly change: ChangeOf<T>
  /** What the editor shows. */
  readonly value: T
  readonly status: SaveStatus
  readonly problem: string | null
  /** Fields that were changed both here and elsewhere. */
  readonly conflicts: readonly string[]
  edit(change: ChangeOf<T>): void
  /** Saves what stands here now; true when all of it is durable. */
  save(): Promise<boolean>
  /** The document as the engine has it now. */
  receive(base: T): void
  /** Ends a conflict: saves what is typed here, or drops it. */
  resolve(side: 'mine' | 'theirs'): void
}

export interface DocumentDraftOptions<T> {
  readonly initial: T
  /** Names the stored copy. */
  readonly storageKey: string
  readonly storage?: TextStorage | undefined
  readonly write: (change: ChangeOf<T>) => Promise<T>
  /** The change in a stored copy, or null where it is none. */
  readonly readChange: (stored: unknown) => ChangeOf<T> | null
  /** Why a change cannot be saved as it stands, such as an empty title. */
  readonly refuse?: (change: ChangeOf<T>) => string | null
  /** Runs later, once; gives the way to call it off. */
  readonly later?: (run: () => void, ms: number) => () => void
}

export function draftKey(storageKey: string): string {
  return `crosstrail.draft.${storageKey}`
}

const AUTOSAVE_MS = 700
/** Waits before the second, third and fourth try. Only broken connections and full disks are tried again. */
const RETRY_MS = [500, 2_000, 5_000] as const

export function createDocumentDraft<T extends object>(options: DocumentDraftOptions<T>): StoreApi<DocumentDraft<T>> {
  const { initial, storage, write, readChange, refuse = () => null, later = timer } = options
  const key = draftKey(options.storageKey)
  const kept = readStored(storage, key, (value) => {
    const change = readChange(own(value, 'change'))
    return change === null ? null : { change, base: own(value, 'base') }
  })
  const store = createStore<DocumentDraft<T>>()((set, get) => {
    let callOff = () => {}
    let running: Promise<boolean> | null = null
    /** What is on its way: the list may show it before the answer comes, which is no conflict. */
    let underway: ChangeOf<T> = {}
    const keep = () => {
      const { base, change } = get()
      if (isEmpty(change)) storage?.removeItem(key)
      else writeStored(storage, key, { change, base: picked(base, change) })
    }
    const schedule = () => {
      callOff()
      callOff = later(() => void get().save(), AUTOSAVE_MS)
    }
    const attempt = async (): Promise<boolean> => {
      const sent = get().change
      underway = sent
      set({ status: 'saving', problem: null })
      for (let tried = 0; ; tried += 1) {
        try {
          const base = await write(sent)
          // What was typed while the call ran is not saved yet.
          const change = without(get().change, sent)
          set({ base, change, value: merged(base, change), status: isEmpty(change) ? 'saved' : 'unsaved' })
          keep()
          if (isEmpty(change)) return true
          schedule()
          return false
        } catch (error) {
          const pause = RETRY_MS[tried]
          const problem = error instanceof Error ? error.message : 'It could not be saved.'
          if (pause === undefined || !isPassing(error)) {
            set({ status: 'failed', problem })
            return false
          }
          set({ problem })
          await new Promise<void>((resolve) => later(resolve, pause))
        }
      }
    }
    return {
      base: initial,
      change: kept?.change ?? {},
      value: merged(initial, kept?.change ?? {}),
      status: kept === null ? 'clean' : 'unsaved',
      problem: null,
      conflicts: kept === null ? [] : changedFields(kept.change, kept.base, initial),
      edit: (more) => {
        const change = { ...get().change, ...more }
        const { conflicts } = get()
        set({
          change,
          value: merged(get().base, change),
          status: conflicts.length > 0 ? 'conflict' : 'unsaved',
          problem: refuse(change),
        })
        keep()
        schedule()
      },
      save: async () => {
        callOff()
        if (running !== null) await running
        const { change, conflicts } = get()
        if (isEmpty(change)) return true
        const problem = refuse(change)
        if (conflicts.length > 0 || problem !== null) {
          set({ status: conflicts.length > 0 ? 'conflict' : 'unsaved', problem })
          return false
        }
        running = attempt()
        try {
          return await running
        } finally {
          running = null
          underway = {}
        }
      },
      receive: (next) => {
        const { base, change, status, conflicts } = get()
        if (next === base) return
        const fresh = changedFields(change, base, next).filter((name) => !same(own(underway, name), own(next, name)))
        const all = [...new Set([...conflicts, ...fresh])]
        set({
          base: next,
          value: merged(next, change),
          conflicts: all,
          status: all.length > 0 ? 'conflict' : status,
        })
      },
      resolve: (side) => {
        if (side === 'theirs') {
          set({ change: {}, value: get().base, conflicts: [], status: 'clean', problem: null })
          keep()
          return
        }
        set({ conflicts: [], status: 'unsaved' })
        void get().save()
      },
    }
  })
  if (kept !== null) {
    if (store.getState().conflicts.length > 0) store.setState({ status: 'conflict' })
    else later(() => void store.getState().save(), 0)
  }
  return store
}

function merged<T extends object>(base: T, change: ChangeOf<T>): T {
  const next: T = { ...base }
  for (const name in change) {
    const value = change[name]
    if (value !== undefined) next[name] = value
  }
  return next
}

/** Changed fields that are not, in `now`, what they were in `before`, nor what the change makes them. */
function changedFields(change: object, before: unknown, now: object): readonly string[] {
  return Object.entries(change)
    .filter(([name, mine]) => !same(own(before, name), own(now, name)) && !same(mine, own(now, name)))
    .map(([name]) => name)
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

function picked(base: object, change: object): Record<string, unknown> {
  return Object.fromEntries(Object.keys(change).map((name) => [name, own(base, name)]))
}

function without<T>(change: ChangeOf<T>, sent: ChangeOf<T>): ChangeOf<T> {
  const rest: { -readonly [K in keyof T]?: T[K] | undefined } = {}
  for (const name in change) if (change[name] !== sent[name]) rest[name] = change[name]
  return rest
}

function isEmpty(change: object): boolean {
  return Object.values(change).every((value) => value === undefined)
}

function isPassing(error: unknown): boolean {
  return isAppError(error) && (error.code === 'io.failed' || error.code === 'io.disk-full')
}

function timer(run: () => void, ms: number): () => void {
  const id = setTimeout(run, ms)
  return () => clearTimeout(id)
}
