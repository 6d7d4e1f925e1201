import { text } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { reasonKeyKind, ticketsIn } from './tickets'

type ReasonColumns = Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'>

/** A value that somebody gave as the reason or as a ticket's id, or that may mention one; and where it stands. */
export interface Stated {
  readonly field: string
  readonly value: unknown
  readonly kind: 'reason' | 'ticket' | 'mention'
}

const MAX_TICKETS = 50

/** The first stated reason, and the tickets that all of them name. */
export function reasonColumns(stated: Iterable<Stated>): ReasonColumns {
  const tickets = new Set<string>()
  let reason: { readonly text: string; readonly field: string } | undefined
  for (const { field, value, kind } of stated) {
    const words = text(value)
    if (words === undefined || words.trim() === '') continue
    if (kind === 'reason') reason ??= { text: words, field }
    const found = kind === 'ticket' ? [words] : ticketsIn(words)
    for (const ticket of found) if (tickets.size < MAX_TICKETS) tickets.add(ticket)
  }
  return {
    reason: reason?.text,
    reason_field: reason?.field,
    ticket_ids: tickets.size === 0 ? undefined : [...tickets],
  }
}

/** The entries of a map of labels or metadata whose key says reason or ticket. */
export function statedIn(path: string, labels: Iterable<readonly [string, unknown]>): Stated[] {
  const found: Stated[] = []
  for (const [key, value] of labels) {
    const kind = reasonKeyKind(key)
    if (kind !== undefined) found.push({ field: `${path}.${key}`, value, kind })
  }
  return found
}
