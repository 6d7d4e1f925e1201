import { get, type JsonObject, text } from '../../../common/json'
import { type Instant, parseInstant, type WallClock } from '../../../common/time'
import type { AccessEventRow, Flag } from '../../db/rows'
import { canonicalIp } from '../shared/address'
import { clockFlags } from '../shared/eventTime'
import { uaFamily } from '../shared/userAgent'
import { classColumns } from './classify'
import { byteColumns, idColumns, reasonColumns } from './context'
import { credentialColumns, identityColumns } from './identity'
import { isDryRun, outcomeColumns } from './outcome'
import { objectField } from './parameters'
import { resourceColumns } from './resource'

/** One record as one row. Every field may be missing, of the wrong type or hostile. */
export function mapRecord(record: JsonObject, wallClock: WallClock): AccessEventRow {
  const user = objectField(record, 'userIdentity')
  const time = timeColumns(record, wallClock)
  const flags: Flag[] = [...time.flags]
  const outcome = outcomeColumns(record)
  if (isDryRun(outcome.outcome_code)) flags.push('dry_run')
  const place = placeColumns(record)
  if (place.src_host !== undefined && !isMasked(place.src_host)) flags.push('service_initiated')
  const identity = identityColumns(user)
  if (identity.actor_type === 'root') flags.push('privileged')
  const agent = text(get(record, 'userAgent'))
  const call = classColumns(record)
  const credential = credentialColumns(record, user)
  const resource = resourceColumns(record)
  const { reason, reason_field, ticket_ids } = reasonColumns(record)
  const { request_id, correlation_ids } = idColumns(record)
  const { bytes_in, bytes_out } = byteColumns(record)
  // Each by its name: rows of one shape are read several times as fast as rows that are put together.
  return {
    source: 'cloudtrail',
    source_event_id: text(get(record, 'eventID')),
    ts: time.ts,
    ts_precision: time.ts_precision,
    ts_kind: time.ts_kind,
    class: call.class,
    activity: call.activity,
    action: call.action,
    service: call.service,
    permission: call.permission,
    read_only: call.read_only,
    outcome: outcome.outcome,
    outcome_code: outcome.outcome_code,
    outcome_reason: outcome.outcome_reason,
    policy: outcome.policy,
    policy_type: outcome.policy_type,
    policy_effect: outcome.policy_effect,
    actor_key: identity.actor_key,
    actor_id: identity.actor_id,
    actor_name: identity.actor_name,
    actor_email: identity.actor_email,
    actor_tenant: identity.actor_tenant,
    actor_type: identity.actor_type,
    effective_id: identity.effective_id,
    effective_name: identity.effective_name,
    chain: identity.chain,
    session_id: credential.session_id,
    credential_id: credential.credential_id,
    credential_type: credential.credential_type,
    mfa: credential.mfa,
    src_ip: place.src_ip,
    src_host: place.src_host,
    user_agent: agent,
    ua_family: uaFamily(agent),
    resource_key: resource.resource_key,
    resource_type: resource.resource_type,
    resource_name: resource.resource_name,
    resource_tenant: resource.resource_tenant,
    resource_region: resource.resource_region,
    resources: resource.resources,
    reason,
    reason_field,
    ticket_ids,
    request_id,
    correlation_ids,
    bytes_in,
    bytes_out,
    flags: flags.length === 0 ? undefined : flags,
  }
}

type TimeColumns = Pick<AccessEventRow, 'ts' | 'ts_precision' | 'ts_kind'> & { readonly flags: readonly Flag[] }

/**
 * `eventTime` is the second in which the call completed. Shippers may have replaced it by `@timestamp`, which has a
 * fraction but not its precision.
 */
function timeColumns(record: JsonObject, wallClock: WallClock): TimeColumns {
  const own = instantOf(get(record, 'eventTime'), wallClock)
  if (own !== undefined) return { ts: own.us, ts_precision: precisionOf(own), ts_kind: 'end', flags: clockFlags(own) }
  const shipped = instantOf(get(record, '@timestamp'), wallClock)
  if (shipped === undefined) return { flags: clockFlags(undefined) }
  return { ts: shipped.us, ts_precision: precisionOf(shipped), ts_kind: 'logged', flags: clockFlags(shipped) }
}

function instantOf(value: unknown, wallClock: WallClock): Instant | undefined {
  if (typeof value === 'string') return parseInstant(value.trim(), wallClock)
  // LookupEvents gives seconds since the epoch in some clients; beyond the year 5138 it must be milliseconds.
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0 || value > 1e14) return undefined
  const us = value > 1e11 ? BigInt(Math.trunc(value)) * 1000n : BigInt(Math.trunc(value)) * 1_000_000n
  return { us, precision: 's', zoned: true }
}

function precisionOf(instant: Instant): Instant['precision'] {
  return instant.us % 1_000_000n === 0n ? 's' : instant.precision
}

/** `sourceIPAddress` holds an address, or the name of the AWS service that called. */
function placeColumns(record: JsonObject): Pick<AccessEventRow, 'src_ip' | 'src_host'> {
  const value = text(get(record, 'sourceIPAddress'))
  if (value === undefined) return {}
  const ip = canonicalIp(value)
  return ip === undefined ? { src_host: value } : { src_ip: ip }
}

/** Digits and dots that are no address, as masked exports have them: no claim that a service called. */
function isMasked(host: string): boolean {
  return /^[\d.:]+$/.test(host)
}
