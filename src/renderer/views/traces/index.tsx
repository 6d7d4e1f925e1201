import { useMemo, useState } from 'react'
import '../../drawing/series.css'
import '../../drawing/drawn.css'
import './traces.css'
import './selfTime.css'
import { ServiceColoursProvider } from '../../drawing/colour/serviceColours'
import { Splitter } from '../../drawing/controls/Splitter'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useScope, useSelection, useTraceQuery } from '../../state/workbench'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { SearchRow } from './SearchRow'
import { firstSearch, searchParams } from './search'
import { TraceList } from './TraceList'
import { TracePane } from './TracePane'

const noTraces: readonly never[] = []

export function TracesView() {
  const { data: current, isPending } = useEngineQuery('case.current', {})
  const showView = useLayout((s) => s.showView)
  if (isPending) return <LoadingLine active />
  if ((current?.info.tables.span ?? 0) > 0) return <Traces />
  return (
    <Empty
      title="No traces yet"
      action={
        <button type="button" className="ct-link" onClick={() => showView('evidence')}>
          Go to Evidence
        </button>
      }
    >
      Import OTLP or Jaeger exports: each trace is then drawn as a waterfall, with the audit events that belong to its
      spans on it.
    </Empty>
  )
}

function Traces() {
  const { filter, window } = useScope()
  const traceId = useSelection((s) => s.traceId)
  const spans = useTraceQuery((s) => s.spans)
  const [search, setSearch] = useState(firstSearch)
  const [listPx, setListPx] = useState(200)
  const { data, error, refetch, isFetching } = useEngineQuery(
    'traces.search',
    searchParams(search, filter, window, spans),
    {
      keepPrevious: true,
    },
  )
  const services = useEngineQuery('traces.search', { limit: 2_000 })
  const names = useMemo(
    () => [...new Set((services.data?.traces ?? []).flatMap((trace) => trace.services))].sort(),
    [services.data],
  )
  const traces = data?.traces ?? noTraces
  return (
    <ServiceColoursProvider services={names}>
      <div className="ct-drawn ct-tr">
        <LoadingLine active={isFetching} />
        <SearchRow
          search={search}
          onSearch={setSearch}
          services={names}
          total={data?.total}
          shown={traces.length}
          truncated={data?.truncated ?? false}
        />
        <QueryError error={error} retry={refetch} />
        <div className="ct-tr-top" style={traceId === null ? { flex: 1 } : { height: listPx }}>
          {data !== undefined && traces.length === 0 ? (
            <Empty title="No trace found">
              {window === null
                ? 'No trace matches the search.'
                : 'No trace of the chosen time window matches the search.'}
            </Empty>
          ) : (
            <TraceList traces={traces} />
          )}
        </div>
        {traceId === null ? null : (
          <>
            <Splitter
              label="Height of the list"
              kind="row"
              valuePx={listPx}
              leastPx={60}
              mostPx={700}
              onChange={setListPx}
            />
            <TracePane traceId={traceId} />
          </>
        )}
      </div>
    </ServiceColoursProvider>
  )
}
