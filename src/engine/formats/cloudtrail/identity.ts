import { at, get, type JsonObject, type JsonValue, text, textAt } from '../../../common/json'
import type { AccessEventRow, ActorColumns, ActorType, ChainHop } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { arnName, arnSessionName, parseArn } from '../shared/arn'
import { collapseChain } from '../shared/chain'
import { objectField } from './parameters'

interface Origin {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly type: ActorType
  /** Where a mail address may stand, best first. */
  readonly mail?: readonly (string | undefined)[]
}

/** Who acted, with whose rights: see the table in docs/formats/cloudtrail.md. */
export function identityColumns(user: JsonObject | undefined): ActorColumns {
  const origin = originOf(user)
  const email = origin.mail?.map(mailOf).find((value) => value !== undefined)
  return {
    actor_key: actorKey({ mail: [email], namespace: 'aws', id: origin.id, source: 'cloudtrail' }),
    actor_id: origin.id,
    actor_name: origin.name,
    actor_email: email,
    actor_tenant: textAt(user, 'accountId') ?? accountOf(textAt(user, 'arn')),
    actor_type: origin.type,
    ...effectiveOf(user),
    chain: chainOf(user),
  }
}

function originOf(user: JsonObject | undefined): Origin {
  const arn = textAt(user, 'arn')
  const principalId = textAt(user, 'principalId')
  const userName = textAt(user, 'userName')
  const account = textAt(user, 'accountId')
  const behalf = textAt(user, 'onBehalfOf', 'userId')
  const id = arn ?? principalId
  switch (textAt(user, 'type')) {
    case 'Root':
      return { id: id ?? account, name: userName ?? 'root', type: 'root' }
    case 'IAMUser':
      return { id, name: userName ?? nameIn(arn), type: 'user', mail: [userName] }
    case 'AssumedRole':
    case 'Role':
      return assumedRole(user, arn, principalId)
    case 'FederatedUser':
    case 'SAMLUser':
    case 'WebIdentityUser': {
      const session = arn === undefined ? undefined : arnSessionName(arn)
      return {
        id: id ?? userName,
        name: userName ?? session ?? afterColon(principalId) ?? principalId,
        type: 'user',
        mail: [userName, session, afterColon(principalId)],
      }
    }
    case 'IdentityCenterUser':
      return { id: behalf ?? id, name: userName ?? behalf ?? principalId, type: 'user', mail: [userName] }
    case 'AWSAccount':
      return foreignAccount(account, principalId, arn)
    case 'AWSService': {
      const service = textAt(user, 'invokedBy') ?? id ?? account
      return { id: service, name: service, type: 'system' }
    }
    case undefined: {
      // Exports by column may have lost the type; a name or ARN then still says who it was.
      if (id !== undefined || userName !== undefined)
        return { id: id ?? userName, name: userName ?? nameIn(arn), type: 'unknown', mail: [userName] }
      const service = textAt(user, 'invokedBy') ?? account
      return { id: service, name: service, type: service === undefined ? 'unknown' : 'system' }
    }
    default:
      return { id: id ?? userName ?? account, name: userName ?? nameIn(arn), type: 'unknown', mail: [userName] }
  }
}

function assumedRole(user: JsonObject | undefined, arn: string | undefined, principalId: string | undefined): Origin {
  const session = (arn === undefined ? undefined : arnSessionName(arn)) ?? afterColon(principalId)
  const sourceIdentity = textAt(user, 'sessionContext', 'sourceIdentity')
  if (sourceIdentity !== undefined)
    return { id: sourceIdentity, name: sourceIdentity, type: 'user', mail: [sourceIdentity] }
  const behalf = textAt(user, 'onBehalfOf', 'userId')
  const person = behalf !== undefined || mailOf(session) !== undefined || /\/AWSReservedSSO_/.test(arn ?? '')
  return {
    id: behalf ?? arn ?? principalId,
    name: session ?? behalf,
    type: person ? 'user' : 'role',
    mail: [session],
  }
}

function foreignAccount(account: string | undefined, principalId: string | undefined, arn: string | undefined): Origin {
  if (account === 'ANONYMOUS_PRINCIPAL') return { id: account, name: 'anonymous', type: 'anonymous' }
  const session = afterColon(principalId)
  // The prefix of a unique id tells what it is: AIDA a user, AROA a role.
  const type = principalId?.startsWith('AIDA') ? 'user' : principalId?.startsWith('AROA') ? 'role' : 'unknown'
  return { id: arn ?? principalId ?? account, name: session ?? principalId ?? account, type, mail: [session] }
}

function effectiveOf(user: JsonObject | undefined): Pick<ActorColumns, 'effective_id' | 'effective_name'> {
  const issuer = issuerOf(user)
  const id = textAt(issuer, 'arn') ?? textAt(issuer, 'principalId')
  if (id !== undefined) return { effective_id: id, effective_name: textAt(issuer, 'userName') ?? nameIn(id) }
  const role = /^assumed-role\/([^/]+)\//.exec(parseArn(textAt(user, 'arn') ?? '')?.resource ?? '')
  return { effective_id: undefined, effective_name: role?.[1] }
}

/** Hops from the origin on: identity provider, then the role whose rights the session has. */
function chainOf(user: JsonObject | undefined): ChainHop[] | undefined {
  const hops: ChainHop[] = []
  const provider =
    textAt(user, 'sessionContext', 'webIdFederationData', 'federatedProvider') ?? textAt(user, 'identityProvider')
  if (provider !== undefined) hops.push({ kind: 'federation', id: provider, type: 'identity_provider' })
  const store = textAt(user, 'onBehalfOf', 'identityStoreArn')
  if (store !== undefined) hops.push({ kind: 'federation', id: store, type: 'identity_store' })
  const issuer = issuerOf(user)
  const id = textAt(issuer, 'arn') ?? textAt(issuer, 'principalId')
  if (id !== undefined) {
    const isRole = (textAt(issuer, 'type') ?? 'Role') === 'Role'
    const name = textAt(issuer, 'userName') ?? nameIn(id)
    hops.push({
      kind: isRole ? 'assume_role' : 'federation',
      id,
      ...(name === undefined ? {} : { name }),
      type: isRole ? 'role' : 'user',
    })
  }
  return collapseChain(hops)
}

/** Who gave the session its rights. A user's or root's own session uses their own, whatever the field repeats. */
function issuerOf(user: JsonObject | undefined): JsonValue | undefined {
  const type = textAt(user, 'type')
  return type === 'IAMUser' || type === 'Root' ? undefined : at(user, 'sessionContext', 'sessionIssuer')
}

type CredentialColumns = Pick<AccessEventRow, 'credential_id' | 'credential_type' | 'session_id' | 'mfa'>

/** Key used, its kind by its documented prefix, the session it stands for, and whether a second factor was shown. */
export function credentialColumns(record: JsonObject, user: JsonObject | undefined): CredentialColumns {
  const key = textAt(user, 'accessKeyId')
  const credential = key ?? textAt(user, 'credentialId')
  const temporary = key?.startsWith('ASIA') === true
  return {
    credential_id: credential,
    credential_type: temporary
      ? 'temporary_key'
      : key?.startsWith('AKIA')
        ? 'access_key'
        : credential === undefined
          ? text(get(record, 'eventType')) === 'AwsConsoleSignIn'
            ? 'password'
            : undefined
          : 'other',
    session_id: temporary ? key : undefined,
    mfa:
      truth(at(user, 'sessionContext', 'attributes', 'mfaAuthenticated')) ??
      truth(get(objectField(record, 'additionalEventData'), 'MFAUsed')),
  }
}

function truth(value: unknown): boolean | undefined {
  const word = text(value)?.toLowerCase()
  if (word === 'true' || word === 'yes') return true
  return word === 'false' || word === 'no' ? false : undefined
}

function nameIn(arn: string | undefined): string | undefined {
  return arn === undefined ? undefined : arnName(arn)
}

function accountOf(arn: string | undefined): string | undefined {
  const account = arn === undefined ? undefined : parseArn(arn)?.account
  return account === '' ? undefined : account
}

function afterColon(value: string | undefined): string | undefined {
  const colon = value?.indexOf(':') ?? -1
  const rest = colon < 0 ? undefined : value?.slice(colon + 1)
  return rest === '' ? undefined : rest
}
