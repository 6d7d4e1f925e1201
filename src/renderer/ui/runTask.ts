import { isCancelled } from '../../common/errors'
import type { Client, MethodName, ParamsIn, Progress, Result } from '../../contract'
import type { TaskStore } from '../state/tasks'
import { describeError } from './describeError'

/**
 * Runs a long task with its line in the task bar: progress, cancel, and a message when it fails. Gives the result, or
 * undefined when it was cancelled or failed (and that has been said).
 */
export async function runTask<M extends MethodName>(
  { client, tasks }: { readonly client: Client; readonly tasks: TaskStore },
  title: string,
  method: M,
  params: ParamsIn<M>,
  describe: (progress: Progress<M>) => { readonly detail: string; readonly fraction: number | null },
  /** For a dialog that shows it itself: what is said of a failure lies behind a dialog. */
  fail: (error: unknown) => void = (error) => sayError(tasks, error),
): Promise<Result<M> | undefined> {
  const abort = new AbortController()
  const store = tasks.getState()
  const id = store.begin(title, () => abort.abort())
  try {
    return await client.call(method, params, {
      signal: abort.signal,
      onProgress: (progress) => {
        const { detail, fraction } = describe(progress)
        store.report(id, detail, fraction)
      },
    })
  } catch (error) {
    if (!isCancelled(error)) fail(error)
    return undefined
  } finally {
    store.end(id)
  }
}

/** Shows what went wrong; a cancelled call is no error. */
export function sayError(tasks: TaskStore, error: unknown): void {
  if (isCancelled(error)) return
  tasks.getState().say({ intent: 'danger', ...describeError(error) })
}
