import { Button, ProgressBar } from '@blueprintjs/core'
import { Cross } from '@blueprintjs/icons'
import { useEffect } from 'react'
import type { Message, Task } from '../state/tasks'
import { useTasks } from '../state/workbench'

const STAY_MS = 9_000

/** Running tasks with progress and cancel, then messages. Faults stay until they are dismissed; the rest fades. */
export function Toasts() {
  const tasks = useTasks((s) => s.tasks)
  const messages = useTasks((s) => s.messages)
  return (
    <section className="ct-toasts" aria-label="Tasks and messages">
      {tasks.map((task) => (
        <TaskCard key={task.id} task={task} />
      ))}
      <div aria-live="polite">
        {messages.map((message) => (
          <MessageCard key={message.id} message={message} />
        ))}
      </div>
    </section>
  )
}

function TaskCard({ task }: { readonly task: Task }) {
  return (
    <div className="ct-toast">
      <div className="ct-bar">
        <b>{task.title}</b>
        <span className="ct-grow" />
        <Button size="small" variant="minimal" onClick={() => task.cancel()}>
          Cancel
        </Button>
      </div>
      <ProgressBar
        {...(task.fraction === null ? {} : { value: task.fraction })}
        stripes={task.fraction === null}
        animate={task.fraction === null}
        aria-label={`${task.title}, progress`}
      />
      <div className="ct-dim ct-toast-detail ct-num">{task.detail}</div>
    </div>
  )
}

function MessageCard({ message }: { readonly message: Message }) {
  const dismiss = useTasks((s) => s.dismiss)
  const { id, intent, text, hint, action } = message
  useEffect(() => {
    if (intent === 'danger') return
    const timer = setTimeout(() => dismiss(id), STAY_MS)
    return () => clearTimeout(timer)
  }, [id, intent, dismiss])
  return (
    <div className={`ct-toast ct-toast-${intent}`} role={intent === 'danger' ? 'alert' : undefined}>
      <div className="ct-bar ct-toast-line">
        <span className="ct-grow">
          {text}
          {hint === null ? null : <span className="ct-dim"> {hint}</span>}
        </span>
        {action === null ? null : (
          <Button
            size="small"
            variant="outlined"
            onClick={() => {
              action.run()
              dismiss(id)
            }}
          >
            {action.label}
          </Button>
        )}
        <button type="button" className="ct-icon-button" aria-label="Dismiss" onClick={() => dismiss(id)}>
          <Cross size={12} />
        </button>
      </div>
    </div>
  )
}
