import { useState } from 'react'
import type { AccessVerdict } from '../../../contract/analyses'
import { scopeFilter } from '../../casework/addActs'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'
import { formatCount, formatShare } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { AuditGaps } from './AuditGaps'
import { GroupCard } from './GroupCard'
import '../../drawing/drawn.css'
import './outOfBand.css'

type Tab = 'band' | 'gaps'

/** Accesses without the trace that they should have, and traced calls without their audit event. */
export function OutOfBandView() {
  const { filter: terms, window } = useScope()
  const filter = scopeFilter({ filter: terms, window })
  const [tab, setTab] = useState<Tab>('band')
  const band = useEngineQuery('outOfBand.list', { where: filter }, { keepPrevious: true })
  const gaps = useEngineQuery('auditGaps.list', { where: filter }, { keepPrevious: true })
  const tabs: readonly { readonly id: Tab; readonly label: string; readonly count: number | undefined }[] = [
    { id: 'band', label: 'Out of band', count: band.data?.groups.length },
    { id: 'gaps', label: 'Audit gaps', count: gaps.data?.total },
  ]
  return (
    <div className="ct-drawn ct-ob">
      <LoadingLine active={band.isFetching || gaps.isFetching} />
      <div className="ct-tools">
        <div role="tablist" aria-label="What is missing" className="ct-tabs">
          {tabs.map(({ id, label, count }) => (
            <button key={id} type="button" role="tab" aria-selected={tab === id} onClick={() => setTab(id)}>
              {label}
              {count === undefined ? '' : ` (${formatCount(count)})`}
            </button>
          ))}
        </div>
        <span className="ct-dim">
          {tab === 'band' ? 'Accesses that went past the traced paths.' : 'Traced calls that left no audit event.'}{' '}
          Judged over the whole case; filter and time window narrow what is shown.
        </span>
      </div>
      <QueryError error={band.error} retry={band.refetch} />
      <QueryError error={gaps.error} retry={gaps.refetch} />
      {tab === 'gaps' && gaps.data !== undefined ? <AuditGaps result={gaps.data} /> : null}
      {tab === 'band' && band.data !== undefined ? (
        <div className="ct-ob-body">
          <Verdicts counts={band.data.counts} />
          {band.data.groups.length === 0 ? <WhyNothing counts={band.data.counts} filtered={filter !== ''} /> : null}
          {band.data.groups.map((group) => (
            <GroupCard
              key={group.id}
              group={group}
              events={band.data.events.filter((event) => event.group === group.id)}
            />
          ))}
          {band.data.truncated ? <p className="ct-dim">More events than are listed here.</p> : null}
        </div>
      ) : null}
    </div>
  )
}

type Counts = Readonly<Record<AccessVerdict, number>>

const words: readonly { readonly verdict: AccessVerdict; readonly title: string; readonly means: string }[] = [
  {
    verdict: 'out_of_band',
    title: 'out of band',
    means: 'traces cover it, and chance does not explain that none is here',
  },
  { verdict: 'explainable', title: 'explainable', means: 'a likely link, or a trace that was not kept' },
  { verdict: 'explained', title: 'explained', means: 'a link ties it to a trace' },
  { verdict: 'out_of_coverage', title: 'out of coverage', means: 'no trace can be expected, so nothing is said' },
]

function Verdicts({ counts }: { readonly counts: Counts }) {
  const total = words.reduce((sum, { verdict }) => sum + counts[verdict], 0)
  return (
    <dl className="ct-ob-verdicts">
      {words.map(({ verdict, title, means }) => (
        <div key={verdict} className={`ct-ob-verdict ct-ob-${verdict}`}>
          <dt>{title}</dt>
          <dd>
            <strong>{formatCount(counts[verdict])}</strong>{' '}
            <span className="ct-dim">{formatShare(counts[verdict], total)}</span>
          </dd>
          <dd className="ct-dim">{means}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Nothing claimed is not nothing there: what the silence rests on, with figures. */
function WhyNothing({ counts, filtered }: { readonly counts: Counts; readonly filtered: boolean }) {
  const spans = useEngineQuery('case.current', {}).data?.info.tables.span ?? 0
  const judged = counts.explained + counts.explainable + counts.out_of_band
  const total = judged + counts.out_of_coverage
  if (spans === 0)
    return (
      <Empty title="Nothing can be claimed without traces">
        The case has {formatCount(total)} accesses and no span. An access is out of band only against traces that cover
        it: import OTLP or Jaeger exports of the same time.
      </Empty>
    )
  if (judged === 0)
    return (
      <Empty title="No access is covered by traces">
        {formatCount(counts.out_of_coverage)} accesses and {formatCount(spans)} spans are here, but traces do not reach
        the areas at the times of these accesses, so that their absence says nothing. The view Coverage shows where.
      </Empty>
    )
  return (
    <Empty title="Nothing is out of band">
      {formatCount(counts.explained)} accesses come with a trace, {formatCount(counts.explainable)} can be explained,
      and for {formatCount(counts.out_of_coverage)} nothing is claimed, since no trace can be expected there.
      {filtered ? ' Only what the filter leaves is counted.' : ''}
    </Empty>
  )
}
