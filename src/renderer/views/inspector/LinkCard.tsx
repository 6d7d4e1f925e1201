import { Button } from '@blueprintjs/core'
import { type KeyboardEvent, useState } from 'react'
import type { LinkRow } from '../../../contract/traces'
import { MarkPanel } from '../../casework/MarkPanel'
import { useLayout, useSelection } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatShare, plural } from '../../text/numbers'
import { CopyButton } from '../../ui/CopyButton'
import { EvidenceTable } from './EvidenceTable'
import { useVerdict, type Verdict } from './useVerdict'

interface Props {
  readonly link: LinkRow
  readonly side: 'event' | 'trace'
  /** The other links that are shown beside it. */
  readonly others: readonly LinkRow[]
}

/** The level as filled parts of four, so that it shows without colour. */
const strength: Readonly<Record<LinkRow['level'], number>> = { certain: 4, strong: 3, likely: 2, possible: 1 }

/** One link: how sure it is, why, what else there was, and the analyst's word on it. */
export function LinkCard({ link, side, others }: Props) {
  const selection = useSelection()
  const showView = useLayout((s) => s.showView)
  const { verdict, decide } = useVerdict(link)
  const [rivals, setRivals] = useState(false)
  const [marking, setMarking] = useState(false)
  // Of an event its other spans; of a trace the events that want the same span.
  const against = others.filter((other) =>
    side === 'event' ? other.event_id === link.event_id : other.span_id === link.span_id && link.span_id !== null,
  )
  const toggle = (wanted: Verdict) => void decide(verdict === wanted ? null : wanted)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const acts = new Map<string, () => void>([
      ['y', () => toggle('confirmed')],
      ['x', () => toggle('rejected')],
      ['Backspace', () => void decide(null)],
    ])
    const act = acts.get(event.key)
    if (act === undefined || link.trace_id === null) return
    event.preventDefault()
    event.stopPropagation()
    act()
  }
  const open = () => {
    if (side === 'trace') {
      selection.pickEvent(link.event_id)
      return
    }
    if (link.trace_id === null) return
    if (link.span_id === null) selection.pickTrace(link.trace_id)
    else selection.pickSpan(link.trace_id, link.span_id)
    showView('traces')
  }
  const target = side === 'trace' ? link.event_id : (link.span_id ?? link.trace_id)
  return (
    <li className={verdict === 'rejected' ? 'ct-link-rejected' : undefined} onKeyDown={onKeyDown}>
      <div className="ct-bar">
        <span className={`ct-level ct-level-${link.level}`}>
          <svg width="18" height="8" viewBox="0 0 18 8" aria-hidden="true">
            {[0, 1, 2, 3].map((part) => (
              <rect
                key={part}
                x={part * 4.5 + 0.5}
                y={0.5}
                width={3}
                height={7}
                fill={part < strength[link.level] ? 'currentColor' : 'none'}
                stroke="currentColor"
              />
            ))}
          </svg>{' '}
          {link.level}
        </span>
        {verdict === null ? null : (
          <strong className={`ct-verdict-${verdict}`}>
            {verdict === 'confirmed' ? '✓ confirmed' : '✗ rejected'} by the analyst
          </strong>
        )}
        <span className="ct-grow" />
        <Button size="small" variant="outlined" disabled={side === 'event' && link.trace_id === null} onClick={open}>
          {side === 'event' ? (link.span_id === null ? 'Open trace' : 'Open span') : 'Open event'}
        </Button>
      </div>
      <p className="ct-dim">{oddsText(link)}</p>
      {target === null ? null : (
        <div className="ct-hash">
          <span className="ct-dim">{side === 'trace' ? 'event' : link.span_id === null ? 'trace' : 'span'}</span>
          <code>{target}</code>
          <CopyButton text={target} label="Copy the id" />
          <span className="ct-dim">{link.method}</span>
        </div>
      )}
      {link.summary === undefined ? null : (
        <p className="ct-link-summary">
          <Evidence text={link.summary} />
        </p>
      )}
      <EvidenceTable evidence={link.evidence} />
      <div className="ct-bar">
        <Button
          size="small"
          disabled={link.trace_id === null}
          active={verdict === 'confirmed'}
          title="Key: y"
          onClick={() => toggle('confirmed')}
        >
          Confirm
        </Button>
        <Button
          size="small"
          disabled={link.trace_id === null}
          active={verdict === 'rejected'}
          title="Key: x"
          onClick={() => toggle('rejected')}
        >
          Reject
        </Button>
        <Button size="small" disabled={verdict === null} title="Key: Backspace" onClick={() => void decide(null)}>
          Take back
        </Button>
        {link.trace_id === null ? null : (
          <button type="button" className="ct-link" aria-expanded={marking} onClick={() => setMarking(!marking)}>
            Marks
          </button>
        )}
        {link.rivals === 0 ? null : (
          <button type="button" className="ct-link" aria-expanded={rivals} onClick={() => setRivals(!rivals)}>
            {plural(link.rivals, 'rival')}
          </button>
        )}
      </div>
      {marking && link.trace_id !== null ? (
        <MarkPanel targets={[{ kind: 'link', id: `${link.event_id}/${link.trace_id}/${link.span_id ?? ''}` }]} />
      ) : null}
      {rivals ? <Rivals count={link.rivals} shown={against} side={side} /> : null}
    </li>
  )
}

export function oddsText(link: Pick<LinkRow, 'probability' | 'score' | 'margin' | 'rivals'>): string {
  const margin = link.margin === null ? '' : `, margin ${link.margin.toFixed(1)} to the next`
  const rivals = link.rivals === 0 ? ', no rival' : `, ${plural(link.rivals, 'rival')}`
  const odds = link.probability === null ? '' : `right with ${formatShare(link.probability * 1e6, 1e6)}, `
  return `${odds}score ${link.score.toFixed(1)}${margin}${rivals}`
}

interface RivalProps {
  readonly count: number
  readonly shown: readonly LinkRow[]
  readonly side: 'event' | 'trace'
}

function Rivals({ count, shown, side }: RivalProps) {
  return (
    <div className="ct-link-rivals">
      {shown.map((rival) => (
        <section key={`${rival.event_id}/${rival.span_id ?? ''}`} aria-label="Rival">
          <strong>
            {side === 'event' ? 'span' : 'event'}{' '}
            {side === 'event' ? (rival.span_id ?? rival.trace_id) : rival.event_id}
          </strong>
          <p className="ct-dim">
            {rival.level}, {oddsText(rival)}
          </p>
          <EvidenceTable evidence={rival.evidence} />
        </section>
      ))}
      {shown.length >= count ? null : (
        <p className="ct-dim">
          {plural(count - shown.length, 'rival')} scored too low to be kept as a link, or shown with another event.
        </p>
      )}
    </div>
  )
}
