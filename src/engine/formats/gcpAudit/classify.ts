import { type JsonObject, list, text } from '../../../common/json'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'
import { activityOfVerb, readOnlyOfActivity } from '../shared/activity'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { checksOf, lastWord, logOf, methodOf } from './entry'
import { isImpersonation } from './identity'

type ClassColumns = Pick<AccessEventRow, 'class' | 'activity' | 'action' | 'service' | 'permission' | 'read_only'>

/** What was done, where, and which permission was checked. */
export function classColumns(entry: JsonObject, payload: JsonObject): ClassColumns {
  const action = methodOf(payload)
  const service = textFolded(payload, 'serviceName')
  const permission = permissionOf(payload)
  const activity = activityOf(payload, lastWord(action), lastWord(permission))
  return {
    class: classOf(entry, payload, lastWord(action) ?? '', service ?? ''),
    activity,
    action,
    service,
    permission,
    read_only: statedReadOnly(payload) ?? readOnlyOfActivity(activity),
  }
}

/** The permission that was refused comes before those that were granted, else the first one. */
function permissionOf(payload: JsonObject): string | undefined {
  const checks = checksOf(payload)
  const status = text(atFolded(payload, 'status', 'code'))
  const refused = status === '7' ? checks.find((check) => text(getFolded(check, 'granted')) !== 'true') : undefined
  return textFolded(refused, 'permission') ?? checks.flatMap((check) => textFolded(check, 'permission') ?? [])[0]
}

/** Permissions state whether they read or write, in newer entries. */
function statedReadOnly(payload: JsonObject): boolean | undefined {
  const types = checksOf(payload).flatMap((check) => textFolded(check, 'permissionType') ?? [])
  return types.length === 0 ? undefined : types.every((type) => type.endsWith('_READ'))
}

/** Words that methods of this provider begin or consist of, beyond the common ones. */
const ownWords: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['insert', 'create'],
  ['aggregatedlist', 'list'],
  ['insertjob', 'execute'],
  ['query', 'execute'],
  ['undelete', 'update'],
  ['loginsuccess', 'login'],
  ['loginfailure', 'login'],
  ['loginchallenge', 'login'],
  ['loginverification', 'login'],
  ['authorizeuser', 'login'],
  ['addgroupmember', 'grant'],
  ['removegroupmember', 'revoke'],
  ['assignrole', 'grant'],
  ['unassignrole', 'revoke'],
])

function activityOf(payload: JsonObject, method: string | undefined, checked: string | undefined): Activity {
  if (isImpersonation(payload)) return 'assume'
  if (/^setIamPolicy$/i.test(method ?? '')) return bindingActivity(payload)
  for (const word of [method, checked]) {
    if (word === undefined) continue
    const known = ownWords.get(word.slice(0, 60).toLowerCase()) ?? activityOfVerb(word)
    if (known !== 'other') return known
  }
  return 'other'
}

/** What a change of a policy did to its bindings, where the entry says so: nothing but removals takes rights away. */
function bindingActivity(payload: JsonObject): Activity {
  const deltas = list(atFolded(payload, 'serviceData', 'policyDelta', 'bindingDeltas'))
  const actions = deltas.map((delta) => textFolded(delta, 'action'))
  return actions.length > 0 && actions.every((action) => action === 'REMOVE') ? 'revoke' : 'grant'
}

function classOf(entry: JsonObject, payload: JsonObject, method: string, service: string): EventClass {
  if (isImpersonation(payload)) return 'session'
  if (service === 'login.googleapis.com') return 'authn'
  if (service === 'admin.googleapis.com' || /setIamPolicy|serviceAccount|Role/i.test(method)) return 'iam'
  switch (logOf(entry)) {
    case 'data_access':
      return 'data'
    case 'policy':
      return 'policy'
    default:
      return 'api'
  }
}
