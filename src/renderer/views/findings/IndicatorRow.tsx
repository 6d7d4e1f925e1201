import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import { type Indicator, indicatorStatuses } from '../../../contract/incidents'
import { verdicts } from '../../../contract/work'
import { useDraft } from '../../casework/drafts'
import { EditorFoot } from '../../casework/EditorFoot'
import { ChoiceField, LongField } from '../../casework/Field'
import { VerdictShape } from '../../casework/MarkShape'
import { SaveState } from '../../casework/SaveState'
import { fieldTerm, quoteValue } from '../../state/filterText'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useScope, useSettings, useWorkbench } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { formatRowTime, zoneLabel } from '../../text/time'
import { QueryError } from '../../ui/QueryError'

/** One indicator in a line; open, where it is seen, and what is known of it. */
export function IndicatorRow({ indicator }: { readonly indicator: Indicator }) {
  const [open, setOpen] = useState(false)
  return (
    <article className="ct-wk-card">
      <button type="button" className="ct-wk-card-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span className={`ct-wk-status ct-wk-status-${indicator.status}`}>{indicator.status}</span>
        <span className="ct-wk-kind">{indicator.kind}</span>
        <span className="ct-wk-about-text">
          <Evidence text={indicator.value} />
        </span>
        {indicator.verdict === null ? null : (
          <span>
            <VerdictShape verdict={indicator.verdict} /> {indicator.verdict}
          </span>
        )}
      </button>
      {open ? <IndicatorEditor indicator={indicator} /> : null}
    </article>
  )
}

const noVerdict = 'no verdict'

function IndicatorEditor({ indicator }: { readonly indicator: Indicator }) {
  const draft = useDraft(useWorkbench().drafts.indicators, indicator)
  const { set } = useScope()
  const showView = useLayout((s) => s.showView)
  const { value, edit } = draft
  return (
    <div className="ct-wk-card-body">
      <div className="ct-bar">
        <ChoiceField
          label="Status"
          value={value.status}
          options={indicatorStatuses}
          onChange={(status) => edit({ status })}
        />
        <ChoiceField
          label="Verdict"
          value={value.verdict ?? noVerdict}
          options={[noVerdict, ...verdicts]}
          onChange={(verdict) => edit({ verdict: verdict === noVerdict ? null : verdict })}
        />
        <span className="ct-grow" />
        <SaveState draft={draft} />
        <Button
          size="small"
          onClick={() => {
            set({ filter: indicatorFilter(indicator), window: null })
            showView('events')
          }}
        >
          Show the events
        </Button>
      </div>
      <Sightings indicator={indicator} />
      <LongField
        label="What is known of it"
        value={value.text}
        onChange={(text) => edit({ text })}
        onBlur={() => void draft.save()}
      />
      <EditorFoot kind="indicator" document={indicator} />
    </div>
  )
}

function Sightings({ indicator: { kind, value } }: { readonly indicator: Indicator }) {
  const zone = useSettings((s) => s.timeZone)
  const seen = useEngineQuery('indicators.sightings', { kind, value })
  const time = (text: string | null) => (text === null ? '–' : formatRowTime(text, zone))
  return (
    <>
      <QueryError error={seen.error} retry={seen.refetch} />
      {seen.data === undefined ? (
        <p className="ct-dim">Looking…</p>
      ) : seen.data.length === 0 ? (
        <p className="ct-dim">Not seen in this case.</p>
      ) : (
        <table className="ct-table">
          <caption>Seen in</caption>
          <thead>
            <tr>
              <th scope="col">source</th>
              <th scope="col" className="ct-num">
                records
              </th>
              <th scope="col">first ({zoneLabel(zone)})</th>
              <th scope="col">last</th>
            </tr>
          </thead>
          <tbody>
            {seen.data.map((one) => (
              <tr key={one.source}>
                <td>
                  <Evidence text={one.source} />
                </td>
                <td className="ct-num">{formatCount(one.count)}</td>
                <td className="ct-num">{time(one.firstTs)}</td>
                <td className="ct-num">{time(one.lastTs)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

/** The events in which it is seen, as far as the filter language can say it. */
export function indicatorFilter({ kind, value }: Pick<Indicator, 'kind' | 'value'>): string {
  switch (kind) {
    case 'address':
      return fieldTerm('ip', value)
    case 'account':
      return fieldTerm('actor', value)
    case 'key':
      return `(${fieldTerm('credential_id', value)} OR ${phrase(value)})`
    case 'hash':
    case 'domain':
      return phrase(value)
  }
}

function phrase(value: string): string {
  const quoted = quoteValue(value)
  return quoted.startsWith('"') ? quoted : `"${quoted}"`
}
