import { get, type JsonObject, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Activity } from '../../db/rows'
import { readOnlyOfActivity } from '../shared/activity'
import { clientColumns, commonColumns, personColumns } from './common'

/** Uses that do more than show an item. */
const activities = new Map<string, Activity>([
  ['server-create', 'create'],
  ['server-update', 'update'],
  ['share', 'grant'],
])

/** An item was read, filled in, copied or changed. Events without a word for it are of the time before there was one. */
export function mapUsage(event: JsonObject, wallClock: WallClock): AccessEventRow {
  const action = text(get(event, 'action'))
  const activity = activities.get(action ?? '') ?? 'read'
  const item = text(get(event, 'item_uuid'))
  const vault = text(get(event, 'vault_uuid'))
  const keys = [
    ...(item === undefined ? [] : [{ key: `onepassword:item/${item}`, type: 'item' }]),
    ...(vault === undefined ? [] : [{ key: `onepassword:vault/${vault}`, type: 'vault' }]),
  ]
  return {
    source: 'onepassword',
    ...commonColumns(event, wallClock),
    class: 'data',
    activity,
    action: action ?? 'item_usage',
    read_only: readOnlyOfActivity(activity),
    outcome: 'success',
    ...personColumns(get(event, 'user')),
    ...clientColumns(event, textAt(event, 'client', 'ip_address')),
    resource_key: keys[0]?.key,
    resource_type: keys[0]?.type,
    resource_name: item,
    resource_ns: vault,
    resources: keys.length === 0 ? undefined : keys,
  }
}
