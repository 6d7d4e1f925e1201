import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText } from '../azure/fields'
import { realId } from '../azure/ids'

type ResourceColumns = Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resources'>

/** The application that the token is for; the client application stands beside it. */
export function resourceColumns(fields: Fields): ResourceColumns {
  const target = application(resourceId(fields), fieldText(fields, 'resourcedisplayname'))
  const client = application(realId(fieldText(fields, 'appid')), fieldText(fields, 'appdisplayname'))
  const main = target ?? client
  if (main === undefined) return {}
  const keys = new Map([main, client].flatMap((item) => (item?.key === undefined ? [] : [[item.key, item] as const])))
  return {
    resource_key: main.key,
    resource_type: 'application',
    resource_name: main.name,
    resources: keys.size === 0 ? undefined : [...keys.keys()].map((key) => ({ key, type: 'application' })),
  }
}

/** The path of the directory stands in a field of the same name. */
function resourceId(fields: Fields): string | undefined {
  return [fieldText(fields, 'resourceidentity'), fieldText(fields, 'resourceid')]
    .map(realId)
    .find((id) => id !== undefined && !id.startsWith('/'))
}

function application(
  id: string | undefined,
  name: string | undefined,
): { readonly key: string | undefined; readonly name: string | undefined } | undefined {
  if (id === undefined && name === undefined) return undefined
  return { key: `entra:application/${(id ?? name ?? '').toLowerCase()}`, name: name ?? id }
}
