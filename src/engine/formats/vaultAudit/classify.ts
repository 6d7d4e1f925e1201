import type { JsonObject } from '../../../common/json'
import { get, text, textAt } from '../../../common/json'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'
import { readOnlyOfActivity } from '../shared/activity'
import { pathOf } from './entry'

type ClassColumns = Pick<AccessEventRow, 'class' | 'activity' | 'action' | 'service' | 'permission' | 'read_only'>

const operations: ReadonlyMap<string, Activity> = new Map<string, Activity>([
  ['create', 'create'],
  ['read', 'read'],
  ['update', 'update'],
  ['patch', 'update'],
  ['delete', 'delete'],
  ['list', 'list'],
  ['help', 'read'],
  ['header', 'read'],
  ['renew', 'update'],
  ['revoke', 'revoke'],
  ['alias-lookahead', 'login'],
  ['resolve-role', 'login'],
])

/** Paths that say more than the operation on them, first match wins; `write` is any operation that changes. */
const rules: readonly {
  readonly path: RegExp
  readonly class: EventClass
  readonly activity?: Activity
  readonly write?: true
}[] = [
  {
    path: /^auth\/.{1,200}\/(?:login|callback|oidc\/callback|oidc\/auth_url)(?:\/|$)/,
    class: 'authn',
    activity: 'login',
  },
  { path: /^auth\/token\/create(?:-orphan)?(?:\/|$)/, class: 'session', activity: 'assume' },
  { path: /^auth\/token\/revoke/, class: 'session', activity: 'revoke' },
  { path: /^auth\/token\//, class: 'session' },
  { path: /^sys\/wrapping\//, class: 'session' },
  { path: /^sys\/leases\/revoke/, class: 'session', activity: 'revoke' },
  { path: /^sys\/leases\//, class: 'session' },
  { path: /^sys\/(?:policy|policies)(?:\/|$)/, class: 'policy' },
  { path: /^(?:identity|auth)\//, class: 'iam' },
  { path: /^sys\/capabilities/, class: 'api', activity: 'read' },
  { path: /^sys\//, class: 'config', write: true },
  { path: /^sys\//, class: 'api' },
  { path: /\/(?:creds|static-creds|sts)\/[^/]/, class: 'session', activity: 'assume' },
  { path: /\/(?:issue|sign|sign-verbatim)\/[^/]/, class: 'session', activity: 'create' },
  { path: /\/(?:encrypt|decrypt|rewrap|sign|verify|hmac|datakey|random)(?:\/|$)/, class: 'data', activity: 'execute' },
]

const writing = new Set(['create', 'update', 'patch', 'delete', 'revoke', 'renew'])

/** What was done, on what kind of engine, by which capability on which path. */
export function classColumns(entry: JsonObject): ClassColumns {
  const action = textAt(entry, 'request', 'operation')
  const path = pathOf(entry)?.slice(0, 2_000)
  const rule = rules.find(
    (item) => item.path.test(path ?? '') && (item.write === undefined || writing.has(action ?? '')),
  )
  // A help page of a path is no use of it.
  const special = action === 'help' || action === 'list' ? undefined : rule?.activity
  const activity = special ?? operations.get(action ?? '') ?? 'other'
  return {
    class: rule?.class ?? 'data',
    activity,
    action,
    service: textAt(entry, 'request', 'mount_type') ?? textAt(entry, 'response', 'mount_type'),
    permission: path === undefined || action === undefined ? undefined : `${path}:${action}`,
    read_only: readOnlyOfActivity(activity),
  }
}

/** True for a request that proves an identity. */
export function isLogin(entry: JsonObject): boolean {
  return classColumns(entry).class === 'authn'
}

/** Engines whose data are the user's own, so that a field there says nothing about the outcome. */
export function holdsOwnData(entry: JsonObject): boolean {
  return /^(?:kv|generic|cubbyhole)$/.test(text(get(get(entry, 'request'), 'mount_type')) ?? '')
}
