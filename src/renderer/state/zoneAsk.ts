import { createStore, type StoreApi } from 'zustand/vanilla'
import type { ZoneQuestions } from '../../contract/zones'

/** What was said of zones, as `import.start` takes it. */
export interface ZoneAnswers {
  readonly formatZones: Readonly<Record<string, string>>
  readonly zoneNames: Readonly<Record<string, string>>
}

/** The question about zones that waits for the analyst. Written by an import before it starts; read by the dialog. */
export interface ZoneAskState {
  readonly questions: ZoneQuestions | null
  /** Undefined where the analyst closed the dialog: then nothing is imported. A second question waits for the first. */
  ask(questions: ZoneQuestions): Promise<ZoneAnswers | undefined>
  answer(answers: ZoneAnswers | undefined): void
}

export type ZoneAskStore = StoreApi<ZoneAskState>

export function createZoneAskStore(): ZoneAskStore {
  let waiting: { readonly questions: ZoneQuestions; readonly done: (answers: ZoneAnswers | undefined) => void }[] = []
  return createStore<ZoneAskState>()((set) => ({
    questions: null,
    ask: (questions) =>
      new Promise((done) => {
        waiting.push({ questions, done })
        set({ questions: waiting[0]?.questions ?? null })
      }),
    answer: (answers) => {
      const [first, ...others] = waiting
      waiting = others
      set({ questions: others[0]?.questions ?? null })
      first?.done(answers)
    },
  }))
}
