import { Button } from '@blueprintjs/core'
import type { KeyboardEvent, ReactNode } from 'react'

interface Props<T> {
  readonly label: string
  readonly documents: readonly T[]
  readonly chosen: T | undefined
  readonly onChoose: (document: T) => void
  readonly onNew: () => void
  readonly newLabel: string
  readonly children: (document: T) => ReactNode
}

/** Documents at the left of their editor: one focus stop, moved by arrows or J and K. */
export function DocumentList<T extends { readonly id: string }>(props: Props<T>) {
  const { label, documents, chosen, onChoose, onNew, newLabel, children } = props
  const at = documents.findIndex((document) => document.id === chosen?.id)
  const onKeyDown = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step =
      event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0
    const next = documents[at + step]
    if (step === 0 || next === undefined) return
    event.preventDefault()
    onChoose(next)
    const button = event.currentTarget.children[at + step]?.firstElementChild
    if (button instanceof HTMLElement) button.focus()
  }
  return (
    <nav className="ct-wk-side" aria-label={label}>
      <Button size="small" icon="plus" onClick={onNew}>
        {newLabel}
      </Button>
      <ul onKeyDown={onKeyDown}>
        {documents.map((document) => (
          <li key={document.id}>
            <button
              type="button"
              tabIndex={document.id === chosen?.id || (chosen === undefined && document === documents[0]) ? 0 : -1}
              aria-current={document.id === chosen?.id ? 'true' : undefined}
              onClick={() => onChoose(document)}
            >
              {children(document)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}
