import { SmallCross } from '@blueprintjs/icons'
import { useState } from 'react'
import type { Scope } from '../../../contract/shared'
import { useDebounced } from '../../filter/useDebounced'
import { valueMark } from '../../filter/valueMark'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount } from '../../text/numbers'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { valueText } from './columns'

const facetFields: readonly { readonly field: string; readonly title: string }[] = [
  { field: 'outcome', title: 'Outcome' },
  { field: 'source', title: 'Source' },
  { field: 'service', title: 'Service' },
  { field: 'actor_name', title: 'Actor' },
  { field: 'action', title: 'Action' },
  { field: 'src_ip', title: 'Address' },
  { field: 'ip_class', title: 'Address class' },
  { field: 'cloud', title: 'Cloud' },
  { field: 'country', title: 'Country' },
  { field: 'resource_type', title: 'Resource type' },
  { field: 'resource_name', title: 'Resource' },
  { field: 'class', title: 'Class' },
  { field: 'outcome_code', title: 'Outcome code' },
]

const SHORT = 6
const LONG = 50

/** Values with counts inside the scope. A click narrows to the value, Alt with a click leaves it out. */
export function Facets({ scope }: { readonly scope: Scope }) {
  const [long, setLong] = useState<ReadonlySet<string>>(new Set())
  const [added, setAdded] = useState<readonly string[]>([])
  const [typed, setTyped] = useState('')
  const [rare, setRare] = useState(false)
  const match = useDebounced(typed.trim(), 200)
  const known = useEngineQuery('fields.list', {})
  const shownFields = [...added.map((field) => ({ field, title: field })), ...facetFields]
  const { addTerm } = useScope()
  const facets = useEngineQuery(
    'events.facets',
    {
      scope,
      fields: shownFields.map(({ field }) => field),
      match,
      order: rare ? 'rare' : 'top',
      limit: long.size > 0 ? LONG : SHORT,
    },
    { keepPrevious: true },
  )
  const toggle = (field: string) =>
    setLong((before) => {
      const next = new Set(before)
      if (!next.delete(field)) next.add(field)
      return next
    })
  return (
    <section className="ct-facets" aria-label="Facets">
      <div className="ct-facet-tools">
        <input
          type="search"
          className="ct-input"
          aria-label="Find a value in the facets"
          placeholder="Find a value…"
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <select
          className="ct-input"
          aria-label="Add a facet"
          value=""
          onChange={(event) => setAdded((before) => [event.target.value, ...before])}
        >
          <option value="">Add a field…</option>
          {(known.data ?? [])
            .filter(({ name }) => name !== 'raw' && !shownFields.some(({ field }) => field === name))
            .map(({ name, description }) => (
              <option key={name} value={name} title={description}>
                {name}
              </option>
            ))}
        </select>
        <button type="button" className="ct-switch" aria-pressed={rare} onClick={() => setRare(!rare)}>
          {rare ? 'Rare first' : 'Top first'}
        </button>
      </div>
      <LoadingLine active={facets.isFetching} />
      <QueryError error={facets.error} retry={facets.refetch} />
      {shownFields.map(({ field, title }) => {
        const facet = facets.data?.find((candidate) => candidate.field === field)
        const all = facet?.values ?? []
        const own = added.includes(field)
        if (!own && all.every(({ value }) => value === null)) return null
        const values = long.has(field) ? all : all.slice(0, SHORT)
        const most = Math.max(1, ...all.map(({ count }) => count))
        const more = facet?.truncated === true || all.length > SHORT
        return (
          <section key={field} className="ct-facet">
            <h2>
              {title}
              {own ? (
                <button
                  type="button"
                  className="ct-icon-button"
                  aria-label={`Remove the facet ${title}`}
                  onClick={() => setAdded((before) => before.filter((one) => one !== field))}
                >
                  <SmallCross size={12} />
                </button>
              ) : null}
            </h2>
            <ul>
              {values.map(({ value, count }) => (
                <li key={valueText(value)}>
                  <button
                    type="button"
                    className="ct-facet-value"
                    {...valueMark(field, value)}
                    title={`${visibleText(valueText(value))}\nClick to filter, Alt+click to exclude, menu key for more`}
                    onClick={(event) => addTerm(field, scalar(value), event.altKey)}
                  >
                    <span className="ct-facet-bar" style={{ inlineSize: `${(count / most) * 100}%` }} />
                    <span className="ct-clip">{facetLabel(field, value)}</span>
                    <span className="ct-num ct-dim">{formatCount(count)}</span>
                  </button>
                </li>
              ))}
            </ul>
            {more || long.has(field) ? (
              <button type="button" className="ct-link" aria-expanded={long.has(field)} onClick={() => toggle(field)}>
                {long.has(field) ? 'Fewer' : 'More…'}
              </button>
            ) : null}
          </section>
        )
      })}
    </section>
  )
}

function facetLabel(field: string, value: unknown) {
  if (value === null) return <i className="ct-dim">absent</i>
  if (value === '') return <i className="ct-dim">empty</i>
  if (field === 'outcome') return <OutcomeMark outcome={value} />
  return <Evidence text={valueText(value)} />
}

function scalar(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}
