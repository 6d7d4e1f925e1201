import { InputGroup, Switch } from '@blueprintjs/core'
import { SmallCross } from '@blueprintjs/icons'
import { useEffect, useState } from 'react'
import { Choice } from '../../drawing/controls/Choice'
import { useTraceQuery } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount, plural } from '../../text/numbers'
import { type LinkedChoice, linkedChoices, type Order, orders, type TraceSearch } from './search'

const TYPING_MS = 200

interface Props {
  readonly search: TraceSearch
  readonly onSearch: (search: TraceSearch) => void
  readonly services: readonly string[]
  readonly total: number | undefined
  readonly shown: number
  readonly truncated: boolean
}

export function SearchRow({ search, onSearch, services, total, shown, truncated }: Props) {
  const spans = useTraceQuery((s) => s.spans)
  const setSpans = useTraceQuery((s) => s.setSpans)
  const [text, setText] = useState(search.text)
  useEffect(() => {
    if (text === search.text) return
    const timer = setTimeout(() => onSearch({ ...search, text }), TYPING_MS)
    return () => clearTimeout(timer)
  }, [text, search, onSearch])
  return (
    <search className="ct-tools">
      <InputGroup
        className="ct-tr-text"
        size="small"
        leftIcon="search"
        type="search"
        placeholder="Name, service or trace id"
        aria-label="Search traces by name, service or trace id"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Choice
        label="Service"
        value={search.service}
        options={[{ value: '', label: 'All' }, ...services.map((value) => ({ value, label: value }))]}
        onChange={(service) => onSearch({ ...search, service })}
      />
      <Choice
        label="Events"
        value={search.linked}
        options={linkedChoices}
        onChange={(value) => onSearch({ ...search, linked: pick<LinkedChoice>(linkedChoices, value, 'any') })}
      />
      <Choice
        label="Order"
        value={search.order}
        options={orders}
        onChange={(value) => onSearch({ ...search, order: pick<Order>(orders, value, 'start') })}
      />
      <Switch
        className="ct-tr-switch"
        label="Errors only"
        checked={search.errorsOnly}
        onChange={(event) => onSearch({ ...search, errorsOnly: event.currentTarget.checked })}
      />
      {spans === '' ? null : (
        <span className="ct-chip">
          <span className="ct-clip" title={visibleText(spans)}>
            spans: <Evidence text={spans} />
          </span>
          <button type="button" aria-label="Remove the filter of spans" onClick={() => setSpans('')}>
            <SmallCross size={12} />
          </button>
        </span>
      )}
      <span className="ct-spring" />
      <span className="ct-dim" aria-live="polite">
        {total === undefined ? '' : plural(total, 'trace')}
        {truncated ? `, the first ${formatCount(shown)} listed` : ''}
      </span>
    </search>
  )
}

function pick<T extends string>(choices: readonly { readonly value: T }[], value: string, fallback: T): T {
  return choices.find((choice) => choice.value === value)?.value ?? fallback
}
