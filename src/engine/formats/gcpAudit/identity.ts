import { isObject, type JsonObject, list, text } from '../../../common/json'
import type { AccessEventRow, ActorColumns, ActorType, ChainHop } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { collapseChain } from '../shared/chain'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { lastWord, methodOf } from './entry'

type IdentityColumns = ActorColumns & Pick<AccessEventRow, 'credential_id' | 'credential_type'>

interface Principal {
  readonly email: string | undefined
  readonly subject: string | undefined
}

/**
 * Who asked. Where others stand behind the principal (somebody acts as a service account), the first of them is the
 * actor, and the principal is whose rights were used. `cluster` is given for entries of a Kubernetes API server, whose
 * principals are users of that cluster.
 */
export function identityColumns(payload: JsonObject, cluster: string | undefined): IdentityColumns {
  const info = getFolded(payload, 'authenticationInfo')
  const principal: Principal = {
    email: textFolded(info, 'principalEmail'),
    subject: textFolded(info, 'principalSubject') ?? textFolded(info, 'thirdPartyPrincipal', 'thirdPartyClaims', 'sub'),
  }
  const behind = delegates(payload, info)
  const origin = behind[0] ?? principal
  const delegated = behind.length > 0 && idOf(principal) !== undefined
  const columns = actorColumns(origin, cluster)
  if (idOf(origin) === undefined && isPublicAccess(payload, info)) columns.actor_type = 'anonymous'
  if (delegated) {
    columns.effective_id = idOf(principal)
    columns.effective_name = principal.email ?? principal.subject
  }
  const hops = [...behind.map((item) => hop('delegation', item)), ...impersonated(payload)]
  if (delegated) hops.splice(behind.length, 0, hop('delegation', principal))
  columns.chain = hops.length === 0 ? undefined : collapseChain(hops)
  return Object.assign(columns, credentialColumns(info))
}

function actorColumns(actor: Principal, cluster: string | undefined): IdentityColumns {
  const { email, subject } = actor
  const id = idOf(actor)
  const inCluster = cluster !== undefined && mailOf(email) === undefined
  return {
    actor_key: actorKey({
      mail: [email, subject?.replace(/^(?:user|serviceAccount):/, '')],
      namespace: inCluster ? 'k8s' : 'gcp',
      id: id === undefined ? undefined : inCluster ? `${cluster}/${id}` : id,
      source: 'gcp_audit',
    }),
    actor_id: id,
    actor_name: email ?? subject,
    actor_email: mailOf(email),
    actor_tenant: /@([a-z0-9-]{1,63})\.iam\.gserviceaccount\.com$/i.exec(email ?? '')?.[1],
    actor_type: typeOf(actor),
  }
}

function idOf({ email, subject }: Principal): string | undefined {
  return subject ?? email
}

function typeOf({ email, subject }: Principal): ActorType {
  const name = email ?? subject ?? ''
  if (name === 'system:anonymous' || name === 'allUsers') return 'anonymous'
  if (name.startsWith('system:serviceaccount:') || subject?.startsWith('serviceAccount:')) return 'service_account'
  if (/(?:^|[.@])gserviceaccount\.com$/i.test(name)) return 'service_account'
  if (name.startsWith('system:')) return 'system'
  if (/^principal(?:Set)?:\/\/.{1,400}\/workloadIdentityPools\//.test(subject ?? '')) return 'app'
  return name === '' ? 'unknown' : 'user'
}

/** Everybody who acted through another before the principal, origin first; those that name nobody are left out. */
function delegates(payload: JsonObject, info: unknown): readonly Principal[] {
  const stated = list(getFolded(info, 'serviceAccountDelegationInfo')).map((item) => ({
    email: textFolded(item, 'firstPartyPrincipal', 'principalEmail'),
    subject: textFolded(item, 'principalSubject') ?? textFolded(item, 'thirdPartyPrincipal', 'thirdPartyClaims', 'sub'),
  }))
  const chain = list(atFolded(payload, 'metadata', 'identityDelegationChain')).map((item) => ({
    email: text(item)?.replace(/^projects\/-\/serviceAccounts\//, ''),
    subject: undefined,
  }))
  return [...stated, ...chain].filter((item) => idOf(item) !== undefined).slice(0, 50)
}

const handingOut = new Set(['GenerateAccessToken', 'GenerateIdToken', 'SignJwt', 'SignBlob'])

/** True for a call that gives its caller a credential of a service account. */
export function isImpersonation(payload: JsonObject): boolean {
  return handingOut.has(lastWord(methodOf(payload)) ?? '')
}

function impersonated(payload: JsonObject): ChainHop[] {
  const name = textFolded(payload, 'request', 'name')
  if (name === undefined || !isImpersonation(payload)) return []
  const account = name.slice(name.lastIndexOf('/') + 1)
  return [{ kind: 'impersonate', id: account, name: account, type: 'service_account' }]
}

function hop(kind: ChainHop['kind'], principal: Principal): ChainHop {
  const id = idOf(principal)
  const name = principal.email
  return {
    kind,
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    type: typeOf(principal),
  }
}

/** A bucket's objects may be open to everybody; then the entry has an authentication that names nobody. */
function isPublicAccess(payload: JsonObject, info: unknown): boolean {
  return isObject(info) && textFolded(payload, 'serviceName') === 'storage.googleapis.com'
}

function credentialColumns(info: unknown): Pick<AccessEventRow, 'credential_id' | 'credential_type'> {
  const key = textFolded(info, 'serviceAccountKeyName')
  if (key !== undefined) return { credential_id: key, credential_type: 'service_account_key' }
  const client = textFolded(info, 'oauthInfo', 'oauthClientId')
  return client === undefined ? {} : { credential_id: client, credential_type: 'oauth_client' }
}
