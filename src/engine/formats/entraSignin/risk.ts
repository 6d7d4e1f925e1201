import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { type Fields, fieldList, fieldText, topText } from '../azure/fields'
import { idList, realId, tenantOf } from '../azure/ids'
import { listed } from '../azure/listed'
import type { Mapped } from '../azure/mapRecord'
import { whenColumns } from '../azure/when'
import { uaFamily } from '../shared/userAgent'
import { identityColumns } from './identity'
import { placeColumns } from './place'

/**
 * A detected risk, or the risk state of an account, as a row about the account. Neither says how the sign-in ended, so
 * the outcome is unknown; the kind of risk stands as the code, level and state as the reason.
 */
export function mapRisk(fields: Fields, wallClock: WallClock): Mapped {
  const type = fieldText(fields, 'riskeventtype', 'risktype')
  const detection = type !== undefined
  const own = detection ? ['activitydatetime', 'detecteddatetime'] : ['risklastupdateddatetime']
  const time = whenColumns(fields, own, detection ? 'start' : 'logged', wallClock)
  const id = realId(fieldText(fields, 'id'))
  const agent = listed(fieldList(fields, 'additionalinfo'), 'userAgent')
  const flags: Flag[] = time.ts === undefined ? ['clock_suspect'] : []
  const identity = detection ? identityColumns(fields) : accountColumns(fields)
  const row: AccessEventRow = {
    source: 'entra_signin',
    source_event_id: id,
    ...time,
    class: 'authn',
    activity: 'other',
    action: topText(fields, 'operationname') ?? (detection ? 'User Risk Detection' : 'Risky user'),
    service: fieldText(fields, 'source'),
    outcome: 'unknown',
    outcome_code: type,
    outcome_reason: riskText(fields),
    ...identity,
    ...placeColumns(fields),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...accountResource(identity),
    resource_tenant: realId(fieldText(fields, 'resourcetenantid')) ?? tenantOf(fields),
    request_id: realId(fieldText(fields, 'requestid')),
    ...idList([
      ['azure_correlation', fieldText(fields, 'correlationid')],
      ['azure_correlation', topText(fields, 'correlationid')],
      ['entra_request', fieldText(fields, 'requestid')],
    ]),
    flags: flags.length === 0 ? undefined : flags,
  }
  return {
    row,
    sameAs: id === undefined || time.ts === undefined ? undefined : `${id}/${time.ts / 1_000_000n}/${type ?? ''}`,
  }
}

/** In the state of an account, `id` is the account. */
function accountColumns(fields: Fields): ReturnType<typeof identityColumns> {
  const found = identityColumns(fields)
  const id = realId(fieldText(fields, 'userid', 'serviceprincipalid', 'id'))
  if (found.actor_email !== undefined) return { ...found, actor_id: id ?? found.actor_id }
  return { ...found, actor_id: id, actor_key: id === undefined ? found.actor_key : `entra:${id}` }
}

function accountResource(
  identity: ReturnType<typeof identityColumns>,
): Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resources'> {
  const id = identity.actor_id
  if (id === undefined) return {}
  const type = identity.actor_type === 'app' ? 'serviceprincipal' : 'user'
  const key = `entra:${type}/${id.toLowerCase()}`
  return {
    resource_key: key,
    resource_type: type,
    resource_name: identity.actor_email ?? identity.actor_name,
    resources: [{ key, type }],
  }
}

/** `riskLevel high, riskState atRisk, riskDetail none`, as far as stated. */
function riskText(fields: Fields): string | undefined {
  const parts = ['riskLevel', 'riskState', 'riskDetail'].flatMap((name) => {
    const value = fieldText(fields, name.toLowerCase())
    return value === undefined ? [] : [`${name} ${value}`]
  })
  return parts.length === 0 ? undefined : parts.join(', ')
}
