import { at, get, type JsonObject, type JsonValue, list, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, ActorType } from '../../db/rows'
import { readOnlyOfActivity } from '../shared/activity'
import { actorKey, mailOf } from '../shared/actorKey'
import { instantOf } from '../shared/epoch'
import { agentColumns, idPairs, placeOf, statedReason, timeColumns } from '../shared/rowParts'
import { activityOf, classOf, outcomeOf } from './classify'

/** One entry as one row. Every field may be missing, of the wrong type or hostile. */
export function mapEntry(entry: JsonObject, wallClock: WallClock): AccessEventRow {
  const action = text(get(entry, 'action')) ?? ''
  const activity = activityOf(action)
  const context = get(entry, 'context')
  const address = textAt(context, 'ip_address')
  return {
    source: 'slack',
    source_event_id: text(get(entry, 'id')),
    ...timesOf(entry, wallClock),
    class: classOf(action),
    activity,
    action,
    read_only: readOnlyOfActivity(activity),
    outcome: outcomeOf(action),
    outcome_reason: anomalyReasons(entry),
    ...identityColumns(entry, context),
    session_id: textAt(context, 'session_id'),
    credential_id: textAt(context, 'app', 'id'),
    credential_type: textAt(context, 'app', 'id') === undefined ? undefined : 'app',
    ...placeOf(address === 'unknown' ? undefined : address),
    ...agentColumns(textAt(context, 'ua')),
    ...entityColumns(entry, context),
    ...reasonColumns(entry),
    correlation_ids: idPairs([['slack_previous_address', textAt(entry, 'details', 'previous_ip_address')]]),
  }
}

/** An anomaly is written some time after the act that was odd, and then says when that was. */
function timesOf(entry: JsonObject, wallClock: WallClock): Partial<AccessEventRow> {
  const act = instantOf(at(entry, 'details', 'action_timestamp'), wallClock)
  if (act !== undefined) return timeColumns(act, 'start')
  return timeColumns(instantOf(get(entry, 'date_create'), wallClock), 'logged')
}

/** The described thing under the word that `type` says: `{"type":"user","user":{…}}`. */
function described(value: JsonValue | undefined): { readonly type?: string; readonly it?: JsonValue } {
  const type = textAt(value, 'type')
  const it = type === undefined ? undefined : get(value, type)
  return { ...(type === undefined ? {} : { type }), ...(it === undefined ? {} : { it }) }
}

function identityColumns(entry: JsonObject, context: JsonValue | undefined): Partial<AccessEventRow> {
  const { type, it } = described(get(entry, 'actor'))
  const id = textAt(it, 'id')
  const email = mailOf(textAt(it, 'email'))
  return {
    actor_key: actorKey({ mail: [email], namespace: 'slack', id, source: 'slack' }),
    actor_id: id,
    actor_name: textAt(it, 'name') ?? email,
    actor_email: email,
    actor_tenant: tenantOf(context),
    actor_type: actorType(type),
  }
}

function actorType(type: string | undefined): ActorType {
  switch (type) {
    case 'user':
      return 'user'
    case 'app':
    case 'workflow':
    case 'workflow_v2':
      return 'app'
    case 'bot':
      return 'bot'
    case 'system':
    case 'slack':
      return 'system'
    default:
      return 'unknown'
  }
}

function tenantOf(context: JsonValue | undefined): string | undefined {
  return textAt(context, 'location', 'domain') ?? textAt(context, 'location', 'id')
}

function entityColumns(entry: JsonObject, context: JsonValue | undefined): Partial<AccessEventRow> {
  const { type, it } = described(get(entry, 'entity'))
  if (type === undefined) return {}
  const id = textAt(it, 'id')
  const name = textAt(it, 'name') ?? textAt(it, 'title') ?? textAt(it, 'email')
  const tail = id ?? name
  const key = tail === undefined ? undefined : `slack:${type}/${tail}`
  return {
    resource_key: key,
    resource_type: type,
    resource_name: name ?? id,
    resource_tenant: tenantOf(context),
    resource_ns: textAt(it, 'team') ?? textAt(it, 'teams', '0'),
    resources: key === undefined ? undefined : [{ key, type }],
  }
}

/** Why an anomaly is one: a list of words such as `asn`, `ip_address`, `user_agent`. */
function anomalyReasons(entry: JsonObject): string | undefined {
  const words = list(at(entry, 'details', 'reason')).flatMap((word) => text(word) ?? [])
  return words.length === 0 ? undefined : words.slice(0, 50).join(', ')
}

function reasonColumns(entry: JsonObject): Partial<AccessEventRow> {
  return statedReason(
    ['reason', 'justification', 'comment', 'note'].map(
      (key) => [`details.${key}`, textAt(entry, 'details', key)] as const,
    ),
  )
}
