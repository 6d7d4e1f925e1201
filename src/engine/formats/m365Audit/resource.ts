import { list } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldList, fieldObject, fieldText } from '../azure/fields'
import { realId } from '../azure/ids'
import { atFolded, textFolded } from '../shared/folded'
import { member, valuesIn } from './properties'

type ResourceColumns = Pick<
  AccessEventRow,
  'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resource_ns' | 'resources'
>

interface Target {
  readonly type: string
  readonly id: string
  readonly name?: string | undefined
}

const MAX_TARGETS = 100
const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** The main target and what else the record names: site, mailbox, people who were added. */
export function resourceColumns(fields: Fields, type: string | undefined): ResourceColumns {
  const main = mainTarget(fields, type)
  const all = [...(main === undefined ? [] : [main]), ...others(fields)].slice(0, MAX_TARGETS)
  const keyed = new Map(all.map((target) => [keyOf(target), target.type]))
  return {
    resource_key: main === undefined ? undefined : keyOf(main),
    resource_type: main?.type,
    resource_name: main?.name ?? main?.id,
    resource_tenant: realId(fieldText(fields, 'organizationid')),
    resource_ns: fieldText(fields, 'siteurl', 'site_url') ?? fieldText(fields, 'mailboxownerupn'),
    resources: keyed.size === 0 ? undefined : [...keyed].map(([key, kind]) => ({ key, type: kind })),
  }
}

/** Applications have the key that sign-ins give them, so that both meet. */
function keyOf({ type, id }: Target): string {
  return type === 'application' ? `entra:application/${id.toLowerCase()}` : `m365:${type}/${id}`
}

function mainTarget(fields: Fields, type: string | undefined): Target | undefined {
  const object = stated(fieldText(fields, 'objectid', 'officeobjectid'))
  const kind = type?.toLowerCase() ?? ''
  if (kind.includes('logon') && object !== undefined && guid.test(object)) return { type: 'application', id: object }
  return (
    dlpTarget(fields) ??
    mailTarget(fields) ??
    (object === undefined ? undefined : objectTarget(fields, object, kind)) ??
    teamTarget(fields) ??
    identityTarget(fields)
  )
}

/** The file or message that a rule matched. */
function dlpTarget(fields: Fields): Target | undefined {
  const file = fieldObject(fields, 'sharepointmetadata')
  const url = textFolded(file, 'FilePathUrl')
  if (url !== undefined) return { type: 'file', id: url, name: textFolded(file, 'FileName') }
  const mail = fieldObject(fields, 'exchangemetadata')
  const message = textFolded(mail, 'MessageID')
  return message === undefined ? undefined : { type: 'message', id: message, name: textFolded(mail, 'Subject') }
}

/** The item of a mailbox: a message by its internet id, else the folder; without either, the mailbox. */
function mailTarget(fields: Fields): Target | undefined {
  const owner = fieldText(fields, 'mailboxownerupn') ?? fieldText(fields, 'mailboxguid')
  if (owner === undefined) return undefined
  const item = fieldObject(fields, 'item') ?? atFolded(fieldList(fields, 'affecteditems')[0])
  const message = textFolded(item, 'InternetMessageId')
  if (message !== undefined) return { type: 'message', id: message, name: textFolded(item, 'Subject') }
  const path = textFolded(item, 'ParentFolder', 'Path') ?? member(fields, 'folder', 'Path')
  if (path !== undefined) return { type: 'folder', id: `${owner.toLowerCase()}${path}`, name: path }
  return mailbox(owner)
}

function mailbox(owner: string): Target {
  return { type: 'mailbox', id: owner.toLowerCase(), name: owner }
}

function objectTarget(fields: Fields, object: string, kind: string): Target {
  const item = fieldText(fields, 'itemtype')?.toLowerCase()
  const file = fieldText(fields, 'sourcefilename')
  if (/^https?:\/\//i.test(object)) return { type: item ?? 'item', id: object, name: file ?? object }
  if (kind === 'exchangeadmin') return { type: 'exchange', id: object, name: object }
  return { type: item ?? (kind === 'azureactivedirectory' ? 'directory' : 'object'), id: object, name: file ?? object }
}

function teamTarget(fields: Fields): Target | undefined {
  const id = fieldText(fields, 'teamguid')
  const name = fieldText(fields, 'teamname', 'groupname')
  if (id === undefined && name === undefined) return undefined
  return { type: 'team', id: id ?? name ?? '', name: name ?? id }
}

/** Cmdlets name their object in a parameter; directory records in a list of targets. */
function identityTarget(fields: Fields): Target | undefined {
  const identity = valuesIn(fields, 'parameters').get('identity')
  if (identity !== undefined) return { type: 'exchange', id: identity, name: identity }
  for (const target of fieldList(fields, 'target').slice(0, MAX_TARGETS)) {
    const id = stated(textFolded(target, 'ID'))
    if (id !== undefined) return { type: 'directory', id, name: id }
  }
  return undefined
}

/** People and groups who got access, members who were added, who sent what a rule matched, mailbox and site. */
function others(fields: Fields): readonly Target[] {
  const owner = fieldText(fields, 'mailboxownerupn')
  const site = fieldText(fields, 'siteurl', 'site_url')
  const grantee = fieldText(fields, 'targetuserorgroupname')
  const sender = member(fields, 'exchangemetadata', 'From') ?? member(fields, 'sharepointmetadata', 'From')
  const members = fieldList(fields, 'members')
    .slice(0, MAX_TARGETS)
    .flatMap((item) => textFolded(item, 'UPN') ?? textFolded(item, 'DisplayName') ?? [])
  return [
    ...(owner === undefined ? [] : [mailbox(owner)]),
    ...(site === undefined ? [] : [{ type: 'site', id: site }]),
    ...(grantee === undefined ? [] : [{ type: 'grantee', id: grantee.toLowerCase() }]),
    ...(sender === undefined ? [] : [{ type: 'sender', id: sender.toLowerCase() }]),
    ...messages(fields),
    ...members.map((name) => ({ type: 'member', id: name.toLowerCase() })),
  ]
}

/** Messages that were read or deleted: one record may be about many. */
function messages(fields: Fields): readonly Target[] {
  const folders = fieldList(fields, 'folders').slice(0, MAX_TARGETS)
  const items = [
    ...fieldList(fields, 'affecteditems'),
    ...folders.flatMap((folder) => list(atFolded(folder, 'FolderItems'))),
  ]
  return items.slice(0, MAX_TARGETS).flatMap((item) => {
    const id = textFolded(item, 'InternetMessageId')
    return id === undefined ? [] : [{ type: 'message', id }]
  })
}

function stated(value: string | undefined): string | undefined {
  return value === undefined || /^(?:unknown(?: \(unknown\))?|not available)$/i.test(value) ? undefined : value
}
