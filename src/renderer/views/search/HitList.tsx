import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import type { SearchHit } from '../../../contract/search'
import { useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatTime } from '../../text/time'
import { OutcomeMark } from '../../theme/OutcomeMark'

const HIT_PX = 46

/** Hits, the newest first. The arrows walk through them; what is picked opens in the inspector. */
export function HitList({ hits }: { readonly hits: readonly SearchHit[] }) {
  const scroller = useRef<HTMLDivElement>(null)
  const zone = useSettings((s) => s.timeZone)
  const picked = useSelection((s) => s.eventId)
  const pickEvent = useSelection((s) => s.pickEvent)
  const virtual = useVirtualizer({
    count: hits.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => HIT_PX,
    overscan: 6,
  })
  const at = hits.findIndex(({ eventId }) => eventId === picked)
  const pick = (index: number) => {
    const hit = hits[Math.max(0, Math.min(hits.length - 1, index))]
    if (hit === undefined) return
    pickEvent(hit.eventId)
    virtual.scrollToIndex(hits.indexOf(hit))
  }
  return (
    <div
      ref={scroller}
      className="ct-scroll ct-hits"
      role="listbox"
      tabIndex={0}
      aria-label="Records found"
      aria-activedescendant={at >= 0 ? `ct-hit-${at}` : undefined}
      onKeyDown={(event) => {
        if (event.key === 'ArrowDown') pick(at + 1)
        else if (event.key === 'ArrowUp') pick(at - 1)
        else if (event.key === 'Home') pick(0)
        else if (event.key === 'End') pick(hits.length - 1)
        else return
        event.preventDefault()
      }}
    >
      <div role="presentation" className="ct-hits-room" style={{ blockSize: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const hit = hits[index]
          if (hit === undefined) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list takes the keys for its options
            // biome-ignore lint/a11y/useFocusableInteractive: the list has one focus stop and names its active option
            <div
              key={hit.eventId}
              id={`ct-hit-${index}`}
              role="option"
              aria-selected={index === at}
              aria-setsize={hits.length}
              aria-posinset={index + 1}
              className={index === at ? 'ct-hit ct-hit-chosen' : 'ct-hit'}
              style={{ transform: `translateY(${start}px)` }}
              onClick={() => pick(index)}
            >
              <div className="ct-hit-head">
                <span className="ct-num">{hit.tsUs === null ? 'no time' : formatTime(hit.tsUs, zone, 'ms')}</span>
                <OutcomeMark outcome={hit.outcome} />
                <span>
                  <Evidence text={hit.action ?? hit.source} />
                </span>
                <span className="ct-dim ct-clip">
                  <Evidence text={hit.actor ?? ''} />
                </span>
              </div>
              <code className="ct-hit-text">
                <Evidence text={hit.before} />
                <mark>
                  <Evidence text={hit.match} />
                </mark>
                <Evidence text={hit.after} />
              </code>
            </div>
          )
        })}
      </div>
    </div>
  )
}
