import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import { type Indicator, indicatorKinds, type IndicatorKind as KindSchema } from '../../../contract/incidents'
import { scopeFilter } from '../../casework/addActs'
import { make } from '../../casework/documentActs'
import { useResumedDrafts } from '../../casework/drafts'
import { ChoiceField } from '../../casework/Field'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { visibleText } from '../../text/marks'
import { formatCount, plural } from '../../text/numbers'
import { LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { AddLine } from './AddLine'
import { IndicatorRow } from './IndicatorRow'

export type IndicatorKind = (typeof KindSchema)['options'][number]

const noIndicators: readonly Indicator[] = []

const kindNames: Readonly<Record<IndicatorKind, string>> = {
  address: 'address',
  account: 'account',
  key: 'key',
  hash: 'hash',
  domain: 'domain',
}

/** What to look for elsewhere: kept indicators with where each is seen, and what the events offer as more. */
export function IndicatorsTab() {
  const workbench = useWorkbench()
  const { client } = workbench
  const indicators = useEngineQuery('indicators.list', {}, { keepPrevious: true })
  const [kind, setKind] = useState<IndicatorKind>('address')
  const all: readonly Indicator[] = indicators.data ?? noIndicators
  useResumedDrafts(workbench.drafts.indicators, all)
  return (
    <>
      <LoadingLine active={indicators.isFetching} />
      <QueryError error={indicators.error} retry={indicators.refetch} />
      <div className="ct-wk-thoughts ct-scroll">
        <section className="ct-wk-list" aria-label="Indicators">
          <h2>Kept</h2>
          {indicators.isSuccess && all.length === 0 ? (
            <p className="ct-dim">
              Addresses, accounts, keys, hashes and domains to look for elsewhere. Keep what is found on the right, or
              write one below; opening one shows every sighting over all sources.
            </p>
          ) : null}
          {all.map((indicator) => (
            <IndicatorRow key={indicator.id} indicator={indicator} />
          ))}
          <div className="ct-bar">
            <ChoiceField
              label="Kind of the indicator"
              hideLabel
              value={kind}
              options={indicatorKinds}
              name={(one) => kindNames[one]}
              onChange={setKind}
            />
            <div className="ct-grow">
              <AddLine
                label="New indicator"
                placeholder="198.51.100.7, or defanged: 198.51.100[.]7"
                onAdd={async (value) =>
                  (await make(workbench, () => client.call('indicators.add', { kind, value, status: 'confirmed' }))) !==
                  undefined
                }
              />
            </div>
          </div>
        </section>
        <Candidates />
      </div>
    </>
  )
}

/** What the events of the filter and time window hold that could be an indicator. */
function Candidates() {
  const workbench = useWorkbench()
  const scope = useScope()
  const where = scopeFilter(scope)
  const found = useEngineQuery('indicators.extract', { where, limit: 25 }, { keepPrevious: true })
  const fresh = (found.data ?? []).filter(({ known }) => !known)
  return (
    <section className="ct-wk-list" aria-label="Found in the events">
      <h2>Found in the events</h2>
      <p className="ct-dim">
        {where === '' ? 'In all events; a filter or a time window narrows it.' : 'In the events of the filter.'} Public
        addresses, accounts, keys, hashes and domains, most seen first.
      </p>
      <QueryError error={found.error} retry={found.refetch} />
      {found.isSuccess && fresh.length === 0 ? <p className="ct-dim">Nothing more was found.</p> : null}
      <ul className="ct-wk-candidates">
        {fresh.map(({ kind, value, count }) => (
          <li key={`${kind} ${value}`}>
            <span className="ct-wk-kind">{kind}</span>
            <span className="ct-wk-about-text" title={visibleText(value)}>
              <Evidence text={value} />
            </span>
            <span className="ct-dim ct-num">{plural(count, 'event')}</span>
            <Button
              size="small"
              aria-label={`Keep ${visibleText(value)}, seen ${formatCount(count)} times`}
              onClick={() =>
                void make(workbench, () =>
                  workbench.client.call('indicators.add', { kind, value, status: 'confirmed' }),
                )
              }
            >
              Keep
            </Button>
          </li>
        ))}
      </ul>
    </section>
  )
}
