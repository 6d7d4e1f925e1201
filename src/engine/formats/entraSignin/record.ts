import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText } from '../azure/fields'
import { idList, realId, tenantOf } from '../azure/ids'
import type { Mapped } from '../azure/mapRecord'
import { millisecondsToUs, whenColumns } from '../azure/when'
import { textFolded } from '../shared/folded'
import { uaFamily } from '../shared/userAgent'
import { accessColumns, policyNames } from './access'
import { identityColumns } from './identity'
import { outcomeColumns } from './outcome'
import { placeColumns } from './place'
import { resourceColumns } from './resource'

/** One sign-in as one row. Every field may be missing, of the wrong type or hostile. */
export function mapSignIn(fields: Fields, wallClock: WallClock): Mapped {
  const id = realId(fieldText(fields, 'id', 'requestid'))
  const time = whenColumns(fields, ['createddatetime'], 'start', wallClock)
  const outcome = outcomeColumns(fields)
  const agent = fieldText(fields, 'useragent')
  const flags: Flag[] = time.ts === undefined ? ['clock_suspect'] : []
  const row: AccessEventRow = {
    source: 'entra_signin',
    source_event_id: id,
    ...time,
    class: 'authn',
    activity: 'login',
    action: topText(fields, 'operationname') ?? 'Sign-in activity',
    service: fieldText(fields, 'appdisplayname'),
    ...outcome,
    ...policyNames(fields, outcome.outcome),
    ...identityColumns(fields),
    ...accessColumns(fields, outcome.outcome),
    ...placeColumns(fields),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...resourceColumns(fields),
    resource_tenant: realId(fieldText(fields, 'resourcetenantid')) ?? tenantOf(fields),
    request_id: id,
    ...idList([
      ['azure_correlation', fieldText(fields, 'correlationid')],
      ['azure_correlation', topText(fields, 'correlationid')],
      ['entra_original_request', fieldText(fields, 'originalrequestid')],
      ['entra_token', fieldText(fields, 'uniquetokenidentifier')],
      ['entra_device', deviceId(fields)],
      ['entra_federated_token', fieldText(fields, 'federatedtokenid')],
    ]),
    duration_us: millisecondsToUs(fieldText(fields, 'processingtimeinmilliseconds', 'processingtimeinms')),
    flags: flags.length === 0 ? undefined : flags,
  }
  const second = time.ts === undefined ? undefined : time.ts / 1_000_000n
  return {
    row,
    sameAs: id === undefined || second === undefined ? undefined : `${id}/${second}/${outcome.outcome_code ?? ''}`,
  }
}

function deviceId(fields: Fields): string | undefined {
  return textFolded(fieldObject(fields, 'devicedetail'), 'deviceId') ?? fieldText(fields, 'deviceid')
}
