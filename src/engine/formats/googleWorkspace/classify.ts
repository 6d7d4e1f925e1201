import { type JsonObject, text } from '../../../common/json'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'
import { activityOfVerb, readOnlyOfActivity } from '../shared/activity'
import { getFolded } from '../shared/folded'
import { type Parameters, parameter } from './activity'

const byApplication: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['login', 'authn'],
  ['saml', 'authn'],
  ['ldap', 'authn'],
  ['drive', 'data'],
  ['gmail', 'data'],
  ['keep', 'data'],
  ['chat', 'data'],
  ['calendar', 'data'],
  ['vault', 'data'],
  ['data_studio', 'data'],
  ['takeout', 'data'],
  ['access_transparency', 'data'],
  ['token', 'session'],
  ['context_aware_access', 'policy'],
  ['rules', 'policy'],
  ['user_accounts', 'iam'],
  ['groups', 'iam'],
  ['groups_enterprise', 'iam'],
])

/** Kinds of events that say more than the application in whose report they stand. */
const byType: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['context_aware_access', 'policy'],
  ['access_transparency', 'data'],
])

/** Kinds of changes in the admin console; all others are of the configuration. */
const byAdminType: ReadonlyMap<string, EventClass> = new Map<string, EventClass>([
  ['USER_SETTINGS', 'iam'],
  ['GROUP_SETTINGS', 'iam'],
  ['DELEGATED_ADMIN_SETTINGS', 'iam'],
  ['SECURITY_SETTINGS', 'policy'],
])

export function classColumns(
  application: string | undefined,
  event: JsonObject,
  parameters: Parameters,
): Pick<AccessEventRow, 'class' | 'activity' | 'action' | 'service' | 'read_only'> {
  const action = text(getFolded(event, 'name'))?.trim()
  const type = text(getFolded(event, 'type'))
  const activity = activityOf(action, parameters)
  const own = application === 'admin' ? (byAdminType.get(type ?? '') ?? 'config') : byApplication.get(application ?? '')
  return {
    class: byType.get(type ?? '') ?? own ?? 'other',
    activity,
    action,
    service: application,
    read_only: readOnlyOfActivity(activity),
  }
}

/** Names whose first word does not tell. */
const byName: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['login_success', 'login'],
  ['login_failure', 'login'],
  ['login_challenge', 'login'],
  ['login_verification', 'login'],
  ['logout', 'logout'],
  ['authorize', 'grant'],
  ['revoke', 'revoke'],
  ['access', 'read'],
  ['trash', 'delete'],
  ['untrash', 'update'],
  ['print', 'read'],
  ['add_group_member', 'grant'],
  ['remove_group_member', 'revoke'],
  ['assign_role', 'grant'],
  ['unassign_role', 'revoke'],
  ['add_privilege', 'grant'],
  ['remove_privilege', 'revoke'],
  ['email_log_search', 'list'],
  ['password_edit', 'update'],
  ['2sv_enroll', 'update'],
  ['2sv_disable', 'update'],
])

/** Changes of who may see what; without a value the access is taken away. */
const accessChange =
  /^(?:change_(?:user_access|acl_editors|document_\w+|owner|calendar_acls)|shared_drive_membership_change)$/

function activityOf(action: string | undefined, parameters: Parameters): Activity {
  if (action === undefined) return 'other'
  const name = action.slice(0, 200).toLowerCase()
  const known = byName.get(name)
  if (known !== undefined) return known
  if (accessChange.test(name)) return takesAway(parameters) ? 'revoke' : 'grant'
  if (/^(?:toggle|verify|skip)_/.test(name)) return 'update'
  const words = name.split('_').map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  return activityOfVerb(words.join(''))
}

function takesAway(parameters: Parameters): boolean {
  const value = parameter(parameters, 'new_value') ?? parameter(parameters, 'access_level')
  return value === 'none' || (parameters.has('removed_role') && !parameters.has('added_role'))
}
