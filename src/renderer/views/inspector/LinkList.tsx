import type { LinkRow } from '../../../contract/traces'
import { LinkCard } from './LinkCard'

/** Links of an event or a trace, strongest first, each with what carries it. */
export function LinkList({ links, side }: { readonly links: readonly LinkRow[]; readonly side: 'event' | 'trace' }) {
  return (
    <ul className="ct-links">
      {links.map((link) => (
        <LinkCard key={linkKey(link)} link={link} side={side} others={links.filter((other) => other !== link)} />
      ))}
    </ul>
  )
}

function linkKey(link: LinkRow): string {
  return `${link.event_id}/${link.trace_id ?? ''}/${link.span_id ?? ''}/${link.method}`
}
