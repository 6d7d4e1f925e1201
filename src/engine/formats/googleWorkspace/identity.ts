import { type JsonObject, text } from '../../../common/json'
import type { AccessEventRow, ActorType, ChainHop } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { collapseChain } from '../shared/chain'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { type Parameters, parameter } from './activity'

type IdentityColumns = Pick<
  AccessEventRow,
  | 'actor_key'
  | 'actor_id'
  | 'actor_name'
  | 'actor_email'
  | 'actor_tenant'
  | 'actor_type'
  | 'chain'
  | 'credential_id'
  | 'credential_type'
>

/** Who acted; an application may act for a user who allowed it, or in the place of one. */
export function identityColumns(activity: JsonObject, parameters: Parameters): IdentityColumns {
  const actor = getFolded(activity, 'actor')
  const email = textFolded(actor, 'email')
  const client = textFolded(actor, 'applicationInfo', 'oauthClientId')
  const id = textFolded(actor, 'profileId') ?? textFolded(actor, 'key') ?? client
  return {
    actor_key: actorKey({ mail: [email], namespace: 'gworkspace', id, source: 'gworkspace' }),
    actor_id: id,
    actor_name: email ?? textFolded(actor, 'applicationInfo', 'applicationName') ?? textFolded(actor, 'key'),
    actor_email: mailOf(email),
    actor_tenant: textFolded(activity, 'id', 'customerId'),
    actor_type: actorType(actor, email),
    chain: chainOf(actor, email),
    ...credentialColumns(client ?? parameter(parameters, 'client_id')),
  }
}

function actorType(actor: unknown, email: string | undefined): ActorType {
  const caller = textFolded(actor, 'callerType')
  if (caller === 'KEY') return 'app'
  if (email?.endsWith('gserviceaccount.com')) return 'service_account'
  if (email === undefined && textFolded(actor, 'applicationInfo', 'oauthClientId') !== undefined) return 'app'
  if (caller === 'APPLICATION' && getFolded(actor, 'applicationInfo') !== undefined) return 'app'
  return email !== undefined || caller === 'USER' || textFolded(actor, 'profileId') !== undefined ? 'user' : 'unknown'
}

/** An application that took a user's place, and whose place it took. */
function chainOf(actor: unknown, email: string | undefined): ChainHop[] | undefined {
  if (text(atFolded(actor, 'applicationInfo', 'impersonation')) !== 'true' || email === undefined) return undefined
  const id = textFolded(actor, 'applicationInfo', 'oauthClientId')
  const name = textFolded(actor, 'applicationInfo', 'applicationName')
  return collapseChain([
    { kind: 'delegation', ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }), type: 'app' },
    { kind: 'impersonate', id: email, name: email, type: 'user' },
  ])
}

function credentialColumns(client: string | undefined): Pick<AccessEventRow, 'credential_id' | 'credential_type'> {
  return client === undefined ? {} : { credential_id: client, credential_type: 'oauth_client' }
}
