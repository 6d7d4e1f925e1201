import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText } from '../azure/fields'
import { idList, realId } from '../azure/ids'
import type { Mapped } from '../azure/mapRecord'
import { millisecondsToUs, whenColumns } from '../azure/when'
import { readOnlyOfActivity } from '../shared/activity'
import { textFolded } from '../shared/folded'
import { authorizationColumns } from './authorization'
import { callerColumns } from './caller'
import { clientColumns } from './client'
import { httpColumns, requestOf } from './http'
import { activityOf, classOf, isServiceEvent, operationOf, serviceOf } from './operation'
import { outcomeColumns } from './outcome'
import { reasonColumns } from './reason'
import { resourceColumns } from './resource'

/** One record of the activity log or of a resource's diagnostic log. Every field may be missing or hostile. */
export function mapActivity(fields: Fields, wallClock: WallClock): Mapped {
  const time = whenColumns(fields, ['eventtimestamp'], 'logged', wallClock)
  const action = operationOf(fields)
  const byPlatform = isServiceEvent(fields)
  const http = httpColumns(fields)
  const activity = byPlatform ? 'other' : activityOf(action, http.http_method)
  const correlation = realId(topText(fields, 'correlationid') ?? fieldText(fields, 'correlationid'))
  const outcome = outcomeColumns(fields)
  const flags: Flag[] = time.ts === undefined ? ['clock_suspect'] : []
  if (byPlatform) flags.push('service_initiated')
  const row: AccessEventRow = {
    source: 'azure_activity',
    source_event_id: eventId(fields, correlation, action),
    ...time,
    class: classOf(fields, action),
    activity,
    action,
    service: serviceOf(fields, action),
    read_only: readOnlyOfActivity(activity),
    ...outcome,
    ...authorizationColumns(fields, action, outcome),
    ...callerColumns(fields),
    ...clientColumns(fields),
    ...resourceColumns(fields),
    ...reasonColumns(fields),
    request_id: correlation ?? requestOf(fields),
    ...idList([
      ['azure_correlation', correlation],
      ['azure_operation', fieldText(fields, 'operationid')],
      ['azure_client_request', fieldText(fields, 'clientrequestid')],
      ['azure_client_request', textFolded(fieldObject(fields, 'httprequest'), 'clientRequestId')],
      ['azure_request', requestOf(fields)],
      ['azure_request', fieldText(fields, 'servicerequestid')],
      ['entra_token', fieldText(fields, 'signinactivityid')],
    ]),
    ...http,
    duration_us: millisecondsToUs(fieldText(fields, 'durationms')),
    flags: flags.length === 0 ? undefined : flags,
  }
  const ms = time.ts === undefined ? undefined : time.ts / 1000n
  const same =
    correlation === undefined || ms === undefined
      ? undefined
      : `${correlation}/${action ?? ''}/${ms}/${outcome.outcome}`
  return { row, sameAs: same }
}

/** The id of the interfaces; the diagnostic export leaves it out, and correlation, operation and time stand for it. */
function eventId(fields: Fields, correlation: string | undefined, action: string | undefined): string | undefined {
  const own = realId(fieldText(fields, 'eventdataid'))
  if (own !== undefined) return own
  const time = topText(fields, 'time', 'eventtimestamp', 'timegenerated')
  if (correlation === undefined || time === undefined) return undefined
  return [correlation, action, time].filter((part) => part !== undefined).join('/')
}
