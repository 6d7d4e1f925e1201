import type { Result } from '../../../contract'
import { ownTerm, type Terms, withoutOwn, withValues } from '../../filter/facetTerm'
import { valueMark } from '../../filter/valueMark'
import { toScope } from '../../state/scope'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount } from '../../text/numbers'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { valueText } from './columns'

type Facet = Result<'events.facets'>[number]

interface FacetValuesProps {
  readonly field: string
  /** As counted inside the scope; taken where the filter does not name this field. */
  readonly facet: Facet | undefined
  readonly terms: Terms
  readonly match: string
  readonly rare: boolean
  readonly long: boolean
  onLong(): void
}

const SHORT = 6
const LONG = 50

/**
 * The values of one field. A click (or Enter) means only this value of the field, the box (or Space) one more, Alt none
 * of it. A field that is narrowed keeps showing what could be chosen besides, counted without its own term.
 */
export function FacetValues({ field, facet, terms, match, rare, long, onLong }: FacetValuesProps) {
  const { filter, window, setFilter, addTerm } = useScope()
  const own = ownTerm(terms, field)
  const wider = useEngineQuery(
    'events.facets',
    {
      scope: toScope({ filter: own === undefined ? '' : withoutOwn(filter, terms, field), window }),
      fields: [field],
      match,
      order: rare ? 'rare' : 'top',
      limit: long ? LONG : SHORT,
    },
    { enabled: own !== undefined, keepPrevious: true },
  )
  const shown = (own === undefined ? undefined : wider.data?.[0]) ?? facet
  const all = shown?.values ?? []
  const values = long ? all : all.slice(0, SHORT)
  const most = Math.max(1, ...all.map(({ count }) => count))
  const chosen = own?.values ?? []
  const replace = (next: readonly string[]) => setFilter(withValues(filter, terms, field, next))
  const toggle = (text: string) =>
    replace(chosen.includes(text) ? chosen.filter((one) => one !== text) : [...chosen, text])
  return (
    <>
      <ul>
        {values.map(({ value, count }) => {
          const plain = scalar(value)
          const text = plain === null ? null : String(plain)
          const on = text !== null && chosen.includes(text)
          const name = visibleText(valueText(value))
          return (
            <li key={valueText(value)} className="ct-facet-row">
              <input
                type="checkbox"
                tabIndex={-1}
                disabled={text === null}
                aria-label={`${name === '' ? 'absent' : name}, among others`}
                checked={on}
                onChange={() => text !== null && toggle(text)}
              />
              <button
                type="button"
                className="ct-facet-value"
                {...valueMark(field, value)}
                aria-pressed={on}
                aria-keyshortcuts="Enter Space Alt+Enter"
                title={`${name}\nClick: only this; box or Space: also this; Alt+click: not this; menu key for more`}
                onKeyDown={(event) => {
                  if (event.key !== ' ' || text === null) return
                  event.preventDefault()
                  toggle(text)
                }}
                onClick={(event) => {
                  if (event.altKey) addTerm(field, plain, true)
                  else if (text === null) addTerm(field, null)
                  else if (event.ctrlKey || event.metaKey) toggle(text)
                  else replace(on && chosen.length === 1 ? [] : [text])
                }}
              >
                <span className="ct-facet-bar" style={{ inlineSize: `${(count / most) * 100}%` }} />
                <span className="ct-clip">{facetLabel(field, value)}</span>
                <span className="ct-num ct-dim">{formatCount(count)}</span>
              </button>
            </li>
          )
        })}
      </ul>
      {shown?.truncated === true || all.length > SHORT || long ? (
        <button type="button" className="ct-link" aria-expanded={long} onClick={onLong}>
          {long ? 'Fewer' : 'More…'}
        </button>
      ) : null}
    </>
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
