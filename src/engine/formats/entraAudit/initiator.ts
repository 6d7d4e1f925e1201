import type { JsonValue } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject, topText } from '../azure/fields'
import { realId } from '../azure/ids'
import { actorKey, mailOf } from '../shared/actorKey'
import { atFolded, textFolded } from '../shared/folded'

type InitiatorColumns = Pick<AccessEventRow, 'actor_key' | 'actor_id' | 'actor_name' | 'actor_email' | 'actor_type'>

/** Who started the change: a person, else an application. Where neither is named, the record's own word stays. */
export function initiatorColumns(fields: Fields): InitiatorColumns {
  const by = fieldObject(fields, 'initiatedby')
  const user = atFolded(by, 'user')
  const app = atFolded(by, 'app')
  if (isNamed(user)) return userColumns(user)
  if (isNamed(app)) return appColumns(app)
  const name = topText(fields, 'identity')
  const email = mailOf(name)
  return {
    actor_key: actorKey({ mail: [email], namespace: 'entra', id: undefined, source: 'entra_audit' }),
    actor_name: name,
    actor_email: email,
    actor_type: email === undefined ? 'unknown' : 'user',
  }
}

const idMembers = ['id', 'userPrincipalName', 'displayName', 'servicePrincipalId', 'appId', 'servicePrincipalName']

function isNamed(value: JsonValue | undefined): value is JsonValue {
  return idMembers.some((member) => textFolded(value, member) !== undefined)
}

function userColumns(user: JsonValue): InitiatorColumns {
  const id = realId(textFolded(user, 'id'))
  const principal = textFolded(user, 'userPrincipalName')
  const email = mailOf(principal)
  return {
    actor_key: actorKey({ mail: [email], namespace: 'entra', id: id ?? principal, source: 'entra_audit' }),
    actor_id: id ?? principal,
    actor_name: textFolded(user, 'displayName') ?? principal,
    actor_email: email,
    actor_type: 'user',
  }
}

function appColumns(app: JsonValue): InitiatorColumns {
  const id = realId(textFolded(app, 'servicePrincipalId')) ?? realId(textFolded(app, 'appId'))
  const name = textFolded(app, 'displayName') ?? textFolded(app, 'servicePrincipalName')
  return {
    actor_key: actorKey({ namespace: 'entra', id: id ?? name, source: 'entra_audit' }),
    actor_id: id ?? name,
    actor_name: name,
    actor_type: 'app',
  }
}

export function initiatorAddress(fields: Fields): string | undefined {
  const by = fieldObject(fields, 'initiatedby')
  return textFolded(by, 'user', 'ipAddress') ?? textFolded(by, 'app', 'ipAddress')
}
