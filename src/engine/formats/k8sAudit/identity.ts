import { at, get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { AccessEventRow, ActorColumns, ActorType, ChainHop } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { collapseChain } from '../shared/chain'

type IdentityColumns = ActorColumns &
  Pick<AccessEventRow, 'credential_id' | 'credential_type'> & { readonly privileged: boolean }

/** Who asked, as authenticated; with whose rights, where impersonating; and what stands behind a token. */
export function identityColumns(event: JsonObject, cluster: string | undefined): IdentityColumns {
  const user = get(event, 'user')
  const name = textAt(user, 'username')
  const impersonated = get(event, 'impersonatedUser')
  const effective = textAt(impersonated, 'username')
  const groups = [...list(get(user, 'groups')), ...list(get(impersonated, 'groups'))]
  const email = mailOf(name)
  return {
    actor_key: actorKey({
      mail: [email],
      namespace: 'k8s',
      id: name === undefined ? undefined : `${cluster ?? '-'}/${name}`,
      source: 'k8s_audit',
    }),
    actor_id: textAt(user, 'uid') ?? name,
    actor_name: name,
    actor_email: email,
    actor_tenant: cluster,
    actor_type: actorType(name, list(get(user, 'groups'))),
    effective_id: effective === undefined ? undefined : (textAt(impersonated, 'uid') ?? effective),
    effective_name: effective,
    chain: chainOf(user, effective),
    ...credentialColumns(event, user),
    privileged: groups.includes('system:masters'),
  }
}

function actorType(name: string | undefined, groups: readonly unknown[]): ActorType {
  if (name === 'system:anonymous' || groups.includes('system:unauthenticated')) return 'anonymous'
  if (name === undefined) return 'unknown'
  if (name.startsWith('system:serviceaccount:')) return 'service_account'
  return name.startsWith('system:') ? 'system' : 'user'
}

function extra(user: unknown, key: string): string | undefined {
  const value = at(user, 'extra', key)
  return text(list(value)[0]) ?? text(value)
}

/** Origin first: the cloud identity that was mapped to the user, the pod and node that hold the token, who was impersonated. */
function chainOf(user: unknown, effective: string | undefined): ChainHop[] | undefined {
  const hops: ChainHop[] = []
  const arn = extra(user, 'arn') ?? extra(user, 'canonicalArn')
  const session = extra(user, 'sessionName')
  if (arn !== undefined)
    hops.push({ kind: 'federation', id: arn, ...(session === undefined ? {} : { name: session }), type: 'aws' })
  const role = extra(user, 'canonicalArn')
  if (role !== undefined && role !== arn) hops.push({ kind: 'federation', id: role, type: 'aws' })
  const node = extra(user, 'authentication.kubernetes.io/node-name')
  if (node !== undefined) hops.push({ kind: 'token', id: `node/${node}`, name: node, type: 'node' })
  const pod = extra(user, 'authentication.kubernetes.io/pod-name')
  if (pod !== undefined) hops.push({ kind: 'token', id: `pod/${pod}`, name: pod, type: 'pod' })
  if (effective !== undefined)
    hops.push({ kind: 'impersonate', id: effective, name: effective, type: actorType(effective, []) })
  return collapseChain(hops)
}

function credentialColumns(
  event: JsonObject,
  user: unknown,
): Pick<AccessEventRow, 'credential_id' | 'credential_type'> {
  const token = extra(user, 'authentication.kubernetes.io/credential-id')
  if (token !== undefined)
    return { credential_id: token, credential_type: token.startsWith('X509') ? 'certificate' : 'token' }
  const key = extra(user, 'accessKeyId')
  if (key !== undefined) return { credential_id: key, credential_type: 'aws_key' }
  const issued = issuedCredential(event)
  return issued === undefined ? {} : { credential_id: issued, credential_type: 'issued_token' }
}

/** The id of the token that this request made: later requests carry it as their own. */
export function issuedCredential(event: JsonObject): string | undefined {
  return textAt(event, 'annotations', 'authentication.kubernetes.io/issued-credential-id')
}
