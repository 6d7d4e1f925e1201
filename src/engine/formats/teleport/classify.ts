import { get, type JsonObject, text, textAt } from '../../../common/json'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'
import { commandKind, commandOf } from '../pgaudit/command'
import { readOnlyOfActivity } from '../shared/activity'
import { firstText, nameOf, queryOf, speaksSql } from './event'

/** Classes by the name of the event, first match wins. */
const classes: readonly (readonly [RegExp, EventClass])[] = [
  [/^(?:user\.login$|auth$|headless\.|mfa\.|mfa_auth_challenge\.|recovery_code\.|saml\.idp\.auth$)/, 'authn'],
  [/^(?:device\.authenticate|bot\.join|instance\.join)/, 'authn'],
  [/^(?:kube\.request|app\.session\.(?:\w+\.)?request)$/, 'api'],
  [/^(?:db|app|windows\.desktop)\.session\.(?:start|end|chunk)$/, 'session'],
  [/^db\.session\./, 'query'],
  [/^(?:session|app\.session|windows\.desktop\.session|desktop)\./, 'session'],
  [/^(?:cert\.create|exec|scp|sftp|port|subsystem|x11-forward|resize|client\.disconnect|spiffe\.svid\.)/, 'session'],
  [/^(?:access_request|access_list|role|user|lock|bot|trusted_cluster|join_token|okta)\./, 'iam'],
  [/^(?:github|oidc|saml|login_rule|reset_password_token|recovery_token|privilege_token|provision_token)\./, 'iam'],
  [/^(?:auth_preference|cluster_networking_config|session_recording_config|cir|network_restrictions)\./, 'policy'],
  [/^(?:db|app|kube|device|billing|upgradewindow|upgradewindowstart|plugin|integration|discovery_config)\./, 'config'],
]

type ClassColumns = Pick<AccessEventRow, 'class' | 'activity' | 'action' | 'service' | 'read_only'>

export function classColumns(event: JsonObject): ClassColumns {
  const name = nameOf(event)
  const statement = queryOf(event)
  const command = statement !== undefined && speaksSql(event) ? commandOf(statement) : undefined
  const kind = command === undefined ? undefined : commandKind(command)
  const activity = kind?.activity ?? activityOf(event, name)
  return {
    class: classes.find(([pattern]) => pattern.test(name))?.[1] ?? 'other',
    activity,
    action: name,
    service: textAt(event, 'db_protocol') ?? textAt(event, 'proto') ?? 'teleport',
    read_only: kind === undefined ? readOnlyOfActivity(activity) : kind.readOnly,
  }
}

/** Whole names first. */
const byName: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['user.login', 'login'],
  ['auth', 'login'],
  ['saml.idp.auth', 'login'],
  ['recovery_code.used', 'login'],
  ['bot.join', 'login'],
  ['instance.join', 'login'],
  ['device.authenticate', 'login'],
  ['cert.create', 'assume'],
  ['exec', 'execute'],
  ['session.command', 'execute'],
  ['subsystem', 'execute'],
  ['ssm.run', 'execute'],
  ['port', 'connect'],
  ['x11-forward', 'connect'],
  ['session.network', 'connect'],
  ['session.connect', 'connect'],
  ['session.disk', 'read'],
  ['session.recording.access', 'read'],
  ['access_list.member.add', 'grant'],
  ['access_list.member.create', 'grant'],
  ['access_list.member.delete', 'revoke'],
  ['access_list.member.delete_all_members', 'revoke'],
  ['user.password_change', 'update'],
])

const byLastWord: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['create', 'create'],
  ['created', 'create'],
  ['add', 'create'],
  ['generated', 'create'],
  ['issued', 'create'],
  ['enroll', 'create'],
  ['update', 'update'],
  ['updated', 'update'],
  ['delete', 'delete'],
  ['deleted', 'delete'],
  ['search', 'list'],
  ['start', 'connect'],
  ['join', 'connect'],
  ['end', 'logout'],
  ['leave', 'logout'],
  ['rejected', 'connect'],
  ['read', 'read'],
  ['write', 'update'],
  ['run', 'execute'],
])

function activityOf(event: JsonObject, name: string): Activity {
  const known = byName.get(name)
  if (known !== undefined) return known
  const decision = decisionOf(event, name)
  if (decision !== undefined) return decision
  if (name === 'scp') return textAt(event, 'action') === 'upload' ? 'update' : 'read'
  if (name === 'sftp') return fileActivity(text(get(event, 'action')))
  const verb = firstText(event, 'verb', 'method')
  if (verb !== undefined && /\.request$/.test(name)) return requestActivity(event, verb.toUpperCase())
  if (name.startsWith('db.session.') && queryOf(event) !== undefined) return 'execute'
  return byLastWord.get(name.slice(name.lastIndexOf('.') + 1)) ?? 'other'
}

/** Somebody's decision about a request for access. */
function decisionOf(event: JsonObject, name: string): Activity | undefined {
  if (name !== 'access_request.update' && name !== 'access_request.review') return undefined
  switch (firstText(event, 'proposed_state', 'state')) {
    case 'APPROVED':
    case 'PROMOTED':
      return 'grant'
    case 'DENIED':
      return 'revoke'
    default:
      return undefined
  }
}

/** Operations of SFTP by their number. */
function fileActivity(action: string | undefined): Activity {
  switch (action) {
    case '4':
    case '7':
    case '8':
    case '16':
      return 'update'
    case '11':
    case '13':
      return 'delete'
    case '12':
    case '18':
    case '19':
      return 'create'
    case '9':
    case '10':
      return 'list'
    case '2':
    case undefined:
      return 'other'
    default:
      return 'read'
  }
}

function requestActivity(event: JsonObject, verb: string): Activity {
  if (/\/(?:exec|attach|portforward|proxy)(?:[/?]|$)/.test(textAt(event, 'request_path')?.slice(0, 2_000) ?? ''))
    return 'execute'
  switch (verb) {
    case 'GET':
    case 'HEAD':
    case 'OPTIONS':
      return get(event, 'resource_kind') !== undefined && textAt(event, 'resource_name') === undefined ? 'list' : 'read'
    case 'POST':
      return nameOf(event).startsWith('db.') ? 'execute' : 'create'
    case 'PUT':
    case 'PATCH':
      return 'update'
    case 'DELETE':
      return 'delete'
    default:
      return 'other'
  }
}
