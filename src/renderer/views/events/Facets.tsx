import { SmallCross } from '@blueprintjs/icons'
import { useState } from 'react'
import type { Scope } from '../../../contract/shared'
import type { Terms } from '../../filter/facetTerm'
import { useDebounced } from '../../filter/useDebounced'
import { useEngineQuery } from '../../state/useEngineQuery'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { scaleFields } from './distribution'
import { FacetHistogram } from './FacetHistogram'
import { FacetValues } from './FacetValues'
import './facets.css'

interface FacetField {
  readonly field: string
  readonly title: string
}

const facetFields: readonly FacetField[] = [
  { field: 'ts', title: 'Time' },
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
  { field: 'duration_us', title: 'Duration' },
  { field: 'bytes_out', title: 'Bytes sent' },
  { field: 'db_rows', title: 'Rows' },
]

const SHORT = 6
const LONG = 50
const BINS = 24
const noTerms: Terms = []

/** Values with counts, and scales with their spread, inside the scope; each narrows it. */
export function Facets({ scope }: { readonly scope: Scope }) {
  const [long, setLong] = useState<ReadonlySet<string>>(new Set())
  const [added, setAdded] = useState<readonly string[]>([])
  const [typed, setTyped] = useState('')
  const [rare, setRare] = useState(false)
  const match = useDebounced(typed.trim(), 200)
  const known = useEngineQuery('fields.list', {})
  const shownFields: readonly FacetField[] = [...added.map((field) => ({ field, title: field })), ...facetFields]
  const valueFields = shownFields.flatMap(({ field }) => (scaleFields.has(field) ? [] : [field]))
  const facets = useEngineQuery(
    'events.facets',
    { scope, fields: valueFields, match, order: rare ? 'rare' : 'top', limit: long.size > 0 ? LONG : SHORT },
    { keepPrevious: true },
  )
  const scales = useEngineQuery(
    'events.distributions',
    { scope, fields: shownFields.flatMap(({ field }) => (scaleFields.has(field) ? [field] : [])), bins: BINS },
    { keepPrevious: true },
  )
  const filter = scope.filter ?? ''
  const check = useEngineQuery('filter.check', { filter }, { enabled: filter !== '' })
  const terms = filter !== '' && check.data?.ok === true ? check.data.terms : noTerms
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
      <LoadingLine active={facets.isFetching || scales.isFetching} />
      <QueryError
        error={facets.error ?? scales.error}
        retry={facets.error === null ? scales.refetch : facets.refetch}
      />
      {shownFields.map(({ field, title }) => {
        const own = added.includes(field)
        const distribution = scales.data?.find((candidate) => candidate.field === field)
        const facet = facets.data?.find((candidate) => candidate.field === field)
        const named = terms.some(({ text }) => text.startsWith(`${field}:`))
        const empty = scaleFields.has(field)
          ? distribution === undefined || distribution.edges.length === 0
          : (facet?.values ?? []).every(({ value }) => value === null)
        if (empty && !own && !named) return null
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
            {!scaleFields.has(field) ? (
              <FacetValues
                field={field}
                facet={facet}
                terms={terms}
                match={match}
                rare={rare}
                long={long.has(field)}
                onLong={() => toggle(field)}
              />
            ) : distribution === undefined || distribution.edges.length === 0 ? (
              <p className="ct-dim ct-facet-ends">No event has it.</p>
            ) : (
              <FacetHistogram title={title} distribution={distribution} terms={terms} />
            )}
          </section>
        )
      })}
    </section>
  )
}
