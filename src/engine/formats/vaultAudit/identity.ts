import { at, get, isObject, type JsonObject, list, text, textAt } from '../../../common/json'
import type { AccessEventRow, ActorType } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { authOf, pathOf } from './entry'

type IdentityColumns = Pick<
  AccessEventRow,
  'actor_key' | 'actor_id' | 'actor_name' | 'actor_email' | 'actor_type' | 'credential_id' | 'credential_type'
> & { readonly privileged: boolean }

/** Who asked, by the token that came with the request, or by the name that a login gave. */
export function identityColumns(entry: JsonObject): IdentityColumns {
  const display = first(entry, 'display_name')
  const entity = first(entry, 'entity_id')
  const login = loginName(entry)
  const email = mailIn(entry, display) ?? mailOf(login?.name)
  const id = entity ?? display ?? login?.id
  const policies = list(authOf(entry).flatMap((auth) => list(get(auth, 'policies'))))
  const privileged = policies.includes('root')
  return {
    actor_key: actorKey({ mail: [email], namespace: 'vault', id, source: 'vault' }),
    actor_id: id,
    actor_name: display ?? login?.name,
    actor_email: email,
    actor_type: actorType(entry, display, login !== undefined),
    ...credentialColumns(entry),
    privileged,
  }
}

function first(entry: JsonObject, field: string): string | undefined {
  for (const auth of authOf(entry)) {
    const value = text(get(auth, field))
    if (value !== undefined) return value
  }
  return undefined
}

/** A name begins with the path at which its sign-in method stands; these are the paths that methods have by default. */
const people = new Set(['oidc', 'ldap', 'userpass', 'okta', 'github', 'saml', 'kerberos', 'radius'])
const machines = new Set(['approle', 'kubernetes', 'aws', 'gcp', 'azure', 'cert', 'alicloud', 'oci', 'cf'])

function prefixOf(display: string): string {
  return display.slice(0, Math.max(display.indexOf('-'), 0))
}

function mailIn(entry: JsonObject, display: string | undefined): string | undefined {
  for (const auth of authOf(entry)) {
    for (const key of ['email', 'mail', 'username', 'preferred_username', 'user'])
      if (mailOf(textAt(auth, 'metadata', key)) !== undefined) return mailOf(textAt(auth, 'metadata', key))
  }
  const prefix = prefixOf(display ?? '')
  return people.has(prefix) || prefix === 'token' || prefix === 'jwt'
    ? mailOf(display?.slice(prefix.length + 1))
    : undefined
}

function actorType(entry: JsonObject, display: string | undefined, login: boolean): ActorType {
  if (display === 'root') return 'root'
  const prefix = prefixOf(display ?? '')
  if (machines.has(prefix)) return 'service_account'
  if (people.has(prefix) || mailIn(entry, display) !== undefined || login) return 'user'
  // Some paths ask for no token: then nobody is named, and no token was sent.
  const open = textAt(entry, 'request', 'client_token') === undefined && display === undefined
  return open && text(get(entry, 'error')) === undefined ? 'anonymous' : 'unknown'
}

const named = /^auth\/(.{1,200}?)\/login\/([^/]{1,200})$/

/** Methods with names in their path state whom a login claims to be, also where it fails. */
function loginName(entry: JsonObject): { readonly name: string; readonly id: string } | undefined {
  const [, method, name] = named.exec(pathOf(entry) ?? '') ?? []
  return method === undefined || name === undefined ? undefined : { name, id: `${method}/${name}` }
}

/** The accessor stands for the token without being it; devices write it as a keyed hash, which is kept. */
function credentialColumns(entry: JsonObject): Pick<AccessEventRow, 'credential_id' | 'credential_type'> {
  const auth = get(entry, 'auth')
  const accessor = textAt(auth, 'accessor') ?? textAt(entry, 'request', 'client_token_accessor')
  return accessor === undefined
    ? {}
    : { credential_id: accessor, credential_type: textAt(auth, 'token_type') ?? 'token' }
}

/** What the token's metadata holds, in pairs. */
export function metadataOf(entry: JsonObject): readonly (readonly [string, unknown])[] {
  const metadata = at(entry, 'auth', 'metadata')
  return isObject(metadata) ? Object.entries(metadata).slice(0, 200) : []
}
