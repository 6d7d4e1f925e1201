import { useEffect, useEffectEvent } from 'react'
import { type Command, isMac, keyName } from './command'

/** Keys that a text field or a list under the focus needs for itself. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.matches('input:not([type=checkbox]), textarea, select')
}

/** Runs the commands' keys. Plain keys are left alone while someone types or a dialog is open; `mod` keys always work. */
export function useHotkeys(commands: readonly Command[]): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const name = keyName(event, isMac())
    const plain = !name.startsWith('mod+')
    if (plain && (isTyping(event.target) || document.querySelector('dialog[open], [role=dialog]') !== null)) return
    if (!plain && isTyping(event.target) && /^mod\+(shift\+)?[zaxcvy]$/.test(name)) return
    const command = commands.find((candidate) => candidate.enabled !== false && candidate.keys?.includes(name))
    if (command === undefined) return
    event.preventDefault()
    command.run()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}
