import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText } from '../azure/fields'
import { realId, tenantOf } from '../azure/ids'
import { textFolded } from '../shared/folded'

type ResourceColumns = Pick<
  AccessEventRow,
  | 'resource_key'
  | 'resource_type'
  | 'resource_name'
  | 'resource_tenant'
  | 'resource_ns'
  | 'resource_region'
  | 'resources'
>

/** The resource's path: stated, else the scope that was asked for. */
export function resourceIdOf(fields: Fields): string | undefined {
  return (
    topText(fields, '_resourceid', 'resourceid') ??
    textFolded(fieldObject(fields, 'identity'), 'authorization', 'scope') ??
    textFolded(fieldObject(fields, 'authorization', 'authorization_d'), 'scope')
  )
}

/** Paths differ in case between exports, so the key is in lower case. A storage object stands beside its account. */
export function resourceColumns(fields: Fields): ResourceColumns {
  const path = resourceIdOf(fields)
  const uri = withoutQuery(fieldText(fields, 'uri'))
  const object = fieldText(fields, 'objectkey')
  const key = path?.toLowerCase() ?? uri
  const subscription = /^\/subscriptions\/([^/]{1,100})/i.exec(path ?? '')?.[1]?.toLowerCase()
  const parts = /^(.*)\/providers\/([^/]+)(?:\/(.+))?$/is.exec(path ?? '')
  const names = parts?.[3]?.split('/') ?? []
  const type =
    parts === null ? undefined : [parts[2], ...names.filter((_, index) => index % 2 === 0)].join('/').toLowerCase()
  const last = names.length > 0 && names.length % 2 === 0 ? names.at(-1) : undefined
  const beside = object !== undefined || path === undefined ? undefined : uri
  const keys = [...new Set([key, objectKey(path, object), beside].filter((item) => item !== undefined))]
  return {
    resource_key: key,
    resource_type:
      type ?? textFolded(fields.top.get('resourcetype'), 'value') ?? topText(fields, 'resourcetype')?.toLowerCase(),
    resource_name: object ?? last ?? uri ?? topText(fields, 'resource', 'accountname') ?? path?.split('/').at(-1),
    resource_tenant: realId(subscription) ?? realId(topText(fields, 'subscriptionid')) ?? tenantOf(fields),
    resource_ns:
      /\/resourcegroups\/([^/]{1,200})/i.exec(path ?? '')?.[1]?.toLowerCase() ??
      topText(fields, 'resourcegroupname', 'resourcegroup')?.toLowerCase(),
    resource_region: topText(fields, 'location', 'resourceregion'),
    resources:
      keys.length === 0
        ? undefined
        : keys.map((item) => ({ key: item, ...(item === key && type !== undefined ? { type } : {}) })),
  }
}

function objectKey(path: string | undefined, object: string | undefined): string | undefined {
  if (object === undefined) return undefined
  return path === undefined ? object : `${path.toLowerCase()}${object.startsWith('/') ? '' : '/'}${object}`
}

/** The query may hold a signature that opens the object: it stays in the record only. */
function withoutQuery(uri: string | undefined): string | undefined {
  const bare = uri?.split(/[?#]/, 1)[0]
  return bare === '' ? undefined : bare
}
