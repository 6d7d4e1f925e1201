import { useState } from 'react'
import type { ClockRow } from '../../../contract/linking'
import { useEngineQuery } from '../../state/useEngineQuery'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { ClockTable } from './ClockTable'
import { SetClock } from './SetClock'
import '../../drawing/drawn.css'
import './clocks.css'

/** How far the clocks of sources are from those of the spans: measured, suggested, or set by the analyst. */
export function ClocksView() {
  const { data, error, refetch, isFetching } = useEngineQuery('clocks.list', {}, { keepPrevious: true })
  const [setting, setSetting] = useState<ClockRow | null>(null)
  const clocks = data?.clocks ?? []
  return (
    <div className="ct-drawn ct-ck">
      <LoadingLine active={isFetching} />
      <QueryError error={error} retry={refetch} />
      {data !== undefined && clocks.length === 0 ? (
        <Empty title="No clock could be compared">
          Clocks are compared where events of a source and spans of a service belong together. Import both, of the same
          time; stated times are never changed.
        </Empty>
      ) : null}
      {clocks.length === 0 ? null : (
        <div className="ct-ck-body">
          <p className="ct-ck-about">
            An event and a span may belong together where they lie within six scatters of the offset, instead of the
            usual one second (five for logged times). Stated times stay as they are; only the window in which links are
            looked for moves. While a suggestion is open, links of its source are possible at most.
          </p>
          <ClockTable clocks={clocks} onSet={setSetting} />
        </div>
      )}
      {setting === null ? null : <SetClock clock={setting} onClose={() => setSetting(null)} />}
    </div>
  )
}
