import type { ClipboardEvent } from 'react'
import { splitMarks } from './marks'

const attribute = 'data-true-text'

/**
 * Text from evidence, safe to read: isolated from the direction of its surroundings, with hidden characters as visible
 * marks. Copying a selection gives the true characters (see `copyTrueText`, which the shell installs).
 */
export function Evidence({ text, breaks = false }: { readonly text: string; readonly breaks?: boolean }) {
  const parts = splitMarks(text, breaks)
  if (parts.every((part) => part.kind === 'text')) return <bdi>{text}</bdi>
  let offset = 0
  return (
    <bdi>
      {parts.map((part) => {
        const key = offset
        offset += part.text.length
        return part.kind === 'text' ? (
          <span key={key}>{part.text}</span>
        ) : (
          <span key={key} className="ct-mark" {...{ [attribute]: part.text }} title={`Hidden character ${part.label}`}>
            {part.label}
          </span>
        )
      })}
    </bdi>
  )
}

/** The selected text with every mark replaced by the character that it stands for; null when it holds no mark. */
export function trueTextOf(fragment: DocumentFragment): string | null {
  const marks = fragment.querySelectorAll(`[${attribute}]`)
  if (marks.length === 0) return null
  for (const mark of marks) mark.textContent = mark.getAttribute(attribute)
  return fragment.textContent
}

/** Copy handler of the whole window. */
export function copyTrueText(event: ClipboardEvent): void {
  const selection = window.getSelection()
  if (selection === null || selection.rangeCount === 0 || selection.isCollapsed) return
  if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return
  const text = trueTextOf(selection.getRangeAt(0).cloneContents())
  if (text === null) return
  event.clipboardData.setData('text/plain', text)
  event.preventDefault()
}
