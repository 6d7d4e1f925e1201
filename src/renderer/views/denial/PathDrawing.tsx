import { type KeyboardEvent, useRef } from 'react'
import type { PathStep } from '../../../contract/analyses'
import { useSize } from '../../drawing/canvas/useSize'
import { layoutDenial } from '../../drawing/path/denialLayout'
import { useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatRowTime } from '../../text/time'
import { markWords, stepWords } from './words'

interface Props {
  readonly steps: readonly PathStep[]
  readonly chosen: number
  readonly onChoose: (index: number) => void
}

/** Who came in, what was changed and the request, running into the refusal. Each step is a button. */
export function PathDrawing({ steps, chosen, onChoose }: Props) {
  const [box, size] = useSize<HTMLDivElement>()
  const zone = useSettings((s) => s.timeZone)
  const buttons = useRef(new Map<number, HTMLButtonElement>())
  const layout = layoutDenial(steps, Math.max(240, size.widthPx))
  const onKeyDown = (event: KeyboardEvent) => {
    const by =
      event.key === 'ArrowDown' || event.key === 'ArrowRight'
        ? 1
        : event.key === 'ArrowUp' || event.key === 'ArrowLeft'
          ? -1
          : 0
    const next = chosen + by
    if (by === 0 || next < 0 || next >= steps.length) return
    event.preventDefault()
    onChoose(next)
    buttons.current.get(next)?.focus()
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a drawing made of buttons; the text form is a list
    <div
      ref={box}
      role="group"
      aria-label="Path to the refusal. Arrow keys go from step to step."
      className="ct-dn-drawing"
      style={{ height: layout.heightPx }}
      onKeyDown={onKeyDown}
    >
      <svg width="100%" height={layout.heightPx} aria-hidden="true">
        {layout.edges.map((edge) => (
          <path
            key={edge.from}
            className={edge.broken ? 'ct-dn-edge ct-dn-broken' : 'ct-dn-edge'}
            d={`M${edge.source.join(' ')}L${edge.target.join(' ')}`}
          />
        ))}
      </svg>
      {layout.steps.map((place) => {
        const step = steps[place.index]
        if (step === undefined) return null
        return (
          <button
            key={place.index}
            ref={(element) => {
              if (element !== null) buttons.current.set(place.index, element)
            }}
            type="button"
            className={`ct-dn-step ct-dn-${step.kind}`}
            aria-pressed={place.index === chosen}
            style={{ left: place.x, top: place.y, width: place.width, height: place.height }}
            onClick={() => onChoose(place.index)}
          >
            <span className="ct-dn-kind">
              {stepWords[step.kind]}
              {step.marks.flatMap((mark) => markWords.get(mark) ?? []).map((word) => ` · ${word}`)}
              {step.ts === null ? '' : ` · ${formatRowTime(step.ts, zone).slice(11, 19)}`}
            </span>
            <span className="ct-dn-title">
              <Evidence text={step.title} />
            </span>
          </button>
        )
      })}
    </div>
  )
}
