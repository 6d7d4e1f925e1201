/** Small facts about ids of these exports that several mappings share. */
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText, topText } from './fields'

const nil = /^[0{}-]+$/

/** An id, or undefined where it is the nil GUID or a word for none. */
export function realId(value: string | undefined): string | undefined {
  const id = value?.trim()
  return id === undefined || id === '' || nil.test(id) || /^(?:null|none|unknown)$/i.test(id) ? undefined : id
}

/** The tenant: stated, or the one in the resource id of a directory record. */
export function tenantOf(fields: Fields): string | undefined {
  const inPath = /^\/tenants\/([^/]{1,100})/i.exec(topText(fields, 'resourceid', '_resourceid') ?? '')?.[1]
  // The TenantId of a table is the workspace.
  const stated = fields.top.has('timegenerated') ? undefined : fieldText(fields, 'tenantid')
  return realId(topText(fields, 'aadtenantid')) ?? realId(stated) ?? inPath
}

const MAX_IDS = 50

export function idList(
  pairs: readonly (readonly [string, string | undefined])[],
): Pick<AccessEventRow, 'correlation_ids'> {
  const seen = new Set<string>()
  const ids = pairs.flatMap(([kind, value]) => {
    const id = realId(value)
    const mark = `${kind}\0${id}`
    if (id === undefined || seen.has(mark)) return []
    seen.add(mark)
    return [{ kind, value: id }]
  })
  return { correlation_ids: ids.length === 0 ? undefined : ids.slice(0, MAX_IDS) }
}
