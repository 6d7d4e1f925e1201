import { Button } from '@blueprintjs/core'
import { ArrowDown, ArrowUp, Cross } from '@blueprintjs/icons'
import { useState } from 'react'
import type { About, EvidenceItem } from '../../contract/work'
import { useScope, useSelection, useWorkbench } from '../state/workbench'
import { AboutLine, useDescribed } from './AboutLine'
import { aboutKey, scopeAbout, scopeFilter, selectedAbouts } from './addActs'
import { moved } from './moved'
import { selectedTargets } from './targets'

interface Props {
  readonly label: string
  readonly items: readonly EvidenceItem[]
  readonly onChange: (items: EvidenceItem[]) => void
  /** What stands there while nothing is in the list. */
  readonly empty: string
  /** Names the keys that add from anywhere; only one list of the window has them. */
  readonly withKeys?: boolean
}

/** Pieces of evidence with what each shows; added from the selection or the filter, put in order, taken out. */
export function EvidenceList({ label, items, onChange, empty, withKeys = false }: Props) {
  const workbench = useWorkbench()
  const described = useDescribed(items.map(({ about }) => about))
  const selected = useSelection((state) => selectedTargets(state).length)
  const scope = useScope()
  const [figure, setFigure] = useState<'timeline' | 'graph'>('timeline')
  const add = (abouts: readonly About[]) => {
    const there = new Set(items.map(({ about }) => aboutKey(about)))
    const fresh = abouts.filter((about) => !there.has(aboutKey(about)))
    if (fresh.length > 0) onChange([...items, ...fresh.map((about) => ({ about, text: '' }))])
  }
  return (
    <section className="ct-wk-list" aria-label={label}>
      <div className="ct-bar">
        <h3>{label}</h3>
        <span className="ct-dim">{items.length === 0 ? '' : items.length}</span>
        <span className="ct-grow" />
        <Button
          size="small"
          disabled={selected === 0}
          title={withKeys ? 'From any view: A' : undefined}
          onClick={() => add(selectedAbouts(workbench))}
        >
          Add selection
        </Button>
        <Button
          size="small"
          title={withKeys ? 'From any view: Shift A' : undefined}
          onClick={() => add([scopeAbout(workbench)])}
        >
          Add filter
        </Button>
        <Button size="small" onClick={() => add([{ kind: 'figure', figure, where: scopeFilter(scope) }])}>
          Add figure
        </Button>
        <select
          className="ct-input"
          aria-label={`Figure for ${label}`}
          value={figure}
          onChange={(event) => setFigure(event.target.value === 'graph' ? 'graph' : 'timeline')}
        >
          <option value="timeline">timeline</option>
          <option value="graph">graph</option>
        </select>
      </div>
      {items.length === 0 ? <p className="ct-dim">{empty}</p> : null}
      <ol>
        {items.map((item, index) => (
          <li key={aboutKey(item.about)} className="ct-wk-item">
            <div className="ct-wk-item-head">
              <AboutLine about={item.about} described={described} />
              <button
                type="button"
                className="ct-icon-button"
                aria-label="Move up"
                disabled={index === 0}
                onClick={() => onChange(moved(items, index, index - 1))}
              >
                <ArrowUp size={11} />
              </button>
              <button
                type="button"
                className="ct-icon-button"
                aria-label="Move down"
                disabled={index === items.length - 1}
                onClick={() => onChange(moved(items, index, index + 1))}
              >
                <ArrowDown size={11} />
              </button>
              <button
                type="button"
                className="ct-icon-button"
                aria-label="Take out"
                onClick={() => onChange(items.filter((other) => other !== item))}
              >
                <Cross size={11} />
              </button>
            </div>
            <textarea
              className="ct-input ct-wk-grow"
              aria-label={`What it shows, ${index + 1}`}
              placeholder="What does it show?"
              rows={1}
              maxLength={100_000}
              value={item.text}
              onChange={(event) =>
                onChange(items.map((other) => (other === item ? { ...item, text: event.target.value } : other)))
              }
            />
          </li>
        ))}
      </ol>
    </section>
  )
}
