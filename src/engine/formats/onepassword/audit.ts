import { get, type JsonObject, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'
import { readOnlyOfActivity } from '../shared/activity'
import { idPairs } from '../shared/rowParts'
import { clientColumns, commonColumns, personColumns } from './common'

/** What the short words for objects stand for: memberships (`gm`) and accesses to vaults (`gva`, `uva`) are rights. */
const rights = new Set(['user', 'group', 'gm', 'gva', 'uva', 'invite', 'role', 'pm', 'sa', 'provisioning', 'mngdacct'])
const policyObjects = new Set(['sso', 'mfa', 'policy', 'firewall'])
const dataObjects = new Set(['items', 'item', 'vault', 'vaultkey', 'file', 'report'])
const sessionObjects = new Set(['device', 'cred', 'satoken', 'ssotkn', 'dlgdsess'])

const activities: readonly (readonly [Activity, readonly string[]])[] = [
  ['grant', ['grant', 'join', 'share']],
  ['revoke', ['revoke', 'leave', 'unlink', 'deauthorize']],
  ['create', ['create', 'add', 'begin', 'provsn', 'launchi']],
  ['delete', ['delete', 'purge', 'remove', 'deolddev']],
  ['read', ['view', 'export']],
  ['update', ['update', 'updatea', 'updatfw', 'suspend', 'reactive', 'activate', 'deactivate', 'replace', 'patch']],
  ['update', ['enblduo', 'disblduo', 'enblmfa', 'disblmfa', 'enblsso', 'disblsso', 'hide', 'unhide', 'convert']],
  ['update', ['changeks', 'changela', 'changemp', 'changenm', 'changesk', 'complete', 'completr', 'cancel', 'cancelr']],
  ['update', ['verify', 'expire', 'rename', 'move']],
]
const byAction = new Map(activities.flatMap(([activity, names]) => names.map((name) => [name, activity] as const)))

/** Something about an account was changed; such an event is written once it is done. */
export function mapAudit(event: JsonObject, wallClock: WallClock): AccessEventRow {
  const action = text(get(event, 'action'))
  const type = text(get(event, 'object_type'))
  // Newer words name the object first: `vault.item.update`.
  const activity = byAction.get(action?.slice(action.lastIndexOf('.') + 1) ?? '') ?? 'other'
  return {
    source: 'onepassword',
    ...commonColumns(event, wallClock),
    class: classOf(type),
    activity,
    action,
    read_only: readOnlyOfActivity(activity),
    outcome: 'success',
    ...personColumns(get(event, 'actor_details'), text(get(event, 'actor_uuid'))),
    session_id: textAt(event, 'session', 'uuid'),
    ...clientColumns(event, textAt(event, 'session', 'ip')),
    ...objectColumns(event, type),
    correlation_ids: idPairs([
      ['onepassword_device', textAt(event, 'session', 'device_uuid')],
      ['onepassword_related', text(get(event, 'aux_uuid'))],
    ]),
  }
}

function classOf(type: string | undefined): EventClass {
  if (type === undefined) return 'config'
  if (rights.has(type)) return 'iam'
  if (policyObjects.has(type)) return 'policy'
  if (dataObjects.has(type)) return 'data'
  return sessionObjects.has(type) ? 'session' : 'config'
}

/** The object, and the related one (the group of a membership, the person who gained a vault). */
function objectColumns(event: JsonObject, type: string | undefined): Partial<AccessEventRow> {
  const id = text(get(event, 'object_uuid'))
  const details = get(event, 'object_details')
  const key = type === undefined || id === undefined ? undefined : `onepassword:${type}/${id}`
  return {
    resource_key: key,
    resource_type: type,
    resource_name: textAt(details, 'email') ?? textAt(details, 'name') ?? id,
    resources: key === undefined ? undefined : [type === undefined ? { key } : { key, type }],
  }
}
