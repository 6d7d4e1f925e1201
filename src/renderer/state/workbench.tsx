import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from 'zustand'
import type { Client } from '../../contract'
import type { HostAccess } from '../../rpc/hostAccess'
import type { Drafts } from '../casework/drafts'
import type { CaseworkState, CaseworkStore } from './casework'
import type { ConsoleStore } from './console'
import type { LayoutState, LayoutStore } from './layout'
import type { ScopeState, ScopeStore } from './scope'
import { toScope } from './scope'
import type { SelectionState, SelectionStore } from './selection'
import type { SettingsState, SettingsStore } from './settings'
import type { TaskState, TaskStore } from './tasks'
import type { TraceQueryState, TraceQueryStore } from './traceQuery'
import type { ZoneAskStore } from './zoneAsk'

/** The stores and the client of one window; made once in `main.tsx`, or by a test. */
export interface Workbench {
  readonly client: Client
  /** Handing over files, native dialogs, downloads. */
  readonly host: HostAccess
  readonly selection: SelectionStore
  readonly scope: ScopeStore
  readonly settings: SettingsStore
  readonly layout: LayoutStore
  readonly tasks: TaskStore
  readonly zones: ZoneAskStore
  readonly console: ConsoleStore
  readonly casework: CaseworkStore
  readonly traceQuery: TraceQueryStore
  /** Findings, incidents and the rest while they are written. */
  readonly drafts: Drafts
}

const WorkbenchContext = createContext<Workbench | null>(null)

export function WorkbenchProvider({ value, children }: { readonly value: Workbench; readonly children: ReactNode }) {
  return <WorkbenchContext value={value}>{children}</WorkbenchContext>
}

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext)
  if (workbench === null) throw new Error('A view was rendered outside the workbench provider.')
  return workbench
}

export function useClient(): Client {
  return useWorkbench().client
}

/** The selection, whole or narrowed: `useSelection((s) => s.eventId)`. Narrow where you draw much. */
export function useSelection(): SelectionState
export function useSelection<T>(select: (state: SelectionState) => T): T
export function useSelection<T>(select?: (state: SelectionState) => T): T | SelectionState {
  return useStore(useWorkbench().selection, select ?? ((state: SelectionState): T | SelectionState => state))
}

/** The scope's state and acts, plus `scope`: the parameter that methods take. */
export function useScope(): ScopeState & { readonly scope: ReturnType<typeof toScope> } {
  const state = useStore(useWorkbench().scope)
  return { ...state, scope: toScope(state) }
}

export function useSettings(): SettingsState
export function useSettings<T>(select: (state: SettingsState) => T): T
export function useSettings<T>(select?: (state: SettingsState) => T): T | SettingsState {
  return useStore(useWorkbench().settings, select ?? ((state: SettingsState): T | SettingsState => state))
}

export function useLayout<T>(select: (state: LayoutState) => T): T {
  return useStore(useWorkbench().layout, select)
}

export function useTasks<T>(select: (state: TaskState) => T): T {
  return useStore(useWorkbench().tasks, select)
}

export function useCasework<T>(select: (state: CaseworkState) => T): T {
  return useStore(useWorkbench().casework, select)
}

export function useTraceQuery<T>(select: (state: TraceQueryState) => T): T {
  return useStore(useWorkbench().traceQuery, select)
}
