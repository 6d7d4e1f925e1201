import type { JsonValue } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText } from '../azure/fields'
import { listed } from '../azure/listed'
import { textFolded } from '../shared/folded'
import { reasonKeyKind, ticketsIn } from '../shared/tickets'

type ReasonColumns = Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'>

/**
 * Why it was done: a justification among the details, else the reason of a change that went through (there it is what
 * the person wrote; of one that failed it is the error). Tickets are stated by number, or recognised in the reason.
 */
export function reasonColumns(fields: Fields, details: readonly JsonValue[], outcome: Outcome): ReasonColumns {
  const justified = listed(details, 'Justification')
  const given = outcome === 'success' ? fieldText(fields, 'resultreason') : undefined
  const reason = justified ?? given
  const stated = details.flatMap((item) => {
    const key = textFolded(item, 'key')
    const value = textFolded(item, 'value')
    return key !== undefined && value !== undefined && reasonKeyKind(key) === 'ticket' ? [value] : []
  })
  const tickets = [...new Set([...stated, ...ticketsIn(reason)])]
  return {
    reason,
    reason_field:
      reason === undefined ? undefined : justified === undefined ? 'resultReason' : 'additionalDetails.Justification',
    ticket_ids: tickets.length === 0 ? undefined : tickets,
  }
}
