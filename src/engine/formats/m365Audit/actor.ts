import type { AccessEventRow, ActorColumns, ActorType, ChainHop } from '../../db/rows'
import { type Fields, fieldList, fieldText } from '../azure/fields'
import { realId } from '../azure/ids'
import { actorKey, mailOf } from '../shared/actorKey'
import { textFolded } from '../shared/folded'

/** Kinds of users by number, and by the name that tables and pages of the interface give them. */
const types: ReadonlyMap<string, ActorType> = new Map([
  ...([
    ['0', 'user'],
    ['1', 'user'],
    ['2', 'user'],
    ['3', 'system'],
    ['4', 'system'],
    ['5', 'app'],
    ['6', 'app'],
    ['7', 'system'],
    ['8', 'system'],
    ['9', 'user'],
    ['10', 'user'],
  ] as const),
  ...([
    ['regular', 'user'],
    ['reserved', 'user'],
    ['admin', 'user'],
    ['dcadmin', 'system'],
    ['system', 'system'],
    ['application', 'app'],
    ['serviceprincipal', 'app'],
    ['custompolicy', 'system'],
    ['systempolicy', 'system'],
    ['partnertechnician', 'user'],
    ['guest', 'user'],
  ] as const),
])

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Who acted, as `UserId` names it; in whose name, where a message was sent for somebody else. */
export function actorColumns(fields: Fields): ActorColumns {
  const id = stated(fieldText(fields, 'userid')) ?? stated(fieldText(fields, 'userkey'))
  const principal = domainMail(id) ?? domainMail(actorOfType(fields, '5'))
  const name = stated(fieldText(fields, 'userdisplayname')) ?? id
  return {
    actor_key: actorKey({ mail: [principal], namespace: 'm365', id, source: 'm365' }),
    actor_id: id,
    actor_name: name,
    actor_email: principal,
    actor_tenant: realId(fieldText(fields, 'organizationid')),
    actor_type: typeOf(fields, id, principal),
    ...senderColumns(fields),
  }
}

/** `app@sharepoint` and its like are no mail addresses: a domain has a point. */
function domainMail(value: string | undefined): string | undefined {
  const mail = mailOf(value)
  return mail?.includes('.', mail.indexOf('@')) ? mail : undefined
}

function stated(value: string | undefined): string | undefined {
  return value === undefined || /^(?:not available|unknown|<null>|null)$/i.test(value.trim()) ? undefined : value
}

function typeOf(fields: Fields, id: string | undefined, mail: string | undefined): ActorType {
  if (id === undefined) return 'unknown'
  const lower = id.toLowerCase()
  if (lower === 'app@sharepoint' || lower.startsWith('serviceprincipal_')) return 'app'
  if (lower.startsWith('nt authority\\') || lower === 's-1-5-18' || lower === 'sharepoint\\system') return 'system'
  const byType = types.get(fieldText(fields, 'usertype')?.toLowerCase() ?? '')
  return byType ?? (mail === undefined ? 'unknown' : 'user')
}

/** The id of the directory's object behind the actor, where the record names it. */
export function objectIdOf(fields: Fields): string | undefined {
  const key = fieldText(fields, 'userkey')
  return [actorOfType(fields, '0'), key].find((id) => id !== undefined && guid.test(id))
}

function actorOfType(fields: Fields, type: string): string | undefined {
  for (const item of fieldList(fields, 'actor').slice(0, 50))
    if (textFolded(item, 'Type') === type) return textFolded(item, 'ID')
  return undefined
}

/** Messages sent as somebody, or on behalf of somebody. */
function senderColumns(fields: Fields): Pick<AccessEventRow, 'effective_id' | 'effective_name' | 'chain'> {
  const as = fieldText(fields, 'sendasusersmtp')
  const behalf = fieldText(fields, 'sendonbehalfofusersmtp')
  const name = as ?? behalf
  if (name === undefined) return {}
  const kind: ChainHop['kind'] = as === undefined ? 'delegation' : 'impersonate'
  return { effective_id: name, effective_name: name, chain: [{ kind, id: name, name, type: 'user' }] }
}
