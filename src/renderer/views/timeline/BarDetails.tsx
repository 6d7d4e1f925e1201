import { Button } from '@blueprintjs/core'
import { useId } from 'react'
import type { TimeWindow } from '../../../contract/shared'
import { bucketWindow } from '../../drawing/timeline/geometry'
import { type Lane, type LanesResult, stackAt } from '../../drawing/timeline/lanes'
import { fieldTerm, withTerm } from '../../state/filterText'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useScope, useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount, plural } from '../../text/numbers'
import { formatDurationUs, formatTime, zoneLabel } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'
import { QueryError } from '../../ui/QueryError'
import { missingLane, otherLane } from './fields'
import type { BarRef } from './Plot'

const SHOWN = 50

interface Props {
  readonly bar: BarRef
  readonly lanes: readonly Lane[]
  readonly result: LanesResult
  readonly laneBy: string
  readonly onZoom: (window: TimeWindow) => void
  readonly onClose: () => void
}

/** What is in one bar: its events or traces, each a click from the rest of the window. */
export function BarDetails({ bar, lanes, result, laneBy, onZoom, onClose }: Props) {
  const zone = useSettings((s) => s.timeZone)
  const title = useId()
  const { filter, set } = useScope()
  const showView = useLayout((s) => s.showView)
  const window = bucketWindow(bar.bucket, result)
  const lane = lanes.find((candidate) => candidate.kind === bar.kind && candidate.key === bar.key)
  const count = lane === undefined ? 0 : (stackAt(lane, bar.bucket)?.total ?? 0)
  const narrowed = bar.kind === 'events' ? laneFilter(filter, laneBy, bar.key) : filter
  const openEvents = () => {
    set({ filter: narrowed, window })
    showView('events')
  }
  return (
    <section className="ct-tl-details" aria-labelledby={title}>
      <header>
        <h3 id={title}>
          <Evidence text={bar.key} /> · {plural(count, bar.kind === 'spans' ? 'span' : 'event')}
        </h3>
        <span className="ct-dim">
          {formatTime(window.fromUs, zone, 'ms')} – {formatTime(window.toUs, zone, 'ms').slice(11)}{' '}
          {zoneLabel(zone, window.fromUs)}
        </span>
        <span className="ct-spring" />
        <Button size="small" variant="minimal" onClick={() => onZoom(window)}>
          Zoom here
        </Button>
        {bar.kind === 'events' ? (
          <Button size="small" variant="minimal" onClick={openEvents}>
            Open in Events
          </Button>
        ) : null}
        <Button size="small" variant="minimal" onClick={onClose} aria-label="Close the details of the bar">
          ✕
        </Button>
      </header>
      {bar.kind === 'events' ? (
        <EventList filter={narrowed} window={window} folded={bar.key === otherLane} />
      ) : (
        <TraceList service={bar.key} window={window} />
      )}
    </section>
  )
}

/** The scope's filter and the lane; the lane of folded values cannot be said as one term. */
export function laneFilter(filter: string, laneBy: string, key: string): string {
  if (key === otherLane) return filter
  return withTerm(filter, fieldTerm(laneBy, key === missingLane ? null : key))
}

interface EventListProps {
  readonly filter: string
  readonly window: TimeWindow
  readonly folded: boolean
}

function EventList({ filter, window, folded }: EventListProps) {
  const zone = useSettings((s) => s.timeZone)
  const selected = useSelection((s) => s.eventId)
  const lit = useSelection((s) => s.lit.events)
  const pickEvent = useSelection((s) => s.pickEvent)
  const { data, error, refetch } = useEngineQuery(
    'events.page',
    {
      scope: { filter, window },
      fields: ['outcome', 'actor_name', 'actor_key', 'action', 'resource_name', 'resource_key'],
      limit: SHOWN,
    },
    { keepPrevious: true },
  )
  return (
    <>
      <QueryError error={error} retry={refetch} />
      {folded ? (
        <p className="ct-dim">All events of this interval: the folded values have no filter of their own.</p>
      ) : null}
      <ul className="ct-tl-list">
        {(data?.rows ?? []).map((row) => {
          const id = String(row.event_id)
          const tone = id === selected ? ' ct-selected' : lit.has(id) ? ' ct-lit' : ''
          return (
            <li key={id}>
              <button type="button" className={`ct-tl-row${tone}`} onClick={() => pickEvent(id)}>
                <time>{typeof row.ts_us === 'number' ? formatTime(row.ts_us, zone, 'ms').slice(11) : '–'}</time>
                <OutcomeMark outcome={row.outcome} />
                <span>
                  <Evidence text={first(row.actor_name, row.actor_key)} />
                </span>
                <b>
                  <Evidence text={first(row.action)} />
                </b>
                <span>
                  <Evidence text={first(row.resource_name, row.resource_key)} />
                </span>
              </button>
            </li>
          )
        })}
      </ul>
      {data?.more === true ? <p className="ct-dim">The first {formatCount(SHOWN)}; the rest in Events.</p> : null}
    </>
  )
}

function first(...values: readonly unknown[]): string {
  const found = values.find((value) => value !== null && value !== undefined && value !== '')
  return found === undefined ? '–' : String(found)
}

function TraceList({ service, window }: { readonly service: string; readonly window: TimeWindow }) {
  const zone = useSettings((s) => s.timeZone)
  const pickTrace = useSelection((s) => s.pickTrace)
  const selected = useSelection((s) => s.traceId)
  const showView = useLayout((s) => s.showView)
  const named = service !== otherLane && service !== missingLane
  const { data, error, refetch } = useEngineQuery(
    'traces.search',
    { ...(named ? { service } : {}), window, limit: SHOWN },
    { keepPrevious: true },
  )
  return (
    <>
      <QueryError error={error} retry={refetch} />
      <ul className="ct-tl-list">
        {(data?.traces ?? []).map((trace) => (
          <li key={trace.traceId}>
            <button
              type="button"
              className={trace.traceId === selected ? 'ct-tl-row ct-selected' : 'ct-tl-row'}
              onClick={() => pickTrace(trace.traceId)}
              onDoubleClick={() => showView('traces')}
            >
              <time>{formatTime(trace.startUs, zone, 'ms').slice(11)}</time>
              <b>
                <Evidence text={trace.rootName} />
              </b>
              <span>
                <Evidence text={trace.rootService ?? '–'} />
              </span>
              <span>{formatDurationUs(trace.durationUs)}</span>
              <span>
                {plural(trace.spanCount, 'span')}
                {trace.errorCount > 0 ? `, ${plural(trace.errorCount, 'error')}` : ''}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {data?.truncated === true ? <p className="ct-dim">The first {formatCount(SHOWN)}; the rest in Traces.</p> : null}
    </>
  )
}
