import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { type Fields, fieldText } from '../azure/fields'
import { idList, realId } from '../azure/ids'
import { azureInstant } from '../azure/time'
import { readOnlyOfActivity } from '../shared/activity'
import { uaFamily } from '../shared/userAgent'
import { actorColumns, objectIdOf } from './actor'
import { activityOf, classOf } from './operation'
import { outcomeColumns } from './outcome'
import { agentOf, placeColumns } from './place'
import { policyColumns } from './policy'
import { member, valuesIn } from './properties'
import { reasonColumns } from './reason'
import { recordTypeName } from './recordTypes'
import { resourceColumns } from './resource'

/** One record as one row. Every field may be missing, of the wrong type or hostile. */
export function mapRecord(fields: Fields, wallClock: WallClock): AccessEventRow {
  const id = realId(fieldText(fields, 'id', 'officeid'))
  const time = timeColumns(fields, wallClock)
  const action = fieldText(fields, 'operation')
  const type = recordTypeName(fieldText(fields, 'recordtype', 'officerecordtype'))
  const activity = activityOf(action)
  const outcome = outcomeColumns(fields, action)
  const agent = agentOf(fields)
  const flags: Flag[] = time.ts === undefined ? ['clock_suspect'] : []
  const request = realId(fieldText(fields, 'intrasystemid')) ?? realId(fieldText(fields, 'clientrequestid'))
  return {
    source: 'm365',
    source_event_id: id,
    ...time,
    class: classOf(type, action, activity),
    activity,
    action,
    service: fieldText(fields, 'workload', 'officeworkload') ?? type,
    permission: permissionOf(fields),
    read_only: readOnlyOfActivity(activity),
    ...outcome,
    ...policyColumns(fields, outcome.outcome),
    ...actorColumns(fields),
    session_id:
      realId(member(fields, 'appaccesscontext', 'AADSessionId')) ??
      realId(fieldText(fields, 'sessionid')) ??
      realId(valuesIn(fields, 'deviceproperties').get('sessionid')),
    credential_id: realId(member(fields, 'appaccesscontext', 'UniqueTokenId')),
    ...placeColumns(fields),
    user_agent: agent,
    ua_family: uaFamily(agent),
    ...resourceColumns(fields, type),
    ...reasonColumns(fields),
    request_id: request,
    ...idList([
      ['azure_correlation', fieldText(fields, 'intersystemsid')],
      ['azure_correlation', fieldText(fields, 'correlationid')],
      ['azure_correlation', member(fields, 'appaccesscontext', 'CorrelationId')],
      ['azure_request', fieldText(fields, 'intrasystemid')],
      ['azure_client_request', fieldText(fields, 'clientrequestid')],
      ['entra_object', objectIdOf(fields)],
      ['entra_app', fieldText(fields, 'applicationid', 'clientappid', 'appid')],
      ['entra_app', member(fields, 'appaccesscontext', 'ClientAppId')],
      ['m365_session', fieldText(fields, 'mailsessionid')],
      ['m365_incident', fieldText(fields, 'incidentid')],
      ['m365_alert', fieldText(fields, 'alertid')],
    ]),
    ...byteColumns(fields, activity),
    flags: flags.length === 0 ? undefined : flags,
  }
}

type TimeColumns = Pick<AccessEventRow, 'ts' | 'ts_precision' | 'ts_kind'>

/** `CreationTime` has no zone and is UTC by definition. `CreationDate` stands beside the record, in any locale. */
function timeColumns(fields: Fields, wallClock: WallClock): TimeColumns {
  const own = azureInstant(fieldText(fields, 'creationtime'))
  if (own !== undefined) return { ts: own.us, ts_precision: own.precision, ts_kind: 'start' }
  const beside =
    azureInstant(fieldText(fields, 'timegenerated')) ??
    azureInstant(fieldText(fields, 'creationdate')) ??
    azureInstant(fieldText(fields, 'timegenerated [local time]'), { wallClock })
  return beside === undefined ? {} : { ts: beside.us, ts_precision: beside.precision, ts_kind: 'logged' }
}

/** The right that was handed out or taken: of a mailbox, a folder, a role. */
function permissionOf(fields: Fields): string | undefined {
  const parameters = valuesIn(fields, 'parameters')
  const changes = valuesIn(fields, 'modifiedproperties')
  return (
    parameters.get('accessrights') ??
    changes.get('role.displayname') ??
    changes.get('delegatedpermissiongrant.scope') ??
    changes.get('consentaction.permissions') ??
    changes.get('approle.value')
  )
}

/** The size of a file counts as moved where it was moved. */
function byteColumns(
  fields: Fields,
  activity: AccessEventRow['activity'],
): Pick<AccessEventRow, 'bytes_in' | 'bytes_out'> {
  const size = /^(\d{1,18})(?:\.0)?$/.exec(fieldText(fields, 'filesizebytes', 'filesyncbytescommitted') ?? '')?.[1]
  if (size === undefined || size === '0') return {}
  const operation = fieldText(fields, 'operation') ?? ''
  if (/download/i.test(operation)) return { bytes_out: BigInt(size) }
  return activity === 'create' && /upload/i.test(operation) ? { bytes_in: BigInt(size) } : {}
}
