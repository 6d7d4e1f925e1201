import { list, text } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { getFolded, textFolded } from '../shared/folded'
import { idPairs } from '../shared/rowParts'
import { reasonColumns } from '../shared/statedReason'
import { type AuditEntry, tenantOf } from './entry'
import { eventId, timeColumns, timeFlags } from './record'

/** Access by staff of the provider. The log names none of them, only where they work and why they came. */
export function mapAccess({ entry, payload }: AuditEntry, wallClock: WallClock): AccessEventRow {
  const accesses = list(getFolded(payload, 'accesses')).slice(0, 100)
  const [product] = list(getFolded(payload, 'product'))
  const service = text(product)
  const resources = accesses.flatMap((item) => {
    const name = textFolded(item, 'resourceName')
    return name === undefined ? [] : [{ key: name.startsWith('//') ? name : `//${service ?? '-'}/${name}` }]
  })
  const reasons = list(getFolded(payload, 'reason'))
  const flags = timeFlags(entry, wallClock)
  return {
    source: 'gcp_audit',
    source_event_id: eventId(entry) ?? textFolded(payload, 'eventId'),
    ...timeColumns(entry, wallClock),
    class: 'data',
    activity: 'read',
    action: textFolded(accesses[0], 'methodName'),
    service,
    outcome: 'success',
    actor_key: 'unknown:gcp_audit',
    actor_type: 'unknown',
    src_country:
      textFolded(payload, 'location', 'principalPhysicalLocationCountry') ??
      textFolded(payload, 'location', 'principalOfficeCountry'),
    resource_key: resources[0]?.key,
    resource_type: textFolded(entry, 'resource', 'type'),
    resource_name: textFolded(accesses[0], 'resourceName'),
    resource_tenant: tenantOf(entry),
    resources: resources.length === 0 ? undefined : resources,
    ...reasonColumns(
      reasons.map((item, index) => ({
        field: `jsonPayload.reason.${index}`,
        value: [textFolded(item, 'type'), textFolded(item, 'detail')].filter((part) => part !== undefined).join(': '),
        kind: 'reason' as const,
      })),
    ),
    correlation_ids: idPairs(
      list(getFolded(payload, 'accessApprovals')).map((item) => ['gcp_access_approval', text(item)] as const),
    ),
    flags: flags.length === 0 ? undefined : flags,
  }
}
