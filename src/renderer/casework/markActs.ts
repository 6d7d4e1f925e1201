/** Acts on marks, each with a message that takes it back. */
import type { NoteTarget } from '../../contract/notes'
import type { MarkChange, WorkKind } from '../../contract/work'
import type { NewMessage } from '../state/tasks'
import type { Workbench } from '../state/workbench'
import { plural } from '../text/numbers'
import { sayError } from '../ui/runTask'
import { opText } from './historyText'
import { targetKey } from './targets'

type Acting = Pick<Workbench, 'client' | 'tasks'>

/** Marks all targets by one act. `said` is the sentence without its end: “Marked as malicious”. */
export async function setMark(
  workbench: Acting,
  targets: readonly NoteTarget[],
  change: MarkChange,
  said: string,
): Promise<void> {
  const { client, tasks } = workbench
  const first = targets[0]
  if (first === undefined) {
    tasks.getState().say({ intent: 'none', text: 'Select an event, a span, a trace or a node first.' })
    return
  }
  try {
    const { changed } = await client.call('marks.set', { targets: [...targets], change })
    await sayDone(workbench, changed > 1 ? `${said}: ${plural(changed, 'item')}.` : `${said}.`, {
      kind: 'mark',
      id: targetKey(first),
    })
  } catch (error) {
    sayError(tasks, error)
  }
}

/** Says that the last act on the item is done, and offers to take just that act back. */
export async function sayDone(
  workbench: Acting,
  text: string,
  item: { readonly kind: WorkKind; readonly id: string },
): Promise<void> {
  const entries = await workbench.client.call('work.history', item)
  const seq = entries.at(-1)?.seq
  sayLatest(workbench.tasks, {
    intent: 'success',
    text,
    ...(seq === undefined ? {} : { action: { label: 'Undo', run: () => void undoWork(workbench, seq) } }),
  })
}

/** Says what was done in place of what was done before: a pile of messages would hide the window, and the history has all. */
export function sayLatest(tasks: Workbench['tasks'], message: NewMessage): void {
  const { say, dismiss, messages } = tasks.getState()
  for (const { id, intent, action } of messages) if (intent === 'success' && action !== null) dismiss(id)
  say(message)
}

/** Takes one act of case work back: the last one, or the one with this number. */
export async function undoWork(workbench: Acting, seq?: number): Promise<void> {
  const { client, tasks } = workbench
  try {
    const act = await client.call('work.undo', seq === undefined ? {} : { seq })
    sayLatest(
      tasks,
      act === null
        ? { intent: 'none', text: 'There is no act of case work to take back.' }
        : {
            intent: 'success',
            text: `Taken back: ${opText(act.op)}${act.items > 1 ? `, ${plural(act.items, 'item')}` : ''}.`,
            action: { label: 'Redo', run: () => void redoWork(workbench) },
          },
    )
  } catch (error) {
    sayError(tasks, error)
  }
}

export async function redoWork({ client, tasks }: Acting): Promise<void> {
  try {
    const act = await client.call('work.redo', {})
    const text = act === null ? 'Nothing was taken back that could come again.' : `Done again: ${opText(act.op)}.`
    tasks.getState().say({ intent: act === null ? 'none' : 'success', text })
  } catch (error) {
    sayError(tasks, error)
  }
}
