import { at, get, type JsonObject, type JsonValue, text, textAt } from '../../../common/json'
import type { AccessEventRow, ActorType, ChainHop } from '../../db/rows'
import { type ActorNamespace, actorKey, mailOf } from '../shared/actorKey'
import { arnName, arnSessionName, parseArn } from '../shared/arn'
import { collapseChain } from '../shared/chain'
import { truth } from '../shared/rowParts'

/**
 * Who acted. At a sign-in that may be `user` alone, since nobody else is there yet; elsewhere `user` is whom the event
 * is about, and the actor stands under `actor`.
 */
export function identityColumns(event: JsonObject, isSignIn: boolean): Partial<AccessEventRow> {
  const actor = get(event, 'actor')
  const person = described(get(actor, 'user')) ?? (isSignIn ? described(get(event, 'user')) : undefined)
  const session = sessionOf(event, actor)
  const columns = person === undefined ? appColumns(actor) : personColumns(event, person)
  const key = textAt(person, 'credential_uid') ?? textAt(session, 'credential_uid')
  return {
    ...columns,
    ...effectiveColumns(session),
    chain: chainOf(actor, session),
    session_id: textAt(session, 'uid'),
    credential_id: key,
    credential_type: credentialType(key) ?? (isSignIn ? signInType(event) : undefined),
    mfa: truth(get(event, 'is_mfa')) ?? truth(get(session, 'is_mfa')) ?? truth(textAt(session, 'mfa')),
  }
}

/** The value, where it names anybody. */
function described(user: JsonValue | undefined): JsonValue | undefined {
  return ['uid', 'name', 'email_addr', 'uid_alt', 'full_name'].some((key) => textAt(user, key) !== undefined)
    ? user
    : undefined
}

function personColumns(event: JsonObject, user: JsonValue): Partial<AccessEventRow> {
  const uid = textAt(user, 'uid') ?? textAt(user, 'uid_alt')
  const name = textAt(user, 'name')
  const session = uid === undefined ? undefined : arnSessionName(uid)
  const email = [textAt(user, 'email_addr'), name, uid, session].map(mailOf).find((mail) => mail !== undefined)
  return {
    actor_key: actorKey({
      mail: [email],
      namespace: namespaceOf(event, uid),
      id: keyId(event, uid, name),
      source: 'ocsf',
    }),
    actor_id: uid ?? name,
    actor_name: name ?? session ?? (uid === undefined ? undefined : arnName(uid)) ?? textAt(user, 'full_name') ?? email,
    actor_email: email,
    actor_tenant:
      textAt(user, 'account', 'uid') ??
      textAt(user, 'org', 'uid') ??
      textAt(user, 'domain') ??
      accountOf(textAt(event, 'cloud', 'account', 'uid')),
    actor_type: actorType(user),
  }
}

/** Products whose own exports are read too: their ids go into the name space that those give them. */
const products: readonly (readonly [RegExp, ActorNamespace])[] = [
  [/kubernetes|\b[eag]ks\b/i, 'k8s'],
  [/\bokta\b/i, 'okta'],
  [/\bgithub\b/i, 'gh'],
  [/\bslack\b/i, 'slack'],
  [/\b1password\b/i, 'onepassword'],
  [/\bentra\b|azure active directory/i, 'entra'],
]

function namespaceOf(event: JsonObject, uid: string | undefined): ActorNamespace {
  if (uid !== undefined && parseArn(uid) !== undefined) return 'aws'
  const product = productOf(event)
  const known = products.find(([form]) => form.test(product))?.[1]
  return known ?? (textAt(event, 'cloud', 'provider') === 'AWS' ? 'aws' : 'generic')
}

/** Mappings write a whole ARN where the account belongs. */
export function accountOf(value: string | undefined): string | undefined {
  const account = value === undefined ? undefined : (parseArn(value)?.account ?? value)
  return account === '' ? undefined : account
}

function productOf(event: JsonObject): string {
  const product = at(event, 'metadata', 'product')
  return `${textAt(product, 'vendor_name') ?? ''} ${textAt(product, 'name') ?? ''}`.slice(0, 300)
}

/** Ids are unique within a product only, so where it is none of those above it stands in front. */
function keyId(event: JsonObject, uid: string | undefined, name: string | undefined): string | undefined {
  const id = uid ?? name
  const namespace = namespaceOf(event, uid)
  if (id === undefined) return undefined
  if (namespace === 'gh') return name ?? id
  // As the audit log itself gives it where nothing names the cluster.
  if (namespace === 'k8s') return `-/${name ?? id}`
  if (namespace !== 'generic') return id
  const product = textAt(event, 'metadata', 'product', 'name')
  return product === undefined ? id : `${product}/${id}`
}

/** By the words of a known source first, since ids lump them together. */
function actorType(user: JsonValue): ActorType {
  switch (textAt(user, 'type')?.toLowerCase()) {
    case 'assumedrole':
    case 'role':
      return 'role'
    case 'root':
      return 'root'
    case 'awsservice':
    case 'system':
      return 'system'
    case 'service':
    case 'service account':
    case 'serviceaccount':
      return 'service_account'
  }
  switch (textAt(user, 'type_id')) {
    case '3':
      return 'system'
    case '4':
      return 'service_account'
    case '1':
    case '2':
      return 'user'
    default:
      return /user|admin/i.test(textAt(user, 'type') ?? '') ? 'user' : 'unknown'
  }
}

/** An administrator by the user's own type. */
export function isAdmin(event: JsonObject): boolean {
  const user = at(event, 'actor', 'user')
  return textAt(user, 'type_id') === '2' || textAt(user, 'type') === 'Root'
}

/** No user: a service, an application or a process acted. */
function appColumns(actor: JsonValue | undefined): Partial<AccessEventRow> {
  const service = textAt(actor, 'invoked_by')
  const app = textAt(actor, 'app_uid') ?? textAt(actor, 'app_name')
  const id = service ?? app ?? textAt(actor, 'process', 'user', 'name')
  return {
    actor_key: actorKey({ namespace: 'generic', id, source: 'ocsf' }),
    actor_id: id,
    actor_name: service ?? textAt(actor, 'app_name') ?? id,
    actor_type: service === undefined ? (app === undefined ? 'unknown' : 'app') : 'system',
  }
}

function sessionOf(event: JsonObject, actor: JsonValue | undefined): JsonValue | undefined {
  const own = get(actor, 'session')
  return textAt(own, 'uid') !== undefined || textAt(own, 'issuer') !== undefined ? own : (get(event, 'session') ?? own)
}

/** A session whose issuer is a role has that role's rights. */
function roleOf(session: JsonValue | undefined): string | undefined {
  const issuer = textAt(session, 'issuer')
  return issuer !== undefined && /:role\//.test(issuer) ? issuer : undefined
}

function effectiveColumns(session: JsonValue | undefined): Pick<AccessEventRow, 'effective_id' | 'effective_name'> {
  const role = roleOf(session)
  return role === undefined ? {} : { effective_id: role, effective_name: arnName(role) }
}

function chainOf(actor: JsonValue | undefined, session: JsonValue | undefined): ChainHop[] | undefined {
  const hops: ChainHop[] = []
  const provider = textAt(actor, 'idp', 'uid') ?? textAt(actor, 'idp', 'name')
  if (provider !== undefined) hops.push({ kind: 'federation', id: provider, type: 'identity_provider' })
  const role = roleOf(session)
  const name = role === undefined ? undefined : arnName(role)
  if (role !== undefined)
    hops.push({ kind: 'assume_role', id: role, ...(name === undefined ? {} : { name }), type: 'role' })
  return collapseChain(hops)
}

function credentialType(key: string | undefined): string | undefined {
  if (key === undefined) return undefined
  if (key.startsWith('ASIA')) return 'temporary_key'
  return key.startsWith('AKIA') ? 'access_key' : 'other'
}

function signInType(event: JsonObject): string | undefined {
  return text(get(event, 'auth_protocol'))?.toLowerCase()
}
