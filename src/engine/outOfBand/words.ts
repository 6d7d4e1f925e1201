/** The sentences of the verdicts. Figures are those of the query; nothing is concluded here. */
import { formatInstant } from '../../common/time'
import type { BandGroup } from '../../contract/analyses'
import { tailLimit } from './judge'
import type { EventRow } from './list'

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

export function groupText(group: Omit<BandGroup, 'text'>): string {
  const who = group.actor ?? 'An unnamed identity'
  const from = [
    group.session === null ? undefined : `in session ${group.session}`,
    group.address === null ? undefined : `from ${group.address}`,
    group.client === null ? undefined : `with ${shorten(group.client)}`,
  ].filter((part) => part !== undefined)
  const did = `${who} reached ${group.area} ${from.join(' ')}${from.length === 0 ? '' : ' '}`
  const counted = `${plural(group.unlinkedUnits, 'request')} of ${group.units} without a trace`
  const named = group.comparedNamed === 0 ? '' : ` and ${group.comparedNamed} name one that was not kept`
  const elsewhere =
    group.basis === 'identity'
      ? `of the other ${group.comparedWith} accesses of this identity ${group.comparedLinked} come with one${named}`
      : `of ${group.comparedWith} accesses of traced programs to ${group.resources[0] ?? 'the same resource'} ${group.comparedLinked} come with one${named}`
  const chance =
    group.tail < tailLimit
      ? `chance leaves so many out with a probability of ${probability(group.tail)}`
      : 'traces are complete there'
  const tickets = group.tickets.length === 0 ? '' : ` It states ${group.tickets.join(', ')}.`
  return `${did}– ${counted}; ${elsewhere}; ${chance}. ${cellText(group.cell)}${tickets}`
}

function cellText({ source, area, fromUs, toUs }: BandGroup['cell']): string {
  const precision = fromUs % 1e6 === 0 && toUs % 1e6 === 0 ? 's' : 'us'
  return `Coverage cell: ${source}, ${area}, ${formatInstant(fromUs, precision)} to ${formatInstant(toUs, precision)}.`
}

function probability(value: number): string {
  return value < 1e-12 ? 'less than 1e-12' : value.toPrecision(2)
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 59)}…` : text)

export function reasonText(event: EventRow, group: string | undefined): string {
  switch (event.verdict) {
    case 'explained':
      return 'A certain or strong link ties it to a trace.'
    case 'out_of_band':
      return group ?? 'Its group is out of band.'
    case 'explainable':
      if (event.named) return 'It names a trace that is not in this case; the trace was not kept, or not exported.'
      return event.likely
        ? 'A likely link explains it; that is not enough to count on and too much to call it out of band.'
        : 'This client comes with traces here, but not with all of its accesses; a trace that was not kept or not linked explains it.'
    case 'out_of_coverage':
      if (event.ts === null) return 'It has no time, so no trace can be expected at it.'
      if (event.area_linked === 0) return `No access of ${event.source} to ${event.area} comes with a trace.`
      if (!event.present) return `No service whose traces reach ${event.area} has a span around this time.`
      return 'This client never comes with a trace here, and nothing shows that it should.'
  }
}
