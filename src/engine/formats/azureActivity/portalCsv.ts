import type { JsonObject } from '../../../common/json'
import type { Portal } from '../azure/reader'

const names: readonly (readonly [string, string])[] = [
  ['correlationid', 'correlationId'],
  ['operationname', 'operationName'],
  ['status', 'status'],
  ['eventcategory', 'category'],
  ['level', 'level'],
  ['time', 'eventTimestamp'],
  ['timestamp', 'eventTimestamp'],
  ['subscription', 'subscriptionId'],
  ['eventinitiatedby', 'caller'],
  ['resourcetype', 'resourceType'],
  ['resourcegroup', 'resourceGroupName'],
  ['resource', 'resourceId'],
]

/** The download of the activity page: names as people read them, and no ids but the correlation. */
export const activityPortal: Portal = {
  kind: 'activity',
  isHeader: (header) => header.has('operationname') && header.has('eventinitiatedby') && header.has('correlationid'),
  record: (cell): JsonObject =>
    Object.fromEntries(
      names.flatMap(([column, name]): [string, string][] => {
        const value = cell(column)
        return value === undefined ? [] : [[name, value]]
      }),
    ),
}
