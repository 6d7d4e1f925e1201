import { type JsonObject, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { commandKind, commandOf } from '../pgaudit/command'
import { readOnlyOfActivity } from '../shared/activity'
import { actorKey, mailOf } from '../shared/actorKey'
import { instantOf } from '../shared/epoch'
import { durationUs, onlyClockFlags } from '../shared/eventTime'
import { idPairs } from '../shared/rowParts'
import { sqlColumns } from '../shared/sqlStatement'
import { reasonColumns, type Stated, statedIn } from '../shared/statedReason'
import { outcomeColumns } from './outcome'
import { connectionOf, entriesOf, isDatabase, scriptOf, speaksSql } from './sessionRecord'
import { statementsIn } from './stream'

/** One session as one row. Every field may be missing, of the wrong type or hostile. */
export function mapSession(session: JsonObject, wallClock: WallClock): AccessEventRow {
  const start = instantOf(textAt(session, 'start_date'), wallClock)
  const end = instantOf(textAt(session, 'end_date'), wallClock)
  const statement = scriptOf(session) ?? (isDatabase(session) ? statementsIn(session) : undefined)
  const stated = reasonColumns(reasons(session))
  const none = stated.reason === undefined && stated.ticket_ids === undefined
  return {
    source: 'hoop',
    source_event_id: textAt(session, 'id'),
    ts: start?.us,
    ts_end: end?.us,
    ts_precision: start?.precision,
    ts_kind: start === undefined ? undefined : 'start',
    duration_us: durationUs(start, end),
    ...classColumns(session, statement),
    ...outcomeColumns(session),
    ...actorColumns(session),
    session_id: textAt(session, 'id'),
    ...resourceColumns(session),
    ...(statement === undefined ? {} : speaksSql(session) ? sqlColumns(statement) : { db_statement: statement }),
    ...(none ? {} : stated),
    correlation_ids: idPairs([
      ['hoop_review', textAt(session, 'review', 'id')],
      ['hoop_batch', textAt(session, 'session_batch_id')],
      ['hoop_correlation', textAt(session, 'correlation_id')],
    ]),
    flags: onlyClockFlags(start),
  }
}

function classColumns(
  session: JsonObject,
  statement: string | undefined,
): Pick<AccessEventRow, 'class' | 'activity' | 'action' | 'service' | 'read_only'> {
  const action = textAt(session, 'verb')
  const service = textAt(session, 'connection_subtype') ?? textAt(session, 'type')
  if (action === 'connect') return { class: 'session', activity: 'connect', action, service }
  if (!isDatabase(session)) return { class: 'session', activity: 'execute', action, service, read_only: false }
  const command = statement !== undefined && speaksSql(session) ? commandOf(statement) : undefined
  const kind = command === undefined ? undefined : commandKind(command)
  const activity = kind === undefined || kind.activity === 'other' ? 'execute' : kind.activity
  return {
    class: kind?.class ?? 'query',
    activity,
    action,
    service,
    // A script may hold more than the command that it begins with.
    read_only:
      kind?.readOnly === true && isSeveral(statement) ? undefined : (kind?.readOnly ?? readOnlyOfActivity(activity)),
  }
}

function isSeveral(statement: string | undefined): boolean {
  return /;\s*\S/.test(statement ?? '')
}

function actorColumns(
  session: JsonObject,
): Pick<AccessEventRow, 'actor_key' | 'actor_id' | 'actor_name' | 'actor_email' | 'actor_tenant' | 'actor_type'> {
  const mail = mailOf(textAt(session, 'user_email')) ?? mailOf(textAt(session, 'user'))
  const machine = textAt(session, 'machine_identity_id')
  const id = textAt(session, 'user_id') ?? textAt(session, 'user') ?? machine
  const isMachine = machine !== undefined || textAt(session, 'identity_type') === 'machine'
  return {
    actor_key: actorKey({ mail: [mail], namespace: 'hoop', id, source: 'hoop' }),
    actor_id: id,
    actor_name: textAt(session, 'user_name') ?? mail ?? textAt(session, 'user'),
    actor_email: mail,
    actor_tenant: textAt(session, 'org_id'),
    actor_type: isMachine ? 'service_account' : id === undefined && mail === undefined ? 'unknown' : 'user',
  }
}

function resourceColumns(
  session: JsonObject,
): Pick<AccessEventRow, 'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resources'> {
  const name = connectionOf(session)
  const type = textAt(session, 'type') ?? 'connection'
  const whole = textAt(session, 'resource_name')
  const resources = [
    ...(name === undefined ? [] : [{ key: `hoop:connection/${name}`, type }]),
    ...(whole === undefined ? [] : [{ key: `hoop:resource/${whole}`, type: 'resource' }]),
  ]
  return {
    resource_key: resources[0]?.key,
    resource_type: resources[0]?.type,
    resource_name: name,
    resource_tenant: textAt(session, 'org_id'),
    resources: resources.length === 0 ? undefined : resources,
  }
}

/** Metadata and labels whose keys say so, and the issues of a tracker that the session was tied to. */
function reasons(session: JsonObject): readonly Stated[] {
  const issues = entriesOf(session, 'integrations_metadata')
    .filter(([key]) => /jira|issue|ticket/i.test(key.slice(0, 200)))
    .map(([key, value]): Stated => {
      const isKey = /(?:key|id)$/i.test(key)
      return { field: `integrations_metadata.${key}`, value, kind: isKey ? 'ticket' : 'mention' }
    })
  return [
    ...statedIn('metadata', entriesOf(session, 'metadata')),
    ...statedIn('labels', entriesOf(session, 'labels')),
    ...issues,
  ]
}
