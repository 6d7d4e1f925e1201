import { Spinner } from '@blueprintjs/core'
import { useIsFetching } from '@tanstack/react-query'
import type { OpenCase } from '../../contract/case'
import { useEngineQuery } from '../state/useEngineQuery'
import { useScope, useSettings, useTasks } from '../state/workbench'
import { formatCount, formatShare, plural } from '../text/numbers'
import { formatShortTime, zoneLabel } from '../text/time'

/** Counts, what the engine is doing, the zone, and how far the journal is: always in sight. */
export function StatusBar({ open }: { readonly open: OpenCase }) {
  const { scope, filter, window } = useScope()
  const zone = useSettings((s) => s.timeZone)
  const fetching = useIsFetching()
  const tasks = useTasks((s) => s.tasks.length)
  const count = useEngineQuery('events.count', { scope }, { keepPrevious: true })
  const { tables, journal } = open.info
  const total = tables.access_event ?? 0
  const shown = count.data?.count ?? total
  const narrowed = filter !== '' || window !== null
  return (
    <footer className="ct-status-bar">
      <span aria-live="polite">
        {narrowed
          ? `${formatCount(shown)} of ${plural(total, 'event')} (${formatShare(shown, total)})`
          : plural(total, 'event')}
      </span>
      <span>{plural(tables.span ?? 0, 'span')}</span>
      <span>{plural(tables.link ?? 0, 'link')}</span>
      <span>{plural(tables.source_file ?? 0, 'file')}</span>
      {open.span === null ? null : (
        <span className="ct-num">
          {formatShortTime(open.span.fromUs, zone)} – {formatShortTime(open.span.toUs, zone)}{' '}
          {zoneLabel(zone, open.span.fromUs)}
        </span>
      )}
      <span className="ct-grow" />
      <span className="ct-busy">
        {fetching > 0 || tasks > 0 ? (
          <>
            <Spinner size={11} aria-label="The engine is working" /> working
          </>
        ) : (
          'idle'
        )}
      </span>
      <span title={`Journal head ${journal.head}`}>
        saved · journal {formatCount(journal.seq)} · <code>{journal.head.slice(0, 8)}</code>
      </span>
    </footer>
  )
}
