import { Button } from '@blueprintjs/core'
import type { DocumentDraft, SaveStatus } from './documentDraft'

const sentences: Readonly<Record<SaveStatus, string>> = {
  clean: 'Saved',
  unsaved: 'Not saved yet',
  saving: 'Saving…',
  saved: 'Saved',
  failed: 'Not saved',
  conflict: 'Changed elsewhere',
}

interface Props<T> {
  readonly draft: DocumentDraft<T>
  /** Says nothing while all is durable: for a line of a list. */
  readonly quiet?: boolean
}

/** Whether what is typed is durable; a way on where it is not. */
export function SaveState<T>({ draft, quiet = false }: Props<T>) {
  const { status, problem, conflicts, save, resolve } = draft
  if (quiet && (status === 'clean' || status === 'saved')) return null
  return (
    <div className="ct-wk-save">
      <span role="status" className={status === 'failed' || status === 'conflict' ? 'ct-warn' : 'ct-dim'}>
        {sentences[status]}
        {problem === null ? '' : `: ${problem}`}
      </span>
      {status === 'failed' ? (
        <Button size="small" onClick={() => void save()}>
          Try again
        </Button>
      ) : null}
      {status === 'conflict' ? (
        <div role="alert" className="ct-callout ct-callout-danger">
          <span>
            The {conflicts.join(', ')} changed elsewhere while something else was typed here. Nothing is saved before
            you choose; both stay in the history.
          </span>
          <Button size="small" onClick={() => resolve('mine')}>
            Keep mine
          </Button>
          <Button size="small" onClick={() => resolve('theirs')}>
            Take theirs
          </Button>
        </div>
      ) : null}
    </div>
  )
}
