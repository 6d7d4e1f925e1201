import type { JsonValue } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldList, topText } from '../azure/fields'
import { realId } from '../azure/ids'
import { atFolded, textFolded } from '../shared/folded'

type TargetColumns = Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resources'>

interface Target {
  readonly key: string | undefined
  readonly type: string
  readonly name: string | undefined
}

const MAX_TARGETS = 200

/** The first target is the main one; all are kept. */
export function targetColumns(fields: Fields): TargetColumns {
  const targets = fieldList(fields, 'targetresources')
    .slice(0, MAX_TARGETS)
    .flatMap((item) => targetOf(item) ?? [])
  const main = targets[0]
  if (main === undefined) return placeOf(fields)
  const keyed = new Map(
    targets.flatMap((target) => (target.key === undefined ? [] : [[target.key, target.type] as const])),
  )
  return {
    resource_key: main.key,
    resource_type: main.type,
    resource_name: main.name,
    resources: keyed.size === 0 ? undefined : [...keyed].map(([key, type]) => ({ key, type })),
  }
}

/** A change without targets is about the place that the record names, unless that is the directory itself. */
function placeOf(fields: Fields): TargetColumns {
  const path = topText(fields, 'resourceid')
  if (path === undefined || !/^\/subscriptions\//i.test(path)) return {}
  const key = path.toLowerCase()
  return { resource_key: key, resource_name: path.split('/').at(-1), resources: [{ key }] }
}

function targetOf(item: JsonValue): Target | undefined {
  const id = realId(textFolded(item, 'id'))
  const principal = textFolded(item, 'userPrincipalName')
  const name = principal ?? textFolded(item, 'displayName') ?? textFolded(item, 'groupType')
  if (id === undefined && name === undefined) return undefined
  const type = textFolded(item, 'type')?.toLowerCase() ?? 'object'
  return { key: `entra:${type}/${(id ?? name ?? '').toLowerCase()}`, type, name: name ?? id }
}

/** Changed properties that name the right that was handed out or taken. */
const rights = [
  'Role.DisplayName',
  'AppRole.Value',
  'DelegatedPermissionGrant.Scope',
  'ConsentAction.Permissions',
  'AppRole.DisplayName',
  'RoleDefinition.DisplayName',
]

/** The role or permission that the change is about, as the changed properties state it. */
export function grantedIn(fields: Fields): string | undefined {
  for (const target of fieldList(fields, 'targetresources').slice(0, MAX_TARGETS)) {
    const changes = atFolded(target, 'modifiedProperties')
    if (!Array.isArray(changes)) continue
    for (const name of rights) {
      const change = changes.find((item) => textFolded(item, 'displayName') === name)
      const value = unquoted(textFolded(change, 'newValue')) ?? unquoted(textFolded(change, 'oldValue'))
      if (value !== undefined) return value
    }
  }
  return undefined
}

/** Values of changed properties are JSON texts: `"\"Global Administrator\""`. */
function unquoted(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const bare = /^"(.*)"$/s.exec(value.trim())?.[1] ?? value
  return bare === '' || bare === 'null' ? undefined : bare
}
