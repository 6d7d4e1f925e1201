import { useState } from 'react'
import { Choice } from '../../drawing/controls/Choice'
import { withTerm } from '../../state/filterText'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { useCaseWindow } from '../timeline/useTimelineData'
import { Figures } from './Figures'
import { OverTime } from './OverTime'
import { Sources } from './Sources'
import { TopTile } from './TopTile'
import { failedTerm } from './useOpenEvents'
import '../../drawing/drawn.css'
import '../timeline/timeline.css'
import './dashboard.css'

const BUCKETS = 160
const tops: readonly { readonly field: string; readonly title: string }[] = [
  { field: 'actor_name', title: 'Actors' },
  { field: 'action', title: 'Actions' },
  { field: 'resource_name', title: 'Resources' },
  { field: 'src_ip', title: 'Addresses' },
  { field: 'service', title: 'Services' },
  { field: 'user_agent', title: 'User agents' },
  { field: 'src_country', title: 'Places' },
]

/** The case, or what the filter leaves of it, on one page. */
export function DashboardView() {
  const { scope, filter, window } = useScope()
  const [order, setOrder] = useState<'count' | 'failed'>('count')
  const { bounds, isPending } = useCaseWindow()
  const open = useEngineQuery('case.current', {}).data
  const enabled = bounds !== null
  const keep = { keepPrevious: true, enabled }
  const count = useEngineQuery('events.count', { scope }, keep)
  const failed = useEngineQuery('events.count', { scope: { ...scope, filter: withTerm(filter, failedTerm) } }, keep)
  const time = useEngineQuery('events.histogram', { scope, buckets: BUCKETS, by: 'outcome' }, keep)
  const lanes = useEngineQuery(
    'timeline.lanes',
    { scope, window: window ?? bounds ?? { fromUs: 0, toUs: 1 }, buckets: BUCKETS, laneBy: 'source', maxLanes: 30 },
    keep,
  )
  const top = useEngineQuery('events.top', { scope, fields: tops.map(({ field }) => field), order }, keep)
  const errors = useEngineQuery('events.top', { scope, fields: ['outcome_code'], order: 'failed' }, keep)
  const silent = useEngineQuery('events.silences', { scope, limit: 20 }, keep)
  const queries = [count, failed, time, lanes, top, errors, silent]
  if (isPending || open === undefined || open === null) return null
  if (bounds === null)
    return <Empty title="Nothing to sum up yet">Drop logs, traces or archives anywhere on this window.</Empty>
  return (
    <div className="ct-drawn ct-dash">
      <LoadingLine active={queries.some((query) => query.isFetching)} />
      {queries.map((query, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the queries are always the same
        <QueryError key={at} error={query.error} retry={query.refetch} />
      ))}
      <Figures
        open={open}
        count={count.data?.count ?? 0}
        failed={failed.data?.count ?? 0}
        narrowed={filter !== '' || window !== null}
        distinct={new Map((top.data ?? []).map((each) => [each.field, each.distinct]))}
      />
      {count.data?.count === 0 ? (
        <Empty title="No event matches">The filter or the time window leaves none; undo with Ctrl Z.</Empty>
      ) : (
        <div className="ct-tiles">
          {time.data === undefined ? null : <OverTime data={time.data} />}
          <div className="ct-dash-order">
            <Choice
              label="Most by"
              value={order}
              options={[
                { value: 'count', label: 'events' },
                { value: 'failed', label: 'failures' },
              ]}
              onChange={(value) => setOrder(value === 'failed' ? 'failed' : 'count')}
            />
            <span className="ct-dim">A click opens the events behind a row; the dark part of a bar has failed.</span>
          </div>
          {errors.data?.[0] === undefined ? null : <TopTile title="Errors" top={errors.data[0]} by="failed" />}
          {tops.map(({ field, title }) => {
            const own = top.data?.find((each) => each.field === field)
            return own === undefined ? null : <TopTile key={field} title={title} top={own} by={order} />
          })}
          {lanes.data === undefined ? null : <Sources lanes={lanes.data} silences={silent.data ?? []} />}
        </div>
      )}
    </div>
  )
}
