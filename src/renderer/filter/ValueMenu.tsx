import { useEffect, useRef, useState } from 'react'
import { asked } from '../identities/asked'
import { useWorkbench } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { valueActs } from './valueActs'
import { type MarkedValue, markedValue } from './valueMark'

interface OpenMenu extends MarkedValue {
  readonly x: number
  readonly y: number
  readonly back: Element | null
}

const WIDTH_PX = 230
const HEIGHT_PX = 220

/**
 * The menu of any value, wherever it is shown: by the right button, or by the menu key and Shift+F10 on what holds the
 * focus. One for the window.
 */
export function ValueMenu() {
  const workbench = useWorkbench()
  const [menu, setMenu] = useState<OpenMenu | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const onMenu = (event: MouseEvent) => {
      const target = event.target instanceof Element ? event.target : null
      const marked = markedValue(target)
      // Selected text keeps the platform's own menu.
      if (marked === undefined || target?.closest('input, textarea') != null) return
      event.preventDefault()
      const part = document.getElementById(target?.getAttribute('aria-activedescendant') ?? '')
      const at = (part ?? target)?.getBoundingClientRect()
      const byKey = part !== null || (event.clientX === 0 && event.clientY === 0)
      const x = byKey ? (at?.left ?? 0) : event.clientX
      const y = byKey ? (at?.bottom ?? 0) : event.clientY
      setMenu({
        ...marked,
        x: Math.max(0, Math.min(x, window.innerWidth - WIDTH_PX)),
        y: Math.max(0, Math.min(y, window.innerHeight - HEIGHT_PX)),
        back: document.activeElement,
      })
    }
    document.addEventListener('contextmenu', onMenu)
    return () => document.removeEventListener('contextmenu', onMenu)
  }, [])
  useEffect(() => {
    if (menu !== null) box.current?.querySelector('button')?.focus()
  }, [menu])
  if (menu === null) return null

  const { field, value, back } = menu
  const close = () => {
    setMenu(null)
    if (back instanceof HTMLElement) back.focus()
  }
  const acts = [
    ...valueActs(workbench, menu, (text) => void navigator.clipboard.writeText(text).catch(() => undefined)),
    ...(field === 'actor_key' && typeof value === 'string'
      ? [{ title: 'Same person as…', run: () => asked.getState().ask(value) }]
      : []),
  ]
  const move = (by: number) => {
    const items = [...(box.current?.querySelectorAll('button') ?? [])]
    const focused = document.activeElement
    const now = focused instanceof HTMLButtonElement ? items.indexOf(focused) : -1
    items[(now + by + items.length) % items.length]?.focus()
  }
  return (
    <div
      ref={box}
      role="menu"
      tabIndex={-1}
      aria-label={`${field} of this value`}
      className="ct-value-menu"
      style={{ insetInlineStart: menu.x, insetBlockStart: menu.y }}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setMenu(null)
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') move(1)
        else if (event.key === 'ArrowUp') move(-1)
        else if (event.key === 'Escape' || event.key === 'Tab') close()
        else return
        event.preventDefault()
        event.stopPropagation()
      }}
    >
      <div role="presentation" className="ct-value-menu-head ct-clip">
        <span className="ct-dim">{field}</span>{' '}
        {value === null || value === '' ? (
          <i className="ct-dim">{value === null ? 'absent' : 'empty'}</i>
        ) : (
          <Evidence text={String(value).slice(0, 200)} />
        )}
      </div>
      {acts.map(({ title, run }) => (
        <button
          key={title}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            run()
            close()
          }}
        >
          {title}
        </button>
      ))}
    </div>
  )
}
