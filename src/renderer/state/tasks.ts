import { createStore, type StoreApi } from 'zustand/vanilla'

/**
 * Long tasks of this window (import, linking, report, verification) and short messages about what went wrong.
 * Written by `runTask` and by whoever reports an error; read by the status bar, the task bar and the toasts.
 */
export interface Task {
  readonly id: number
  readonly title: string
  /** What is being done now, in a few words; parts from evidence as `visibleText`. */
  readonly detail: string
  /** 0 to 1, or null while the size is unknown. */
  readonly fraction: number | null
  cancel(): void
}

export interface Message {
  readonly id: number
  readonly intent: 'danger' | 'warning' | 'success' | 'none'
  /** Parts from evidence as `visibleText`. */
  readonly text: string
  /** What the analyst can do about it. */
  readonly hint: string | null
  readonly action: { readonly label: string; readonly run: () => void } | null
}

export type NewMessage = Pick<Message, 'intent' | 'text'> & Partial<Pick<Message, 'hint' | 'action'>>

export interface TaskState {
  readonly tasks: readonly Task[]
  readonly messages: readonly Message[]
  begin(title: string, cancel: () => void): number
  report(id: number, detail: string, fraction: number | null): void
  end(id: number): void
  say(message: NewMessage): void
  dismiss(id: number): void
}

export type TaskStore = StoreApi<TaskState>

const MAX_MESSAGES = 6

export function createTaskStore(): TaskStore {
  let lastId = 0
  const nextId = () => {
    lastId += 1
    return lastId
  }
  return createStore<TaskState>()((set, get) => ({
    tasks: [],
    messages: [],
    begin: (title, cancel) => {
      const id = nextId()
      set({ tasks: [...get().tasks, { id, title, detail: '', fraction: null, cancel }] })
      return id
    },
    report: (id, detail, fraction) =>
      set({ tasks: get().tasks.map((task) => (task.id === id ? { ...task, detail, fraction } : task)) }),
    end: (id) => set({ tasks: get().tasks.filter((task) => task.id !== id) }),
    say: (message) => {
      const full: Message = { hint: null, action: null, ...message, id: nextId() }
      const others = get().messages.filter((other) => other.text !== full.text)
      set({ messages: [...others, full].slice(-MAX_MESSAGES) })
    },
    dismiss: (id) => set({ messages: get().messages.filter((message) => message.id !== id) }),
  }))
}
