import { Button } from '@blueprintjs/core'
import type { LinkRow } from '../../../contract/traces'
import { useLayout, useSelection } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { CopyButton } from '../../ui/CopyButton'

/** Links of an event or a trace, strongest first, each with the sentences that carry it. */
export function LinkList({ links, side }: { readonly links: readonly LinkRow[]; readonly side: 'event' | 'trace' }) {
  const selection = useSelection()
  const showView = useLayout((s) => s.showView)
  const open = (link: LinkRow) => {
    if (side === 'trace') {
      selection.pickEvent(link.event_id)
      return
    }
    if (link.trace_id === null) return
    if (link.span_id === null) selection.pickTrace(link.trace_id)
    else selection.pickSpan(link.trace_id, link.span_id)
    showView('traces')
  }
  return (
    <ul className="ct-links">
      {links.map((link) => (
        <li key={`${link.event_id}/${link.trace_id ?? ''}/${link.span_id ?? ''}/${link.method}`}>
          <div className="ct-bar">
            <span className={`ct-level ct-level-${link.level}`}>{link.level}</span>
            <span className="ct-dim">
              score {link.score.toFixed(1)}
              {link.margin === null ? '' : `, margin ${link.margin.toFixed(1)}`}
              {link.rivals === 0 ? ', no rival' : `, ${link.rivals} rival${link.rivals === 1 ? '' : 's'}`}
              {link.verdict === null ? '' : `, ${link.verdict} by the analyst`}
            </span>
            <span className="ct-grow" />
            <Button
              size="small"
              variant="outlined"
              disabled={side === 'event' && link.trace_id === null}
              onClick={() => open(link)}
            >
              {side === 'event' ? (link.span_id === null ? 'Open trace' : 'Open span') : 'Open event'}
            </Button>
          </div>
          <LinkTarget link={link} side={side} />
          <ul className="ct-why">
            {link.evidence.map((item) => (
              <li key={`${item.item}/${item.text}`}>
                <span className="ct-num ct-dim">
                  {item.weight >= 0 ? '+' : '−'}
                  {Math.abs(item.weight).toFixed(1)}
                </span>
                <Evidence text={item.text} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  )
}

function LinkTarget({ link, side }: { readonly link: LinkRow; readonly side: 'event' | 'trace' }) {
  const id = side === 'trace' ? link.event_id : (link.span_id ?? link.trace_id)
  if (id === null) return null
  return (
    <div className="ct-hash">
      <span className="ct-dim">{side === 'trace' ? 'event' : link.span_id === null ? 'trace' : 'span'}</span>
      <code>{id}</code>
      <CopyButton text={id} label="Copy the id" />
      <span className="ct-dim">{link.method}</span>
    </div>
  )
}
