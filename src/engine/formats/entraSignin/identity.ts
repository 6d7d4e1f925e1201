import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText, topText } from '../azure/fields'
import { realId, tenantOf } from '../azure/ids'
import { actorKey, mailOf } from '../shared/actorKey'

type IdentityColumns = Pick<
  AccessEventRow,
  'actor_key' | 'actor_id' | 'actor_name' | 'actor_email' | 'actor_tenant' | 'actor_type'
>

/** A person where a user is named; else the application or managed identity that signed in for itself. */
export function identityColumns(fields: Fields): IdentityColumns {
  return isApp(fields) ? appColumns(fields) : userColumns(fields)
}

export function isApp(fields: Fields): boolean {
  const category = `${topText(fields, 'category', 'type') ?? ''}`.toLowerCase()
  if (/serviceprincipal|managedidentity/.test(category)) return true
  const user = realId(fieldText(fields, 'userid')) ?? fieldText(fields, 'userprincipalname')
  return user === undefined && realId(fieldText(fields, 'serviceprincipalid')) !== undefined
}

function userColumns(fields: Fields): IdentityColumns {
  const id = realId(fieldText(fields, 'userid'))
  const principal = fieldText(fields, 'userprincipalname', 'signinidentifier', 'alternatesigninname')
  const email = mailOf(principal)
  const name = fieldText(fields, 'userdisplayname') ?? topText(fields, 'identity') ?? principal
  return {
    actor_key: actorKey({ mail: [email], namespace: 'entra', id: id ?? principal, source: 'entra_signin' }),
    actor_id: id ?? principal,
    actor_name: name,
    actor_email: email,
    actor_tenant: realId(fieldText(fields, 'hometenantid')) ?? tenantOf(fields),
    actor_type: id === undefined && principal === undefined && name === undefined ? 'unknown' : 'user',
  }
}

function appColumns(fields: Fields): IdentityColumns {
  const appId = realId(fieldText(fields, 'appid'))
  const id = realId(fieldText(fields, 'serviceprincipalid')) ?? appId
  return {
    actor_key: actorKey({ namespace: 'entra', id, source: 'entra_signin' }),
    actor_id: id,
    actor_name: fieldText(fields, 'serviceprincipalname', 'appdisplayname') ?? appId,
    actor_email: undefined,
    actor_tenant: realId(fieldText(fields, 'appownertenantid', 'hometenantid')) ?? tenantOf(fields),
    actor_type: 'app',
  }
}
