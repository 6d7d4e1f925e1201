import { type JsonObject, list, text } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { memberOf, type Parameters, parameter } from './activity'

type ResourceColumns = Pick<
  AccessEventRow,
  'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resources'
>

/** Parameters that name a target, best first: the id, the type, and the parameter with its name. */
const targets: readonly (readonly [id: string, type: string, name?: string])[] = [
  ['doc_id', 'file', 'doc_title'],
  ['user_email', 'user'],
  ['group_email', 'group'],
  ['role_name', 'role'],
  ['setting_name', 'setting'],
  ['app_name', 'app'],
  ['client_id', 'app', 'app_name'],
  ['target_user', 'user'],
  ['affected_email_address', 'user'],
  ['calendar_id', 'calendar'],
  ['grantee_email', 'user'],
  ['new_owner', 'user'],
  ['group_id', 'group'],
  ['group_name', 'group'],
  ['api_client_name', 'app'],
  ['app_id', 'app', 'application_name'],
  ['application_name', 'app'],
  ['mobile_app_package_id', 'app'],
  ['service_name', 'service'],
  ['caa_application', 'app'],
  ['rule_name', 'rule'],
  ['alert_name', 'alert'],
  ['device_id', 'device', 'device_model'],
  ['device_serial_number', 'device'],
  ['printer_name', 'printer'],
  ['print_server_name', 'print_server'],
  ['managed_configuration_name', 'configuration'],
  ['quarantine_name', 'quarantine'],
  ['gateway_name', 'gateway'],
  ['site_name', 'site'],
  ['resource_name', 'resource'],
  ['org_unit_name', 'org_unit'],
  ['secondary_domain_name', 'domain'],
  ['domain_alias', 'domain'],
  ['domain_name', 'domain'],
  ['email_forwarding_destination_address', 'mail'],
]

const MAX_RESOURCES = 100

/** The main target and all others that the event names. */
export function resourceColumns(activity: JsonObject, event: JsonObject, parameters: Parameters): ResourceColumns {
  const found: { readonly key: string; readonly type: string; readonly name: string }[] = []
  const add = (type: string, id: string | undefined, name: string | undefined) => {
    if (id === undefined || found.length >= MAX_RESOURCES) return
    const key = `gworkspace:${type}/${id}`
    if (!found.some((item) => item.key === key)) found.push({ key, type, name: name ?? id })
  }
  for (const [id, type, name] of targets)
    add(type, parameter(parameters, id), name === undefined ? undefined : parameter(parameters, name))
  add(
    'message',
    text(memberOf(parameters, 'message_info', 'rfc2822_message_id')),
    text(memberOf(parameters, 'message_info', 'subject')),
  )
  for (const item of [...details(event), ...details(activity)])
    add(textFolded(item, 'type')?.toLowerCase() ?? 'resource', textFolded(item, 'id'), textFolded(item, 'title'))
  const main = found[0]
  return {
    resource_key: main?.key,
    resource_type: main?.type === 'file' ? (parameter(parameters, 'doc_type') ?? 'file') : main?.type,
    resource_name: main?.name,
    resource_tenant: text(getFolded(activity, 'ownerDomain')) ?? textFolded(activity, 'id', 'customerId'),
    resources: found.length === 0 ? undefined : found.map(({ key, type }) => ({ key, type })),
  }
}

/** Resources that newer answers list beside the parameters. */
function details(holder: JsonObject) {
  return list(atFolded(holder, 'resourceDetails')).slice(0, MAX_RESOURCES)
}
