import { at, get, isObject, type JsonObject, text, textAt } from '../../../common/json'
import type { AccessEventRow, ActorColumns, ActorType, ChainHop } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { collapseChain } from '../shared/chain'
import { firstText, nameOf, texts } from './event'

type IdentityColumns = ActorColumns & Pick<AccessEventRow, 'session_id' | 'credential_id' | 'credential_type' | 'mfa'>

/**
 * Who acted: who stands behind an impersonated user, else the user, else whom the event names as its author. The
 * account on the other side of the gateway is whose rights were used.
 */
export function identityColumns(event: JsonObject): IdentityColumns {
  const user = userOf(event)
  const impersonator = textAt(event, 'impersonator') ?? textAt(event, 'identity', 'impersonator')
  const name = impersonator ?? user
  const cluster = firstText(event, 'user_cluster_name', 'cluster_name')
  const account = accountOf(event)
  const hops: ChainHop[] = []
  if (impersonator !== undefined && user !== undefined)
    hops.push({ kind: 'impersonate', id: user, name: user, type: actorType(event, user) })
  if (account !== undefined) hops.push({ kind: 'gateway', id: account.id, name: account.id, type: account.type })
  const effective = account?.id ?? (impersonator === undefined ? undefined : user)
  return {
    actor_key: actorKey({
      mail: [name],
      namespace: 'tp',
      id: name === undefined ? undefined : `${cluster ?? '-'}/${name}`,
      source: 'teleport',
    }),
    actor_id: name,
    actor_name: name,
    actor_email: mailOf(name),
    actor_tenant: cluster,
    actor_type: impersonator === undefined ? actorType(event, user) : 'user',
    effective_id: effective,
    effective_name: effective,
    chain: collapseChain(hops),
    session_id: firstText(event, 'sid', 'session_id'),
    ...credentialColumns(event),
  }
}

function userOf(event: JsonObject): string | undefined {
  return (
    text(get(event, 'user')) ??
    textAt(event, 'user', 'user') ??
    textAt(event, 'identity', 'user') ??
    firstText(event, 'reviewer', 'author', 'updated_by', 'bot_name')
  )
}

/** A server's own identity: its id and the cluster. */
const serverName = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\./i

function actorType(event: JsonObject, user: string | undefined): ActorType {
  if (user === undefined) return 'unknown'
  const bot = text(get(event, 'user_kind')) === '2' || textAt(event, 'bot_name') !== undefined
  if (bot || textAt(event, 'identity', 'bot_name') !== undefined || user.startsWith('bot-')) return 'bot'
  return user === 'system' || serverName.test(user) ? 'system' : 'user'
}

/** Fields of the account behind the gateway by the beginning of the event's name. */
const accounts: readonly (readonly [prefix: string, type: string, fields: readonly string[]])[] = [
  ['db.', 'db_user', ['db_user']],
  ['app.', 'role', ['aws_role_arn', 'azure_identity', 'gcp_service_account']],
  ['windows.', 'user', ['windows_user']],
  ['desktop.', 'user', ['windows_user']],
  ['kube.', 'user', []],
]

function accountOf(event: JsonObject): { readonly id: string; readonly type: string } | undefined {
  const name = nameOf(event)
  const kubernetes = texts(get(event, 'kubernetes_users'))[0] ?? texts(get(event, 'kubernetes_groups'))[0]
  if (kubernetes !== undefined)
    return { id: kubernetes, type: texts(get(event, 'kubernetes_users')).length > 0 ? 'user' : 'group' }
  const [, type = 'user', fields = ['login']] = accounts.find(([prefix]) => name.startsWith(prefix)) ?? []
  const id = firstText(event, ...fields)
  return id === undefined ? undefined : { id, type }
}

function credentialColumns(event: JsonObject): Pick<AccessEventRow, 'credential_id' | 'credential_type' | 'mfa'> {
  const token = textAt(event, 'token_name')
  const serial = textAt(event, 'serial_number')
  const certificate = textAt(event, 'cert_type')
  const factor =
    textAt(event, 'with_mfa') !== undefined ||
    Object.keys(objectAt(event, 'mfa_device')).length > 0 ||
    textAt(event, 'identity', 'mfa_device_uuid') !== undefined
  return {
    credential_id: token ?? serial,
    credential_type:
      token !== undefined ? 'token' : (certificate ?? (serial === undefined ? undefined : 'certificate')),
    mfa: factor ? true : undefined,
  }
}

function objectAt(event: JsonObject, field: string): JsonObject {
  const value = at(event, field)
  return isObject(value) ? value : {}
}
