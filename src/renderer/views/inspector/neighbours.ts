import type { Row } from '../../../contract/shared'
import { fieldTerm } from '../../state/filterText'

export interface Likeness {
  readonly id: string
  readonly title: string
  readonly term: string
}

/** What an event can share with those around it; the fields that join most first. */
const shared = [
  { id: 'session', title: 'Session', field: 'session_id' },
  { id: 'actor', title: 'Actor', field: 'actor_key' },
  { id: 'address', title: 'Address', field: 'src_ip' },
  { id: 'credential', title: 'Credential', field: 'credential_id' },
  { id: 'request', title: 'Request', field: 'request_id' },
  { id: 'resource', title: 'Resource', field: 'resource_key' },
] as const

/** The ways in which this event has neighbours: one for each such field that it holds, and any event at all. */
export function likenesses(event: Row): readonly Likeness[] {
  const found = shared.flatMap(({ id, title, field }): readonly Likeness[] => {
    const value = event[field]
    return typeof value === 'string' && value !== '' ? [{ id, title, term: fieldTerm(field, value) }] : []
  })
  return [...found, { id: 'any', title: 'Any', term: '' }]
}

export const spans = [
  { us: 60_000_000, title: '± 1 min' },
  { us: 600_000_000, title: '± 10 min' },
  { us: 3_600_000_000, title: '± 1 h' },
  { us: 86_400_000_000, title: '± 1 d' },
] as const
