import { type JsonObject, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { mailOf } from '../shared/actorKey'
import { canonicalIp } from '../shared/address'
import { instantOf } from '../shared/epoch'
import { durationUs, onlyClockFlags } from '../shared/eventTime'

/** An alert of the alert center: what the provider found, not what somebody did. */
export function isAlert(value: unknown): value is JsonObject {
  return (
    textAt(value, 'alertId') !== undefined &&
    (textAt(value, 'data', '@type')?.includes('google.apps.alertcenter.type') ??
      textAt(value, 'createTime') !== undefined)
  )
}

/** Members of an alert that say whom it is about. */
const subjects: readonly (readonly string[])[] = [
  ['data', 'email'],
  ['data', 'triggeringUserEmail'],
  ['data', 'affectedUserEmails', '0'],
  ['data', 'messages', '0', 'recipient'],
]

/** A row without an actor and with an unknown outcome: nobody used a right here. Its time is what it is about. */
export function mapAlert(alert: JsonObject, wallClock: WallClock): AccessEventRow {
  const created = instantOf(textAt(alert, 'createTime'), wallClock)
  const start = instantOf(textAt(alert, 'startTime'), wallClock) ?? created
  const end = instantOf(textAt(alert, 'endTime'), wallClock)
  const subject = subjects.map((path) => mailOf(textAt(alert, ...path))).find((mail) => mail !== undefined)
  const key = subject === undefined ? undefined : `gworkspace:user/${subject}`
  const ip = textAt(alert, 'data', 'loginDetails', 'ipAddress') ?? textAt(alert, 'data', 'sourceIp')
  return {
    source: 'gworkspace',
    source_event_id: textAt(alert, 'alertId'),
    ts: start?.us,
    ts_end: end?.us,
    ts_precision: start?.precision,
    ts_kind: start === undefined ? undefined : start === created ? 'logged' : 'start',
    duration_us: durationUs(start, end),
    class: 'other',
    activity: 'other',
    action: textAt(alert, 'type'),
    service: textAt(alert, 'source'),
    outcome: 'unknown',
    outcome_reason: textAt(alert, 'data', 'description') ?? textAt(alert, 'data', 'title'),
    actor_key: 'unknown:gworkspace',
    actor_type: 'unknown',
    src_ip: ip === undefined ? undefined : canonicalIp(ip),
    resource_key: key,
    resource_type: key === undefined ? undefined : 'user',
    resource_name: subject,
    resource_tenant: textAt(alert, 'customerId'),
    resources: key === undefined ? undefined : [{ key, type: 'user' }],
    flags: onlyClockFlags(start),
  }
}
