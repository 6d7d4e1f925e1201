import { type JsonObject, list } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow, ActorType, ChainHop } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { canonicalIp } from '../shared/address'
import { collapseChain } from '../shared/chain'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { known } from './words'

/** Who acted, as whom, by which session and credential. A login that was only typed is kept, known to Okta or not. */
export function identityColumns(event: JsonObject, action: string, outcome: Outcome): Partial<AccessEventRow> {
  const actor = getFolded(event, 'actor')
  const id = known(textFolded(actor, 'id'))
  const login = known(textFolded(actor, 'alternateId'))
  const display = known(textFolded(actor, 'displayName'))
  const email = mailOf(login)
  const type = actorType(textFolded(actor, 'type'))
  const effective = impersonated(event, action)
  const token = known(textFolded(event, 'transaction', 'detail', 'requestApiTokenId'))
  return {
    actor_key: actorKey({ mail: [email], namespace: 'okta', id: keyId(id, login, type), source: 'okta' }),
    actor_id: id,
    actor_name: email === undefined ? (login ?? display) : (display ?? login),
    actor_email: email,
    actor_type: type,
    effective_id: effective?.id,
    effective_name: effective?.name,
    chain: chainOf(event, id, token, effective),
    session_id: sessionOf(event),
    credential_id: token,
    credential_type: token === undefined ? credentialType(event) : 'api_token',
    mfa: secondFactor(event, action, outcome),
  }
}

/** An event before anybody was known has the address as its actor; that is a place, not an identity. */
function keyId(id: string | undefined, login: string | undefined, type: ActorType): string | undefined {
  if (type === 'anonymous' && (id === undefined || canonicalIp(id) !== undefined)) return undefined
  return id ?? login
}

function actorType(type: string | undefined): ActorType {
  const word = type?.replace(/[^A-Za-z]/g, '').toLowerCase() ?? ''
  if (word === 'user') return 'user'
  if (word === 'systemprincipal') return 'system'
  if (word === 'ipaddress') return 'anonymous'
  if (word.endsWith('app') || word.endsWith('client') || word === 'appinstance') return 'app'
  return word === 'serviceaccount' || word === 'serviceprincipal' ? 'service_account' : 'unknown'
}

/** Whose rights an impersonation uses or opens: the user among the targets. */
function impersonated(event: JsonObject, action: string): { readonly id?: string; readonly name?: string } | undefined {
  if (!action.startsWith('user.session.impersonation.')) return undefined
  const user = list(getFolded(event, 'target')).find((target) => textFolded(target, 'type') === 'User')
  const id = known(textFolded(user, 'id'))
  const name = known(textFolded(user, 'alternateId')) ?? known(textFolded(user, 'displayName'))
  return id === undefined && name === undefined
    ? undefined
    : { ...(id === undefined ? {} : { id }), ...(name === undefined ? {} : { name }) }
}

/** Origin first: the person for whom a system acts, the token that was used, the user who was impersonated. */
function chainOf(
  event: JsonObject,
  actorId: string | undefined,
  token: string | undefined,
  effective: { readonly id?: string; readonly name?: string } | undefined,
): ChainHop[] | undefined {
  const hops: ChainHop[] = []
  const original = atFolded(event, 'debugContext', 'debugData', 'originalPrincipal')
  const originalId = known(textFolded(original, 'id'))
  if (originalId !== undefined && originalId !== actorId) {
    const name = known(textFolded(original, 'alternateId')) ?? known(textFolded(original, 'displayName'))
    const type = textFolded(original, 'type')
    hops.push({
      kind: 'delegation',
      id: originalId,
      ...(name === undefined ? {} : { name }),
      ...(type === undefined ? {} : { type }),
    })
  }
  if (token !== undefined) hops.push({ kind: 'token', id: token, type: 'api_token' })
  if (effective !== undefined) hops.push({ kind: 'impersonate', ...effective, type: 'user' })
  return collapseChain(hops)
}

function sessionOf(event: JsonObject): string | undefined {
  const context = getFolded(event, 'authenticationContext')
  return known(textFolded(context, 'externalSessionId')) ?? known(textFolded(context, 'rootSessionId'))
}

function credentialType(event: JsonObject): string | undefined {
  const context = getFolded(event, 'authenticationContext')
  const stated =
    textFolded(context, 'credentialType') ??
    textFolded(event, 'debugContext', 'debugData', 'factor') ??
    textFolded(context, 'credentialProvider')
  return known(stated)?.toLowerCase()
}

/** A later step of a sign-in is one of a second factor, however it ended; a first step says nothing about one. */
function secondFactor(event: JsonObject, action: string, outcome: Outcome): boolean | undefined {
  const step = atFolded(event, 'authenticationContext', 'authenticationStep')
  if (typeof step === 'number' && step > 0) return true
  return action === 'user.authentication.auth_via_mfa' && outcome === 'success' ? true : undefined
}
