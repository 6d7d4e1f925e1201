import { useMemo, useState } from 'react'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope, useSelection } from '../../state/workbench'
import { formatCount } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { DenialList } from './DenialList'
import { type DenialGroup, groupDenials } from './groupDenials'
import { PathPane } from './PathPane'
import '../../drawing/drawn.css'
import './denial.css'

const maxDenials = 5_000

/** The one that the group begins with: after a change where there was one. */
const firstOf = (group: DenialGroup | undefined) =>
  (group?.rows.find((row) => row.allowed_before) ?? group?.rows[0])?.event_id ?? null

/** Refusals, grouped by who was refused what, and the way to the one that is selected. */
export function DenialView() {
  const { scope } = useScope()
  const focus = useSelection((s) => s.eventId)
  const { data, error, refetch, isFetching } = useEngineQuery(
    'denial.list',
    { scope, limit: maxDenials },
    { keepPrevious: true },
  )
  const [asText, setAsText] = useState(false)
  const groups = useMemo(() => groupDenials(data?.denials ?? []), [data])
  // A refusal that was selected elsewhere shows too, though the filter leaves it out; other events keep the last path.
  const [shown, setShown] = useState<string | null>(null)
  const event = useEngineQuery('events.get', { eventId: focus ?? '0' }, { enabled: focus !== null })
  const outcome = event.data?.event.outcome
  const refused = outcome === 'denied' || data?.denials.some((row) => row.event_id === focus)
  const wanted = refused === true && focus !== null ? focus : (shown ?? firstOf(groups[0]))
  if (wanted !== shown && wanted !== null && refused === true) setShown(wanted)
  return (
    <div className="ct-drawn ct-dn">
      <LoadingLine active={isFetching} />
      <div className="ct-tools">
        <span className="ct-dim">
          {data === undefined ? '' : `${formatCount(data.total)} refusals`}
          {data?.truncated === true ? `, the first ${formatCount(data.denials.length)} listed` : ''}
        </span>
        <label className="ct-tool">
          <input type="checkbox" checked={asText} onChange={(change) => setAsText(change.currentTarget.checked)} /> As
          text
        </label>
      </div>
      <QueryError error={error} retry={refetch} />
      {data !== undefined && wanted === null ? (
        <Empty title="Nothing was refused">
          No event of what the filter and the times leave was denied. For each that was, the path shows who came how,
          what was changed before, the request through the services, and the rule that refused.
        </Empty>
      ) : null}
      {wanted === null ? null : (
        <div className="ct-dn-panes">
          <DenialList groups={groups} shown={wanted} />
          <PathPane key={wanted} eventId={wanted} asText={asText} />
        </div>
      )}
    </div>
  )
}
