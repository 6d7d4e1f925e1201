import { useEffect, useRef, useState } from 'react'
import { withoutRange } from '../state/filterText'
import { useEngineQuery } from '../state/useEngineQuery'
import { useScope } from '../state/workbench'
import { FilterChip } from './FilterChip'

/** The AND terms of the filter as chips, each edited, turned around, pinned and taken out where it stands. */
export function FilterChips() {
  const { filter, setFilter, pinned, togglePin } = useScope()
  const check = useEngineQuery('filter.check', { filter }, { enabled: filter !== '', keepPrevious: true })
  const list = useRef<HTMLUListElement>(null)
  // The chip that an act remade takes the focus again, so that the next key finds it.
  const [back, setBack] = useState<number | null>(null)
  const terms = filter !== '' && check.data?.ok === true && !check.isPlaceholderData ? check.data.terms : []
  useEffect(() => {
    if (back === null || terms.length === 0) return
    const bodies = list.current?.querySelectorAll<HTMLButtonElement>('.ct-chip-body') ?? []
    bodies[Math.min(back, bodies.length - 1)]?.focus()
    setBack(null)
  }, [back, terms])
  if (terms.length === 0) return null
  return (
    <ul ref={list} className="ct-chips" aria-label="Filter terms">
      {terms.map(({ text, start, end, negated }, index) => (
        <FilterChip
          key={`${start} ${text}`}
          text={text}
          negated={negated}
          pinned={pinned.includes(text)}
          onReplace={(next) => {
            if (pinned.includes(text)) {
              togglePin(text)
              togglePin(next)
            }
            setFilter(`${filter.slice(0, start)}${next}${filter.slice(end)}`)
            setBack(index)
          }}
          whole={(next) => `${filter.slice(0, start)}${next}${filter.slice(end)}`}
          onPin={() => togglePin(text)}
          onRemove={() => {
            setFilter(withoutRange(filter, start, end))
            setBack(index)
          }}
        />
      ))}
    </ul>
  )
}
