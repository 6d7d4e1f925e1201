/** Making and deleting documents of case work, said with a way back. */
import type { Workbench } from '../state/workbench'
import { sayError } from '../ui/runTask'
import { sayDone } from './markActs'

const methods = {
  finding: 'findings.delete',
  incident: 'incidents.delete',
  hypothesis: 'hypotheses.delete',
  task: 'tasks.delete',
  indicator: 'indicators.delete',
} as const

export type DocumentKind = keyof typeof methods

export async function deleteDocument(workbench: Workbench, kind: DocumentKind, id: string): Promise<void> {
  try {
    await workbench.client.call(methods[kind], { id })
    await sayDone(workbench, `The ${kind} is deleted; the journal keeps it.`, { kind, id })
  } catch (error) {
    sayError(workbench.tasks, error)
  }
}

/** Runs an act that makes something; gives undefined where it failed, which is said then. */
export async function make<T>({ tasks }: Workbench, act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act()
  } catch (error) {
    sayError(tasks, error)
    return undefined
  }
}
