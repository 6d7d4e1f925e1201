import { isObject } from '../../../common/json'
import type { Activity, EventClass } from '../../db/rows'
import { type Fields, field, fieldText, topText } from '../azure/fields'
import { activityOfVerb } from '../shared/activity'
import { textFolded } from '../shared/folded'
import { memo } from '../shared/memo'
import { resourceIdOf } from './resource'

/** The operation: text, or an object that has its value beside a translation. */
export function operationOf(fields: Fields): string | undefined {
  const named = fields.top.get('operationname')
  const value = isObject(named) ? textFolded(named, 'value') : undefined
  return value ?? topText(fields, 'operationnamevalue', 'operationname') ?? textFolded(named, 'localizedValue')
}

/** The provider that received the call: of the operation, else of the resource. */
export function serviceOf(fields: Fields, operation: string | undefined): string | undefined {
  if (operation?.includes('/')) return operation.split('/', 1)[0]
  const inResource = /\/providers\/([^/]{1,200})/i.exec(resourceIdOf(fields) ?? '')?.[1]
  const provider = field(fields, 'resourceprovidername', 'resourceprovidervalue', 'resourceprovider')
  return (
    inResource ??
    (isObject(provider)
      ? textFolded(provider, 'value')
      : fieldText(fields, 'resourceprovidervalue', 'resourceprovider', 'servicetype'))
  )
}

/** Names of an operation that hand out or take rights, by its lower-case path. */
const rights: readonly (readonly [RegExp, Activity])[] = [
  [/^microsoft\.authorization\/(?:roleassignments|role\w*schedulerequests|denyassignments)\/write$/, 'grant'],
  [/^microsoft\.authorization\/(?:roleassignments|role\w*schedulerequests|denyassignments)\/delete$/, 'revoke'],
  [/^microsoft\.authorization\/elevateaccess\/action$/, 'grant'],
  [/\/vaults\/accesspolicies\/write$/, 'grant'],
  [/(?:role|clusterrole)bindings\/write$/, 'grant'],
  [/(?:role|clusterrole)bindings\/delete$/, 'revoke'],
  [/\/(?:listkeys|listsecrets|listcredentials|listaccountsas|listservicesas|getsastoken)\/action$/, 'read'],
  [/\/(?:runcommand|extensions\/runcommand|start|restart|poweroff|deallocate|execute)\/action$/, 'execute'],
]

const lastWord: ReadonlyMap<string, Activity> = new Map([
  ['read', 'read'],
  ['write', 'update'],
  ['delete', 'delete'],
])

/** Operations of vaults put the verb behind the object: `SecretGet`, `KeyCreate`. */
const vaultOperation =
  /^(?:Secret|Key|Certificate|Vault|ManagedStorageAccount|Sas)(?:Policy|Contacts?|Issuers?|Version)?([A-Z]\w*)$/

const activityOfOperation = memo((operation): Activity => {
  const path = operation.slice(0, 1_000)
  if (!path.includes('/')) {
    const verb = vaultOperation.exec(path)?.[1]
    const known = verb === undefined ? 'other' : activityOfVerb(verb)
    if (known !== 'other') return known
    // Some exports lower the case of all: then only the first word of a name can be told.
    const named = activityOfVerb(path)
    return named === 'other' ? (lowered.find(([start]) => path.startsWith(start))?.[1] ?? 'other') : named
  }
  const lower = path.toLowerCase()
  const right = rights.find(([pattern]) => pattern.test(lower))?.[1]
  if (right !== undefined) return right
  const parts = path.split('/')
  const last = parts.at(-1)?.toLowerCase() ?? ''
  const plain = lastWord.get(last)
  if (plain !== undefined) return plain
  const named = activityOfVerb((last === 'action' ? parts.at(-2) : parts.at(-1)) ?? '')
  if (named !== 'other') return named
  const word = (last === 'action' ? parts.at(-2) : parts.at(-1))?.toLowerCase() ?? ''
  return lowered.find(([start]) => word.startsWith(start))?.[1] ?? 'other'
})

/** Beginnings of names whose case is lost (`DELETEBLOB`, `regeneratekey`). */
const lowered: readonly (readonly [string, Activity])[] = [
  ['list', 'list'],
  ['get', 'read'],
  ['read', 'read'],
  ['put', 'update'],
  ['create', 'create'],
  ['delete', 'delete'],
  ['update', 'update'],
  ['set', 'update'],
  ['copy', 'create'],
  ['regenerate', 'update'],
  ['validate', 'read'],
  ['check', 'read'],
  ['purge', 'delete'],
  ['restore', 'update'],
  ['start', 'execute'],
  ['stop', 'update'],
  ['move', 'update'],
  ['recover', 'update'],
  ['extend', 'update'],
  ['connect', 'connect'],
]

const byMethod: ReadonlyMap<string, Activity> = new Map([
  ['GET', 'read'],
  ['HEAD', 'read'],
  ['OPTIONS', 'read'],
  ['PUT', 'update'],
  ['PATCH', 'update'],
  ['DELETE', 'delete'],
])

/** By the operation; logs of interfaces and sites name one operation for all, and there the method says more. */
export function activityOf(operation: string | undefined, method: string | undefined): Activity {
  const activity = operation === undefined ? 'other' : activityOfOperation(operation)
  return activity === 'other' ? (byMethod.get(method ?? '') ?? 'other') : activity
}

/** Categories of what the platform says by itself. */
const serviceCategories = new Set([
  'resourcehealth',
  'servicehealth',
  'recommendation',
  'autoscale',
  'alert',
  'security',
])

/** Categories and tables of calls to the data of a resource rather than to its settings. */
const dataCategories =
  /^(?:storage(?:read|write|delete)|auditevent|dataplane\w*|querystoreruntimestatistics|sqlsecurityauditevents)$/i
const dataTables = /^(?:storage\w+logs|azkvauditlogs)$/i

export function isServiceEvent(fields: Fields): boolean {
  return serviceCategories.has(categoryOf(fields)?.toLowerCase() ?? '')
}

export function classOf(fields: Fields, operation: string | undefined): EventClass {
  const lower = operation?.slice(0, 1_000).toLowerCase() ?? ''
  if (isServiceEvent(fields)) return 'other'
  if (lower.startsWith('microsoft.authorization/'))
    return /^microsoft\.authorization\/(?:polic|locks|policy)/.test(lower) ? 'policy' : 'iam'
  if (lower.startsWith('microsoft.managedidentity/') || /rolebindings\/\w+$/.test(lower)) return 'iam'
  const category = categoryOf(fields)
  if (category?.toLowerCase() === 'policy') return 'policy'
  if (dataCategories.test(category ?? '') || dataTables.test(topText(fields, 'type') ?? '')) return 'data'
  return fieldText(fields, 'objectkey') === undefined ? 'api' : 'data'
}

function categoryOf(fields: Fields): string | undefined {
  const category = fields.top.get('category')
  return isObject(category) ? textFolded(category, 'value') : topText(fields, 'categoryvalue', 'category')
}
