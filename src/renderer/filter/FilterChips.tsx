import { SmallCross } from '@blueprintjs/icons'
import { withoutRange } from '../state/filterText'
import { useEngineQuery } from '../state/useEngineQuery'
import { useScope } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { visibleText } from '../text/marks'

/** The AND terms of the filter as chips: a click turns a term around, the cross takes it out. */
export function FilterChips() {
  const { filter, setFilter } = useScope()
  const check = useEngineQuery('filter.check', { filter }, { enabled: filter !== '', keepPrevious: true })
  if (filter === '' || check.data?.ok !== true || check.isPlaceholderData) return null
  const { terms } = check.data
  if (terms.length === 0) return null
  return (
    <ul className="ct-chips" aria-label="Filter terms">
      {terms.map(({ text, start, end, negated }) => {
        const name = visibleText(text)
        const replace = (next: string) => setFilter(`${filter.slice(0, start)}${next}${filter.slice(end)}`)
        return (
          <li key={start} className={negated ? 'ct-chip ct-chip-not' : 'ct-chip'}>
            <button
              type="button"
              title={negated ? 'Click to include instead' : 'Click to exclude instead'}
              aria-label={`${negated ? 'Include' : 'Exclude'} ${name}`}
              onClick={() =>
                replace(
                  negated
                    ? text.replace(/^(-|!|NOT\s+)/, '')
                    : `-${/\s/.test(text) && !text.includes(':') ? `(${text})` : text}`,
                )
              }
            >
              <Evidence text={text.length > 60 ? `${text.slice(0, 57)}…` : text} />
            </button>
            <button
              type="button"
              aria-label={`Remove ${name}`}
              onClick={() => setFilter(withoutRange(filter, start, end))}
            >
              <SmallCross size={12} />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
