import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject } from '../azure/fields'
import { atFolded, textFolded } from '../shared/folded'
import { ticketsIn } from '../shared/tickets'

type ReasonColumns = Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'>

/** A justification in what was sent, as requests for a role and role assignments have it. */
export function reasonColumns(fields: Fields): ReasonColumns {
  const body = fieldObject(fields, 'requestbody')
  const properties = atFolded(body, 'properties') ?? atFolded(body, 'Properties')
  for (const [holder, path] of [
    [properties, 'properties.requestbody.properties.'],
    [body, 'properties.requestbody.'],
  ] as const) {
    for (const name of ['justification', 'description', 'notes', 'comment', 'reason']) {
      const reason = textFolded(holder, name)
      if (reason === undefined) continue
      const ticket = textFolded(holder, 'ticketInfo', 'ticketNumber')
      const tickets = [...new Set([...(ticket === undefined ? [] : [ticket]), ...ticketsIn(reason)])]
      return { reason, reason_field: `${path}${name}`, ticket_ids: tickets.length === 0 ? undefined : tickets }
    }
  }
  return {}
}
