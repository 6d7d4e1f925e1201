import type { About, Described } from '../../contract/work'
import { useEngineQuery } from '../state/useEngineQuery'
import { useSettings, useWorkbench } from '../state/workbench'
import { Evidence } from '../text/Evidence'
import { formatCount } from '../text/numbers'
import { formatRowTime, zoneLabel } from '../text/time'
import { OutcomeMark } from '../theme/OutcomeMark'
import { outcomeStyles } from '../theme/outcomes'
import { openAbout } from './openTarget'
import { targetKey, targetNames } from './targets'

/** What records are, by their key; one question for a whole list of them. */
export function useDescribed(abouts: readonly (About | null)[]): ReadonlyMap<string, Described> {
  const targets = abouts.flatMap((about) => (about?.kind === 'record' ? [about.target] : []))
  const described = useEngineQuery('work.describe', { targets }, { enabled: targets.length > 0, keepPrevious: true })
  return new Map((described.data ?? []).map((one) => [targetKey(one.target), one]))
}

interface Props {
  readonly about: About
  readonly described: ReadonlyMap<string, Described>
}

/** What a piece of evidence or a step of a story points to, in one line that opens it. */
export function AboutLine({ about, described }: Props) {
  const workbench = useWorkbench()
  const open = () =>
    openAbout(workbench, about, (id) => {
      workbench.casework.getState().pickFinding(id)
      workbench.layout.getState().showView('findings')
    })
  return (
    <button type="button" className="ct-wk-about" onClick={open}>
      <AboutText about={about} described={described} />
    </button>
  )
}

function AboutText({ about, described }: Props) {
  const zone = useSettings((s) => s.timeZone)
  if (about.kind === 'record') {
    const found = described.get(targetKey(about.target))
    if (found === undefined) return <span className="ct-dim">{targetNames[about.target.kind]}…</span>
    return (
      <>
        {found.ts === null ? null : (
          <span className="ct-num ct-dim">
            {formatRowTime(found.ts, zone)} {zoneLabel(zone, Date.parse(found.ts) * 1000)}
          </span>
        )}
        <span className="ct-wk-kind">{targetNames[about.target.kind]}</span>
        <span className="ct-wk-about-text">
          <Evidence text={found.title} />
        </span>
        {found.outcome !== null && Object.hasOwn(outcomeStyles, found.outcome) ? (
          <OutcomeMark outcome={found.outcome} />
        ) : null}
        {found.known ? null : <span className="ct-warn">not in the case any more</span>}
      </>
    )
  }
  if (about.kind === 'finding') return <FindingText id={about.id} />
  return (
    <>
      <span className="ct-wk-kind">
        {about.kind === 'query' ? 'Query' : about.figure === 'graph' ? 'Graph' : 'Timeline'}
      </span>
      <code className="ct-wk-about-text">
        <Evidence text={about.where === '' ? 'all events' : about.where} />
      </code>
      <QueryCount where={about.where} />
    </>
  )
}

function QueryCount({ where }: { readonly where: string }) {
  const count = useEngineQuery('events.count', { scope: { filter: where } })
  if (count.data === undefined) return null
  return <span className="ct-dim ct-num">{formatCount(count.data.count)} events</span>
}

function FindingText({ id }: { readonly id: string }) {
  const findings = useEngineQuery('findings.list', {})
  const found = findings.data?.find((one) => one.id === id)
  return (
    <>
      <span className="ct-wk-kind">Finding</span>
      <span className="ct-wk-about-text">
        {found === undefined ? <span className="ct-dim">deleted</span> : <Evidence text={found.title} />}
      </span>
    </>
  )
}
