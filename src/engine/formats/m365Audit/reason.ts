import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText } from '../azure/fields'
import { realId } from '../azure/ids'
import { ticketsIn } from '../shared/tickets'
import { member } from './properties'

type ReasonColumns = Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'>

/** Stated reasons: for going past a rule, for a lower label, for an override. */
const fieldsOfReason: readonly (readonly [string, (fields: Fields) => string | undefined])[] = [
  ['ExceptionInfo.Justification', (fields) => member(fields, 'exceptioninfo', 'Justification')],
  ['Justification', (fields) => fieldText(fields, 'justification')],
  ['JustificationText', (fields) => fieldText(fields, 'justificationtext')],
  [
    'SensitivityLabelEventData.JustificationText',
    (fields) => member(fields, 'sensitivitylabeleventdata', 'JustificationText'),
  ],
]

export function reasonColumns(fields: Fields): ReasonColumns {
  const support = realId(fieldText(fields, 'supportticketid'))
  for (const [field, read] of fieldsOfReason) {
    const reason = read(fields)
    if (reason === undefined) continue
    const tickets = [...new Set([...(support === undefined ? [] : [support]), ...ticketsIn(reason)])]
    return { reason, reason_field: field, ticket_ids: tickets.length === 0 ? undefined : tickets }
  }
  return support === undefined ? {} : { ticket_ids: [support] }
}
