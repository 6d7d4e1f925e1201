import { useMemo, useState } from 'react'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useScope } from '../../state/workbench'
import { formatCount, plural } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { ColumnChooser } from './ColumnChooser'
import { askedFields, availableColumns, placeColumns } from './columns'
import { EventGrid } from './EventGrid'
import { Facets } from './Facets'
import { type EventOrder, useEventPager } from './useEventPager'
import { useReveal } from './useReveal'
import './events.css'

const TABLE_ID = 'events'

/** Every access event of the scope: facets on the left, the table on the right. */
export function EventsView() {
  const { scope, filter, window, clear } = useScope()
  const stored = useLayout((s) => s.columns)
  const save = useLayout((s) => s.saveColumns)
  const showView = useLayout((s) => s.showView)
  const [chosen, setChosen] = useState(() => stored(TABLE_ID))
  const [order, setOrder] = useState<EventOrder>('ts')
  const fields = useEngineQuery('fields.list', {})
  const whole = useEngineQuery('events.count', {})
  const available = useMemo(() => availableColumns(fields.data ?? []), [fields.data])
  const columns = useMemo(() => placeColumns(available, chosen), [available, chosen])
  const asked = useMemo(() => askedFields(columns), [columns])
  const { pager, loading, error, retry } = useEventPager(scope, order, asked)
  const { reveal, outside } = useReveal(pager, scope, order)
  const narrowed = filter !== '' || window !== null

  const choose = (next: NonNullable<typeof chosen>) => {
    setChosen(next)
    save(TABLE_ID, next)
  }
  if (whole.data?.count === 0) {
    return (
      <Empty
        title="No events yet"
        action={
          <button type="button" className="ct-link" onClick={() => showView('evidence')}>
            Go to Evidence
          </button>
        }
      >
        Import audit logs or traces: drop files or folders anywhere on this window.
      </Empty>
    )
  }
  return (
    <div className="ct-events">
      <Facets scope={scope} />
      <div className="ct-events-main">
        <div className="ct-bar">
          <span aria-live="polite">
            {pager === null
              ? 'Counting…'
              : narrowed && whole.data !== undefined
                ? `${formatCount(pager.total)} of ${plural(whole.data.count, 'event')}`
                : plural(pager.total, 'event')}
          </span>
          {outside ? <span className="ct-dim">The selected event is outside the filter.</span> : null}
          <span className="ct-grow" />
          <ColumnChooser available={available} placed={columns} onChange={choose} />
        </div>
        <LoadingLine active={loading} />
        <QueryError error={error} retry={retry} />
        {pager === null ? null : pager.total === 0 ? (
          <Empty
            title="Nothing matches"
            action={
              <button type="button" className="ct-link" onClick={clear}>
                Show all events
              </button>
            }
          >
            No event is inside this filter and time window.
          </Empty>
        ) : (
          <EventGrid
            pager={pager}
            columns={columns}
            order={order}
            onOrder={setOrder}
            chosenWidths={chosen !== null}
            onWidth={(id, widthPx, drawnPx) =>
              choose(
                columns.map((column, index) => ({
                  id: column.id,
                  widthPx: column.id === id ? widthPx : Math.max(24, drawnPx[index] ?? column.shownPx),
                })),
              )
            }
            reveal={reveal}
          />
        )}
      </div>
    </div>
  )
}
