import { isObject, type JsonValue } from '../../../common/json'
import type { AccessEventRow, ActorType } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText } from '../azure/fields'
import { realId, tenantOf } from '../azure/ids'
import { actorKey, mailOf } from '../shared/actorKey'
import { atFolded, textFolded } from '../shared/folded'

type CallerColumns = Pick<
  AccessEventRow,
  | 'actor_key'
  | 'actor_id'
  | 'actor_name'
  | 'actor_email'
  | 'actor_tenant'
  | 'actor_type'
  | 'credential_id'
  | 'credential_type'
>

/** Names of claims: short ones, and the schema addresses of the same. */
const claim = {
  principal: [
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn',
    'upn',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/name',
    'unique_name',
    'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
    'email',
  ],
  id: ['http://schemas.microsoft.com/identity/claims/objectidentifier', 'oid'],
  name: ['name'],
  app: ['appid', 'azp'],
  tenant: ['http://schemas.microsoft.com/identity/claims/tenantid', 'tid'],
  token: ['uti'],
} as const

/** Who called, by the claims of the token; without claims by what the record says of the caller. */
export function callerColumns(fields: Fields): CallerColumns {
  const claims = claimsOf(fields)
  const requester = atFolded(fieldObject(fields, 'identity'), 'requester')
  const pick = (names: readonly string[]) => first(claims, names)
  const caller = topText(fields, 'caller')
  const principal =
    pick(claim.principal) ??
    textFolded(requester, 'upn') ??
    fieldText(
      fields,
      'requesterupn',
      'identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn',
      'identity_claim_upn',
    ) ??
    caller
  const name = pick(claim.name)
  const email = mailOf(principal) ?? mailOf(name)
  const appId = realId(
    pick(claim.app) ??
      textFolded(requester, 'appId') ??
      fieldText(fields, 'requesterappid', 'identity_claim_appid', 'appid'),
  )
  const id = realId(
    pick(claim.id) ??
      textFolded(requester, 'objectId') ??
      fieldText(fields, 'requesterobjectid', 'identity_claim_oid', 'userid', 'serviceprincipalid'),
  )
  const kind = authenticationType(fields)
  const named = name ?? principal
  const native = id ?? appId ?? principal ?? name
  return {
    actor_key: actorKey({ mail: [email], namespace: 'entra', id: native, source: 'azure_activity' }),
    actor_id: native,
    actor_name: named ?? appId,
    actor_email: email,
    actor_tenant:
      realId(pick(claim.tenant) ?? textFolded(requester, 'tenantId') ?? topText(fields, 'requestertenantid')) ??
      tenantOf(fields),
    actor_type: typeOf(claims, email, appId, id, named, kind),
    credential_id: realId(pick(claim.token)) ?? textFolded(fieldObject(fields, 'identity'), 'tokenHash'),
    credential_type: kind,
  }
}

/** Vaults write `claim`, the activity log `claims`; shells put the claims under `Content`. */
function claimsOf(fields: Fields): JsonValue | undefined {
  const identity = fieldObject(fields, 'identity')
  const claims =
    atFolded(identity, 'claims') ?? atFolded(identity, 'claim') ?? fieldObject(fields, 'claims', 'claims_d')
  const content = atFolded(claims, 'Content')
  return isObject(content) ? content : claims
}

function first(claims: JsonValue | undefined, names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = textFolded(claims, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** How storage was asked: `OAuth`, `SAS`, `AccountKey`, `Anonymous`. */
function authenticationType(fields: Fields): string | undefined {
  return textFolded(fieldObject(fields, 'identity'), 'type') ?? topText(fields, 'authenticationtype')
}

function typeOf(
  claims: JsonValue | undefined,
  email: string | undefined,
  appId: string | undefined,
  id: string | undefined,
  name: string | undefined,
  kind: string | undefined,
): ActorType {
  if (textFolded(claims, 'idtyp') === 'app') return 'app'
  if (email !== undefined) return 'user'
  if (kind?.toLowerCase() === 'anonymous') return 'anonymous'
  if (name !== undefined && /^microsoft\.[a-z.]+$/i.test(name)) return 'system'
  // A token that names an application and no person was issued to the application itself.
  if (appId !== undefined) return 'app'
  return id === undefined && name !== undefined && !/^[0-9a-f-]{36}$/i.test(name) ? 'user' : 'unknown'
}
