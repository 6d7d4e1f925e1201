import { useState } from 'react'
import type { Hypothesis, Task } from '../../../contract/findings'
import { make } from '../../casework/documentActs'
import { useResumedDrafts } from '../../casework/drafts'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useWorkbench } from '../../state/workbench'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { AddLine } from './AddLine'
import { HypothesisCard } from './HypothesisCard'
import { TaskRow } from './TaskRow'

const noHypotheses: readonly Hypothesis[] = []
const noTasks: readonly Task[] = []

/** What might have happened, with what speaks for and against it; and what is to be done. */
export function ThoughtsTab() {
  const workbench = useWorkbench()
  const { client } = workbench
  const hypotheses = useEngineQuery('hypotheses.list', {}, { keepPrevious: true })
  const tasks = useEngineQuery('tasks.list', {}, { keepPrevious: true })
  const [openId, setOpenId] = useState<string | null>(null)
  const thoughts: readonly Hypothesis[] = hypotheses.data ?? noHypotheses
  const todo: readonly Task[] = tasks.data ?? noTasks
  useResumedDrafts(workbench.drafts.hypotheses, thoughts)
  useResumedDrafts(workbench.drafts.tasks, todo)
  return (
    <>
      <LoadingLine active={hypotheses.isFetching || tasks.isFetching} />
      <QueryError error={hypotheses.error} retry={hypotheses.refetch} />
      <QueryError error={tasks.error} retry={tasks.refetch} />
      <div className="ct-wk-thoughts ct-scroll">
        <section className="ct-wk-list" aria-label="Hypotheses">
          <h2>Hypotheses</h2>
          {hypotheses.isSuccess && thoughts.length === 0 ? (
            <p className="ct-dim">
              Write down what might have happened, one sentence each; then collect what speaks for it, what against it,
              and which questions are open. What is refuted stays here and in the journal.
            </p>
          ) : null}
          {thoughts.map((hypothesis) => (
            <HypothesisCard
              key={hypothesis.id}
              hypothesis={hypothesis}
              open={openId === hypothesis.id}
              onToggle={() => setOpenId(openId === hypothesis.id ? null : hypothesis.id)}
            />
          ))}
          <AddLine
            label="New hypothesis"
            placeholder="What might have happened, in one sentence"
            onAdd={async (statement) => {
              const made = await make(workbench, () => client.call('hypotheses.add', { statement }))
              if (made !== undefined) setOpenId(made.id)
              return made !== undefined
            }}
          />
        </section>
        <section className="ct-wk-list" aria-label="Tasks">
          <h2>Tasks</h2>
          {tasks.isSuccess && todo.length === 0 ? (
            <p className="ct-dim">What is to be done next, by whom. Done tasks move to the end.</p>
          ) : null}
          {todo.map((task) => (
            <TaskRow key={task.id} task={task} />
          ))}
          <AddLine
            label="New task"
            placeholder="What is to be done"
            onAdd={async (title) => (await make(workbench, () => client.call('tasks.add', { title }))) !== undefined}
          />
        </section>
      </div>
    </>
  )
}
