import { get, type JsonObject, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow, ActorType } from '../../db/rows'
import { readOnlyOfActivity } from '../shared/activity'
import { actorKey, mailOf } from '../shared/actorKey'
import { instantOf } from '../shared/epoch'
import { agentColumns, idPairs, placeOf, statedReason, timeColumns, truth } from '../shared/rowParts'
import { activityOf, classOf } from './classify'
import { judge } from './outcome'
import { field, targetColumns } from './target'

/** One entry as one row. Every field may be missing, of the wrong type or hostile. */
export function mapEntry(entry: JsonObject, wallClock: WallClock): AccessEventRow {
  const action = text(get(entry, 'action')) ?? ''
  const method = text(get(entry, 'request_method')) ?? text(get(entry, 'method'))
  const activity = activityOf(action, text(get(entry, 'operation_type')), method)
  const { columns, flags } = judge(entry, action)
  const { flags: clock, ...time } = timeColumns(
    instantOf(get(entry, '@timestamp'), wallClock) ??
      instantOf(get(entry, 'created_at'), wallClock) ??
      instantOf(get(entry, 'at_sign_timestamp'), wallClock),
    'logged',
  )
  const all = [...(clock ?? []), ...flags]
  return {
    source: 'github',
    source_event_id: text(get(entry, '_document_id')),
    ...time,
    class: classOf(action),
    activity,
    action,
    read_only: readOnlyOfActivity(activity),
    ...columns,
    ...identityColumns(entry, action),
    ...credentialColumns(entry),
    ...placeOf(text(get(entry, 'actor_ip'))),
    src_country: textAt(entry, 'actor_location', 'country_code'),
    ...agentColumns(text(get(entry, 'user_agent'))),
    ...targetColumns(entry, action),
    ...reasonColumns(entry),
    request_id: text(get(entry, 'request_id')),
    correlation_ids: correlationIds(entry),
    http_method: method,
    http_path: pathOf(text(get(entry, 'url_path')) ?? text(get(entry, 'route')) ?? text(get(entry, 'url'))),
    flags: all.length === 0 ? undefined : all,
  }
}

/** A sign-in that failed has no actor: the account that was tried stands in `user`. */
function identityColumns(entry: JsonObject, action: string): Partial<AccessEventRow> {
  const tried = action === 'user.failed_login' ? text(get(entry, 'user')) : undefined
  const login = text(get(entry, 'actor')) ?? tried
  const email = [text(get(entry, 'external_identity_nameid')), text(get(entry, 'external_identity_username')), login]
    .map(mailOf)
    .find((mail) => mail !== undefined)
  return {
    actor_key: actorKey({ mail: [email], namespace: 'gh', id: login, source: 'github' }),
    actor_id: text(get(entry, 'actor_id')) ?? login,
    actor_name: login,
    actor_email: email,
    actor_tenant: field(entry, 'org', 'business'),
    actor_type: actorType(entry, login),
  }
}

function actorType(entry: JsonObject, login: string | undefined): ActorType {
  if (truth(get(entry, 'actor_is_bot')) === true || login?.endsWith('[bot]') === true) return 'bot'
  return login === undefined ? 'unknown' : 'user'
}

function credentialColumns(entry: JsonObject): Pick<AccessEventRow, 'credential_id' | 'credential_type'> {
  return {
    credential_id: text(get(entry, 'hashed_token')) ?? text(get(entry, 'token_id')),
    credential_type:
      text(get(entry, 'programmatic_access_type')) ?? sshOnly(text(get(entry, 'transport_protocol_name'))),
  }
}

/** Over SSH it is a key; over HTTP it may be a password or any token. */
function sshOnly(protocol: string | undefined): string | undefined {
  return protocol === 'ssh' ? 'ssh_key' : undefined
}

function reasonColumns(entry: JsonObject): Partial<AccessEventRow> {
  return statedReason([
    ['message', text(get(entry, 'message'))],
    ['explanation', text(get(entry, 'explanation'))],
    ['reason', text(get(entry, 'reason'))],
    ['data.reason', textAt(entry, 'data', 'reason')],
    ['comment', text(get(entry, 'comment'))],
  ])
}

function correlationIds(entry: JsonObject): AccessEventRow['correlation_ids'] {
  return idPairs([
    ['github_token', text(get(entry, 'token_id'))],
    ['github_oauth_application', text(get(entry, 'oauth_application_id'))],
    ['github_workflow_run', field(entry, 'workflow_run_id')],
    ['github_head_sha', field(entry, 'head_sha')],
    ['github_session', text(get(entry, 'actor_session'))],
  ])
}

/** The path without scheme, host and query; credentials may stand in a query. */
function pathOf(value: string | undefined): string | undefined {
  const path = value?.replace(/^https?:\/\/[^/?#]*/, '').split(/[?#]/, 1)[0]
  return path === '' ? undefined : path
}
