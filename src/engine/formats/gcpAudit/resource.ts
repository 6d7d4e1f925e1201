import type { JsonObject } from '../../../common/json'
import { list, text } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { atFolded, textFolded } from '../shared/folded'
import { checksOf, labelOf, tenantOf } from './entry'

type ResourceColumns = Pick<
  AccessEventRow,
  'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resource_region' | 'resources'
>

const MAX_RESOURCES = 100

/** What the call was about, and all that was checked for it. */
export function resourceColumns(entry: JsonObject, payload: JsonObject): ResourceColumns {
  const service = textFolded(payload, 'serviceName') ?? '-'
  const name = textFolded(payload, 'resourceName')
  const type = textFolded(entry, 'resource', 'type')
  const key = name === undefined ? undefined : keyOf(service, name)
  const resources = new Map<string, { key: string; type?: string }>()
  if (key !== undefined) resources.set(key, { key, ...(type === undefined ? {} : { type }) })
  for (const check of checksOf(payload)) {
    const checked = textFolded(check, 'resource') ?? textFolded(check, 'resourceAttributes', 'name')
    if (checked === undefined || resources.size >= MAX_RESOURCES) continue
    const kind = textFolded(check, 'resourceAttributes', 'type')
    const other = keyOf(service, checked)
    if (!resources.has(other)) resources.set(other, { key: other, ...(kind === undefined ? {} : { type: kind }) })
  }
  return {
    resource_key: key ?? [...resources.keys()][0],
    resource_type: type,
    resource_name: name,
    resource_tenant: tenantOf(entry),
    resource_region: regionOf(entry, payload),
    resources: resources.size === 0 ? undefined : [...resources.values()],
  }
}

/** `//<service>/<name>`; full names of resources have that form already. */
function keyOf(service: string, name: string): string {
  return name.startsWith('//') ? name : `//${service}/${name}`
}

function regionOf(entry: JsonObject, payload: JsonObject): string | undefined {
  return (
    labelOf(entry, 'location') ??
    labelOf(entry, 'zone') ??
    labelOf(entry, 'region') ??
    text(list(atFolded(payload, 'resourceLocation', 'currentLocations'))[0])
  )
}
