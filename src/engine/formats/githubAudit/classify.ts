import type { Activity, EventClass } from '../../db/rows'
import { memo } from '../shared/memo'

const classes: readonly (readonly [EventClass, RegExp])[] = [
  ['data', /^git\.|^repo\.download_zip|^org\.audit_log(?:_git_event)?_export|^business\.audit_log.*_export/],
  ['api', /^api\.request/],
  ['authn', /^user\.(?:login|logout|failed_login|two_factor_challenge|correct_password_from|device_verification)/],
  ['authn', /^org\.sso_response|^business\.sso_response|two_factor.*fail/],
  ['policy', /^protected_branch\.|^repository_ruleset\.|secret_scanning|^repository_branch_protection|^ip_allow_list/],
  ['policy', /^(?:org|business)\..*(?:two_factor_requirement|saml_disabled|saml_enabled|oauth_app_restrictions)/],
  [
    'iam',
    /^org\..*member|^org\.(?:invite|cancel_invitation|add|remove|block|unblock)|^team\.|^role\.|\.(?:add|remove|update|invite)_member(?:$|_)|collaborator/,
  ],
  ['iam', /^business\..*(?:member|admin|owner|organization)|^organization_role\.|^enterprise_(?:role|team)\./],
  ['session', /token|^oauth_|^deploy_key\.|^public_key\.|oauth_app_access|^integration_installation/],
]

export const classOf = memo((action): EventClass => classes.find(([, form]) => form.test(action))?.[0] ?? 'config')

const operations = new Map<string, Activity>([
  ['create', 'create'],
  ['modify', 'update'],
  ['remove', 'delete'],
  ['access', 'read'],
  ['transfer', 'update'],
  ['restore', 'update'],
  ['authentication', 'login'],
])

/** Actions whose meaning the kind of operation does not tell, or tells less exactly. */
const special: readonly (readonly [Activity, RegExp])[] = [
  ['read', /^git\.(?:clone|fetch)/],
  ['update', /^git\.push/],
  ['login', /^user\.(?:login|failed_login|two_factor_challenge|correct_password_from)|sso_response/],
  ['logout', /^user\.logout/],
  ['revoke', /_denied$|_revoked$|\.revoke/],
  ['revoke', /\.remove_(?:member|collaborator|repository|outside_collaborator|billing_manager|admin)/],
  ['revoke', /\.(?:destroy|delete|remove)_assignment|\.unassign/],
  ['grant', /\.(?:add|invite)_(?:member|user|collaborator|repository|outside_collaborator|billing_manager|admin)/],
  ['grant', /oauth_app_access_approved|request_approved|access_granted|^role\.assign|\.assign(?:_|$)/],
]

const verbs: readonly (readonly [Activity, RegExp])[] = [
  ['create', /\.(?:create|add|new|import|register|fork|open|submit|upload|generate|publish|invite|request)(?:_|$)/],
  ['delete', /\.(?:destroy|delete|remove|cancel|purge|clear|uninstall)(?:_|$)/],
  ['read', /\.(?:download|export|view|read|clone|fetch|audit_log_export|audit_log_git_event_export|show)(?:_|$)/],
  ['execute', /\.(?:run|dispatch|rerun|execute|trigger)(?:_|$)/],
  [
    'update',
    /\.(?:update|change|rename|set|enable|disable|transfer|access|archive|unarchive|merge|close|reopen)(?:_|$)/,
  ],
  ['update', /\.(?:edit|modify|restore|rotate|suspend|unsuspend|pin|lock|unlock|convert|ready)(?:_|$)/],
  ['update', /\.(?:\w+_)?(?:enabled|disabled|updated|changed|archived|unarchived|override)$/],
]

const methods = new Map<string, Activity>([
  ['GET', 'read'],
  ['HEAD', 'read'],
  ['POST', 'create'],
  ['PUT', 'update'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
])

/** What was done; `operation` is the entry's own word for it, `method` the one of an API request. */
export function activityOf(action: string, operation: string | undefined, method: string | undefined): Activity {
  if (action === 'api.request') return methods.get(method?.toUpperCase() ?? '') ?? 'other'
  const exact = specialOf(action)
  return exact ?? operations.get(operation ?? '') ?? verbOf(action)
}

const specialOf = memo((action): Activity | undefined => special.find(([, form]) => form.test(action))?.[0])
const verbOf = memo((action): Activity => verbs.find(([, form]) => form.test(action))?.[0] ?? 'other')
