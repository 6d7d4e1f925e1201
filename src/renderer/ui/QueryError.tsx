import { Button } from '@blueprintjs/core'
import { isCancelled } from '../../common/errors'
import { describeError } from './describeError'

/** A failed question inside a view: the sentence, the hint, and another try. A cancelled one says nothing. */
export function QueryError({ error, retry }: { readonly error: Error | null; readonly retry: () => unknown }) {
  if (error === null || isCancelled(error)) return null
  const { text, hint } = describeError(error)
  return (
    <div className="ct-callout ct-callout-danger" role="alert">
      <span>
        {text} {hint}
      </span>
      <Button size="small" onClick={() => void retry()}>
        Try again
      </Button>
    </div>
  )
}
