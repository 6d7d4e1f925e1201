import type { JsonValue } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { type Fields, fieldList, fieldText, topText } from '../azure/fields'
import { idList, realId, tenantOf } from '../azure/ids'
import { listed } from '../azure/listed'
import type { Mapped } from '../azure/mapRecord'
import { addressColumns } from '../azure/place'
import { whenColumns } from '../azure/when'
import { readOnlyOfActivity } from '../shared/activity'
import { uaFamily } from '../shared/userAgent'
import { activityOf, classOf } from './activity'
import { initiatorAddress, initiatorColumns } from './initiator'
import { outcomeColumns } from './outcome'
import { reasonColumns } from './reason'
import { grantedIn, targetColumns } from './targets'

/** One directory change as one row. Every field may be missing, of the wrong type or hostile. */
export function mapAudit(fields: Fields, wallClock: WallClock): Mapped {
  const id = realId(fieldText(fields, 'id'))
  const correlation = realId(fieldText(fields, 'correlationid'))
  const time = whenColumns(fields, ['activitydatetime'], 'end', wallClock)
  const action = fieldText(fields, 'activitydisplayname') ?? topText(fields, 'operationname')
  const activity = activityOf(action, fieldText(fields, 'operationtype', 'aadoperationtype'))
  const outcome = outcomeColumns(fields)
  const details = fieldList(fields, 'additionaldetails')
  const agent = userAgentOf(fields, details)
  const flags: Flag[] = time.ts === undefined ? ['clock_suspect'] : []
  const row: AccessEventRow = {
    source: 'entra_audit',
    source_event_id: id,
    ...time,
    class: classOf(fieldText(fields, 'category'), action),
    activity,
    action,
    service: fieldText(fields, 'loggedbyservice'),
    permission: grantedIn(fields) ?? listed(details, 'RoleName', 'Role', 'Action'),
    read_only: readOnlyOfActivity(activity),
    ...outcome,
    ...initiatorColumns(fields),
    actor_tenant: tenantOf(fields),
    ...addressColumns(initiatorAddress(fields) ?? fieldText(fields, 'calleripaddress', 'ipaddress')),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...targetColumns(fields),
    resource_tenant: tenantOf(fields),
    ...reasonColumns(fields, details, outcome.outcome),
    request_id: correlation,
    ...idList([['azure_correlation', correlation]]),
    flags: flags.length === 0 ? undefined : flags,
  }
  return { row, sameAs: id }
}

function userAgentOf(fields: Fields, details: readonly JsonValue[]): string | undefined {
  return fieldText(fields, 'useragent') ?? listed(details, 'User-Agent', 'UserAgent')
}
