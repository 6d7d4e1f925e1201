import { useMemo, useState } from 'react'
import { ServiceColoursProvider } from '../../drawing/colour/serviceColours'
import { Splitter } from '../../drawing/controls/Splitter'
import { serviceOf } from '../../drawing/waterfall/model'
import { useSelection } from '../../state/workbench'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { SpanDetails } from './SpanDetails'
import { useTrace } from './useTrace'
import { Waterfall } from './Waterfall'

/** The open trace: its waterfall, and the details of the selected span. */
export function TracePane({ traceId }: { readonly traceId: string }) {
  const spanId = useSelection((s) => s.spanId)
  const [detailsPx, setDetailsPx] = useState(330)
  const { trace, last, paths, access, truncated, busy, error, retry } = useTrace(traceId)
  // While the next trace loads, the last one stays.
  const shown = trace ?? (error === null ? last : undefined)
  const services = useMemo(() => (shown?.spans ?? []).map(({ span }) => serviceOf(span)), [shown])
  const span = shown?.spans.find((candidate) => candidate.span.span_id === spanId)
  return (
    <ServiceColoursProvider services={services}>
      <div className="ct-wf-pane">
        <LoadingLine active={busy} />
        <QueryError error={error} retry={retry} />
        {shown === undefined || paths === undefined ? null : (
          <Waterfall key={shown.traceId} trace={shown} paths={paths} access={access} truncated={truncated} />
        )}
        {shown === undefined || span === undefined || paths === undefined ? null : (
          <>
            <Splitter
              label="Width of the details"
              kind="column"
              reverse
              valuePx={detailsPx}
              leastPx={220}
              mostPx={800}
              onChange={setDetailsPx}
            />
            <div className="ct-wf-side" style={{ width: detailsPx }}>
              <SpanDetails
                trace={shown}
                span={span}
                paths={paths}
                events={access.filter((event) => event.spanIndex === span.index)}
              />
            </div>
          </>
        )}
      </div>
    </ServiceColoursProvider>
  )
}
