import type { KeyboardEvent, PointerEvent } from 'react'

interface Props {
  readonly label: string
  /** `row`: a horizontal bar that changes a height; `column`: a vertical one that changes a width. */
  readonly kind: 'row' | 'column'
  readonly valuePx: number
  readonly leastPx: number
  readonly mostPx: number
  readonly onChange: (valuePx: number) => void
  /** The pane lies after the bar, so that moving towards the start makes it larger. */
  readonly reverse?: boolean
}

const KEY_STEP_PX = 20

/** A bar between two panes, for the pointer and for the arrow keys. */
export function Splitter({ label, kind, valuePx, leastPx, mostPx, onChange, reverse = false }: Props) {
  const way = reverse ? -1 : 1
  const set = (px: number) => onChange(Math.round(Math.min(mostPx, Math.max(leastPx, px))))
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    const bar = event.currentTarget
    const start = kind === 'row' ? event.clientY : event.clientX
    bar.setPointerCapture(event.pointerId)
    const move = (next: globalThis.PointerEvent) =>
      set(valuePx + way * ((kind === 'row' ? next.clientY : next.clientX) - start))
    const stop = () => {
      bar.removeEventListener('pointermove', move)
      bar.removeEventListener('pointerup', stop)
      bar.removeEventListener('pointercancel', stop)
    }
    bar.addEventListener('pointermove', move)
    bar.addEventListener('pointerup', stop)
    bar.addEventListener('pointercancel', stop)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const more = kind === 'row' ? 'ArrowDown' : 'ArrowRight'
    const less = kind === 'row' ? 'ArrowUp' : 'ArrowLeft'
    if (event.key !== more && event.key !== less) return
    event.preventDefault()
    set(valuePx + way * (event.key === more ? KEY_STEP_PX : -KEY_STEP_PX))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved, which <hr> is not
    <div
      role="separator"
      aria-label={label}
      aria-orientation={kind === 'row' ? 'horizontal' : 'vertical'}
      aria-valuenow={Math.round(valuePx)}
      aria-valuemin={leastPx}
      aria-valuemax={mostPx}
      tabIndex={0}
      className={`ct-splitter ct-splitter-${kind}`}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  )
}
