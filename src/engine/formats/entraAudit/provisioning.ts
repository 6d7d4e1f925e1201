import type { JsonObject } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow, Activity, ActorType, Flag } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText } from '../azure/fields'
import { idList, realId, tenantOf } from '../azure/ids'
import type { Mapped } from '../azure/mapRecord'
import { millisecondsToUs, whenColumns } from '../azure/when'
import { readOnlyOfActivity } from '../shared/activity'
import { actorKey, mailOf } from '../shared/actorKey'
import { textFolded } from '../shared/folded'

const activities: ReadonlyMap<string, Activity> = new Map([
  ['create', 'create'],
  ['update', 'update'],
  ['delete', 'delete'],
  ['stageddelete', 'delete'],
  ['disable', 'update'],
])

/** What a skipped change would have been is not known; a warning says that it went through in part. */
const outcomes: ReadonlyMap<string, Outcome> = new Map([
  ['success', 'success'],
  ['failure', 'failed'],
  ['failed', 'failed'],
])

/** One provisioning of an identity into another system. */
export function mapProvisioning(fields: Fields, wallClock: WallClock): Mapped {
  const id = realId(fieldText(fields, 'id'))
  const time = whenColumns(fields, ['activitydatetime'], 'end', wallClock)
  const activity = activities.get(fieldText(fields, 'provisioningaction', 'action')?.toLowerCase() ?? '') ?? 'other'
  const service = fieldObject(fields, 'serviceprincipal')
  const source = fieldObject(fields, 'sourceidentity')
  const correlation = realId(fieldText(fields, 'correlationid', 'changeid'))
  const flags: Flag[] = time.ts === undefined ? ['clock_suspect'] : []
  const row: AccessEventRow = {
    source: 'entra_audit',
    source_event_id: id,
    ...time,
    class: 'iam',
    activity,
    action: topText(fields, 'operationname') ?? 'Provisioning activity',
    service:
      member(service, 'displayName', 'name') ?? member(fieldObject(fields, 'targetsystem'), 'displayName', 'name'),
    read_only: readOnlyOfActivity(activity),
    ...outcomeOf(fields),
    ...initiatorOf(fieldObject(fields, 'initiatedby')),
    actor_tenant: tenantOf(fields),
    ...identityResource(source, fieldObject(fields, 'targetidentity')),
    resource_tenant: tenantOf(fields),
    request_id: correlation,
    ...idList([
      ['azure_correlation', correlation],
      ['entra_provisioning_job', fieldText(fields, 'jobid')],
      ['entra_provisioning_cycle', fieldText(fields, 'cycleid')],
    ]),
    duration_us: millisecondsToUs(fieldText(fields, 'durationinmilliseconds', 'durationms')),
    flags: flags.length === 0 ? undefined : flags,
  }
  return { row, sameAs: id === undefined || time.ts === undefined ? undefined : `${id}/${time.ts / 1_000_000n}` }
}

function member(value: JsonObject | undefined, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = textFolded(value, name)
    if (found !== undefined) return found
  }
  return undefined
}

function outcomeOf(fields: Fields): Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason'> {
  const info = fieldObject(fields, 'provisioningstatusinfo')
  const word = textFolded(info, 'status') ?? topText(fields, 'resulttype')
  const outcome = outcomes.get(word?.toLowerCase() ?? '') ?? 'unknown'
  const code = textFolded(info, 'errorInformation', 'errorCode')
  const reason = textFolded(info, 'errorInformation', 'reason') ?? topText(fields, 'resultdescription')
  return { outcome, outcome_code: code ?? word, outcome_reason: outcome === 'success' ? undefined : reason }
}

function initiatorOf(
  by: JsonObject | undefined,
): Pick<AccessEventRow, 'actor_key' | 'actor_id' | 'actor_name' | 'actor_email' | 'actor_type'> {
  const id = realId(textFolded(by, 'id'))
  const name = member(by, 'displayName', 'name')
  const email = mailOf(name)
  const kind = (member(by, 'initiatorType', 'type') ?? '').toLowerCase()
  const type: ActorType =
    kind === 'user'
      ? 'user'
      : kind === 'application' || kind === 'app'
        ? 'app'
        : kind === 'system'
          ? 'system'
          : 'unknown'
  return {
    actor_key: actorKey({ mail: [email], namespace: 'entra', id: id ?? name, source: 'entra_audit' }),
    actor_id: id ?? name,
    actor_name: name,
    actor_email: email,
    actor_type: type,
  }
}

/** The identity that was provisioned, as the directory knows it; its twin in the other system beside it. */
function identityResource(
  source: JsonObject | undefined,
  target: JsonObject | undefined,
): Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resources'> {
  const found = [source, target].flatMap((identity) => {
    const id = realId(textFolded(identity, 'id'))
    if (id === undefined) return []
    // `urn:ietf:params:scim:schemas:core:2.0:User` names the same kind as `User`.
    const type = (textFolded(identity, 'identityType')?.split(':').at(-1) ?? 'object').toLowerCase()
    const name = textFolded(identity, 'details', 'UserPrincipalName') ?? member(identity, 'displayName', 'name') ?? id
    return [{ key: `entra:${type}/${id.toLowerCase()}`, type, name }]
  })
  const main = found[0]
  if (main === undefined) return {}
  return {
    resource_key: main.key,
    resource_type: main.type,
    resource_name: main.name,
    resources: found.map(({ key, type }) => ({ key, type })),
  }
}
