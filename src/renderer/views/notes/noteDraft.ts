import { createStore, type StoreApi } from 'zustand/vanilla'
import { isAppError } from '../../../common/errors'
import { get as own } from '../../../common/json'
import type { Note } from '../../../contract/notes'
import { readStored, type TextStorage, writeStored } from '../../state/persisted'

/**
 * The text of one note while it is written. “Saved” is said only after the engine answered; on failure the text stays,
 * here and in the window's storage, and saving is tried again. One per open editor.
 */
export type DraftStatus = 'clean' | 'unsaved' | 'saving' | 'saved' | 'failed'

export interface DraftContent {
  readonly text: string
  readonly tags: readonly string[]
}

export interface DraftState extends DraftContent {
  readonly status: DraftStatus
  /** Why the last try failed. */
  readonly problem: string | null
  edit(change: Partial<DraftContent>): void
  /** Saves what stands here now. Gives the note, or undefined when it could not be saved. */
  save(): Promise<Note | undefined>
  /** Back to the given content; forgets what was typed. */
  reset(content: DraftContent): void
}

export interface DraftOptions {
  readonly initial: DraftContent
  /** Names the stored copy: one for each target or note. */
  readonly storageKey: string
  readonly storage?: TextStorage | undefined
  readonly write: (content: DraftContent) => Promise<Note>
  readonly sleep?: (ms: number) => Promise<void>
}

/** Waits before the second, third and fourth try. Only broken connections and full disks are tried again. */
const RETRY_MS = [500, 2_000, 5_000] as const

function checkContent(value: unknown): DraftContent | null {
  const text = own(value, 'text')
  const tags = own(value, 'tags')
  if (typeof text !== 'string' || text === '') return null
  return { text, tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [] }
}

export function createNoteDraft({
  initial,
  storageKey,
  storage,
  write,
  sleep = wait,
}: DraftOptions): StoreApi<DraftState> {
  const key = `crosstrail.draft.${storageKey}`
  const kept = readStored(storage, key, checkContent)
  return createStore<DraftState>()((set, get) => {
    const same = (content: DraftContent) => get().text === content.text && get().tags === content.tags
    return {
      ...(kept ?? initial),
      status: kept === null ? 'clean' : 'unsaved',
      problem: null,
      edit: (change) => {
        set({ ...change, status: 'unsaved', problem: null })
        writeStored(storage, key, { text: get().text, tags: get().tags })
      },
      reset: (content) => {
        set({ ...content, status: 'clean', problem: null })
        forget(storage, key)
      },
      save: async () => {
        const content = { text: get().text, tags: get().tags }
        set({ status: 'saving', problem: null })
        for (let attempt = 0; ; attempt += 1) {
          try {
            const note = await write(content)
            // What was typed while the call ran is not saved yet.
            if (same(content)) {
              set({ status: 'saved', problem: null })
              forget(storage, key)
            }
            return note
          } catch (error) {
            const pause = RETRY_MS[attempt]
            const message = error instanceof Error ? error.message : 'The note could not be saved.'
            if (pause === undefined || !isPassing(error)) {
              set({ status: 'failed', problem: message })
              return undefined
            }
            set({ problem: message })
            await sleep(pause)
          }
        }
      },
    }
  })
}

function isPassing(error: unknown): boolean {
  return isAppError(error) && (error.code === 'io.failed' || error.code === 'io.disk-full')
}

function forget(storage: TextStorage | undefined, key: string): void {
  try {
    storage?.removeItem(key)
  } catch {
    // A storage that cannot be written held no copy.
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** Tags from one line of text: split at commas, trimmed, without a leading `#`, each once. */
export function parseTags(line: string): readonly string[] {
  const tags = line.split(',').map((tag) => tag.trim().replace(/^#/, ''))
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

/** What the editor says about a draft. */
export const draftSentences: Readonly<Record<DraftStatus, string>> = {
  clean: '',
  unsaved: 'Not saved yet',
  saving: 'Saving…',
  saved: 'Saved',
  failed: 'Not saved',
}
