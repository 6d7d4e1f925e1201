import { get, type JsonObject, text } from '../../../common/json'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'
import { activityOfVerb, readOnlyOfActivity } from '../shared/activity'
import { isInsight } from './envelope'
import { permissionInMessage } from './outcome'

type ClassColumns = Pick<AccessEventRow, 'class' | 'activity' | 'action' | 'service' | 'permission' | 'read_only'>

const policyVerb =
  /^(?:Put|Attach|Detach|Delete|Set|Update|Create|Add|Remove|Register|Modify)\w*(?:Policy|PolicyVersion|PublicAccessBlock|Acl)(?:[^a-z]|$)/

/** What was done, where, under which permission. Insight events name the operation they are about. */
export function classColumns(record: JsonObject): ClassColumns {
  const insight = isInsight(record)
  const holder = insight ? get(record, 'insightDetails') : record
  const action = text(get(holder, 'eventName'))
  const service = text(get(holder, 'eventSource'))
  const stated = truth(get(record, 'readOnly'))
  const activity = insight ? 'other' : activityOf(action, stated)
  const readOnly = stated ?? (insight ? undefined : readOnlyOfActivity(activity))
  const label = service?.split('.', 1)[0]
  return {
    class: insight ? 'other' : classOf(record, action ?? '', service ?? '', readOnly),
    activity,
    action,
    service,
    permission: insight
      ? undefined
      : (permissionInMessage(text(get(record, 'errorMessage'))) ??
        (label === undefined || label === '' || action === undefined ? undefined : `${label}:${action}`)),
    read_only: readOnly,
  }
}

function activityOf(action: string | undefined, readOnly: boolean | undefined): Activity {
  // Some services carry the version of their interface in the operation: `AddPermission20150331v2`.
  const activity = action === undefined ? 'other' : activityOfVerb(action.replace(/\d{8}(?:v\d{1,3})?$/, ''))
  return activity === 'other' && readOnly === true ? 'read' : activity
}

function classOf(record: JsonObject, action: string, service: string, readOnly: boolean | undefined): EventClass {
  if (get(record, 'eventType') === 'AwsConsoleSignIn') return 'authn'
  if (service.startsWith('sts.') && /^(?:Assume|Get\w*Token)/.test(action)) return 'session'
  if (/^(?:iam\.|sso|organizations\.|identitystore\.)/.test(service) && readOnly !== true) return 'iam'
  if (readOnly !== true && policyVerb.test(action)) return 'policy'
  return get(record, 'eventCategory') === 'Data' ? 'data' : 'api'
}

function truth(value: unknown): boolean | undefined {
  const word = text(value)?.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}
