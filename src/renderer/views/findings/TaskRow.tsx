import { Cross } from '@blueprintjs/icons'
import { type Task, taskStatuses } from '../../../contract/findings'
import { deleteDocument } from '../../casework/documentActs'
import { useDraft } from '../../casework/drafts'
import { ChoiceField } from '../../casework/Field'
import { SaveState } from '../../casework/SaveState'
import { useWorkbench } from '../../state/workbench'

/** One task in one line: done or not, what, and who. */
export function TaskRow({ task }: { readonly task: Task }) {
  const workbench = useWorkbench()
  const draft = useDraft(workbench.drafts.tasks, task)
  const { value, edit } = draft
  const save = () => void draft.save()
  return (
    <article className={`ct-wk-task ct-wk-task-${value.status}`}>
      <input
        type="checkbox"
        aria-label="Done"
        checked={value.status === 'done'}
        onChange={(event) => edit({ status: event.target.checked ? 'done' : 'open' })}
      />
      <input
        className="ct-input ct-grow"
        aria-label="Task"
        maxLength={300}
        value={value.title}
        onChange={(event) => edit({ title: event.target.value })}
        onBlur={save}
      />
      <input
        className="ct-input ct-wk-assignee"
        aria-label="Who does it"
        placeholder="who"
        maxLength={200}
        value={value.assignee}
        onChange={(event) => edit({ assignee: event.target.value })}
        onBlur={save}
      />
      <ChoiceField
        label="Status of the task"
        hideLabel
        value={value.status}
        options={taskStatuses}
        onChange={(status) => edit({ status })}
      />
      <button
        type="button"
        className="ct-icon-button"
        aria-label="Delete the task"
        onClick={() => void deleteDocument(workbench, 'task', task.id)}
      >
        <Cross size={11} />
      </button>
      <SaveState draft={draft} quiet />
    </article>
  )
}
