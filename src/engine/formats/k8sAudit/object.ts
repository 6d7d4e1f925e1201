import { at, get, type JsonObject, text, textAt } from '../../../common/json'
import type { AccessEventRow, Activity, EventClass } from '../../db/rows'

/** The target of a request as the API server understood it; `group` is `core` for the group without a name. */
export interface Target {
  readonly group: string
  readonly resource: string
  readonly subresource: string | undefined
  readonly namespace: string | undefined
  readonly name: string | undefined
}

/**
 * `objectRef`, or undefined for a request to a path. Old servers put the group into `apiVersion`. A create has its
 * name in the object, and a generated name only in the answer.
 */
export function targetOf(event: JsonObject): Target | undefined {
  const ref = get(event, 'objectRef')
  const resource = textAt(ref, 'resource')
  if (resource === undefined) return undefined
  const version = textAt(ref, 'apiVersion')
  const slash = version?.lastIndexOf('/') ?? -1
  const group = textAt(ref, 'apiGroup') ?? (slash > 0 ? version?.slice(0, slash) : undefined) ?? 'core'
  const subresource = textAt(ref, 'subresource')
  const created =
    text(get(event, 'verb')) === 'create' && subresource === undefined
      ? (textAt(event, 'responseObject', 'metadata', 'name') ?? textAt(event, 'requestObject', 'metadata', 'name'))
      : undefined
  return { group, resource, subresource, namespace: textAt(ref, 'namespace'), name: textAt(ref, 'name') ?? created }
}

export type TargetColumns = Pick<
  AccessEventRow,
  | 'action'
  | 'service'
  | 'permission'
  | 'activity'
  | 'class'
  | 'read_only'
  | 'resource_key'
  | 'resource_type'
  | 'resource_name'
  | 'resource_ns'
  | 'resource_tenant'
  | 'resources'
>

/** What was asked of which object. `cluster` is undefined where nothing in the export names it. */
export function targetColumns(event: JsonObject, cluster: string | undefined): TargetColumns {
  const verb = text(get(event, 'verb'))
  const target = targetOf(event)
  const path = pathOf(event)
  const activity = activityOf(verb, target)
  const shared = {
    action: verb,
    service: target === undefined ? 'kube-apiserver' : target.group,
    activity,
    class: classOf(activity, target),
    read_only: activity === 'other' ? undefined : activity === 'read' || activity === 'list',
    resource_tenant: cluster,
  }
  if (target === undefined) {
    if (path === undefined) return shared
    const key = `k8s:${cluster ?? '-'}/nonresource:${path}`
    return {
      permission: `nonresource:${path}:${verb ?? '*'}`,
      ...shared,
      resource_key: key,
      resource_type: 'nonresource',
      resource_name: path,
      resources: [{ key, type: 'nonresource' }],
    }
  }
  const type = target.subresource === undefined ? target.resource : `${target.resource}/${target.subresource}`
  const name = target.name ?? '*'
  const tail = target.subresource === undefined ? '' : `/${target.subresource}`
  const key = `k8s:${cluster ?? '-'}/${target.group}/${target.resource}/${target.namespace ?? '-'}/${name}${tail}`
  // A literal that begins with a spread and goes on costs a hundred times as much in V8; this runs for every event.
  return {
    permission: `${target.group}/${type}:${verb ?? '*'}`,
    ...shared,
    resource_key: key,
    resource_type: type,
    resource_name: target.name,
    resource_ns: target.namespace,
    resources: [{ key, type }],
  }
}

/** Path of the request without its query. */
export function pathOf(event: JsonObject): string | undefined {
  const uri = text(get(event, 'requestURI'))
  const path = uri?.split('?', 1)[0]
  return path === '' ? undefined : path
}

const executing = new Set(['exec', 'attach', 'portforward', 'proxy'])
const bindings = new Set(['rolebindings', 'clusterrolebindings'])

function activityOf(verb: string | undefined, target: Target | undefined): Activity {
  if (target?.subresource !== undefined && executing.has(target.subresource)) return 'execute'
  if (target !== undefined && bindings.has(target.resource)) {
    if (verb === 'create' || verb === 'update' || verb === 'patch') return 'grant'
    if (verb === 'delete' || verb === 'deletecollection') return 'revoke'
  }
  if (target?.resource === 'serviceaccounts' && target.subresource === 'token' && verb === 'create') return 'assume'
  switch (verb) {
    case 'get':
    case 'watch':
    case 'head':
    case 'options':
      return 'read'
    case 'list':
    case 'watchlist':
      return 'list'
    case 'create':
    case 'post':
      return 'create'
    case 'update':
    case 'patch':
    case 'put':
      return 'update'
    case 'delete':
    case 'deletecollection':
      return 'delete'
    case 'connect':
      return 'execute'
    default:
      return 'other'
  }
}

const policyGroups = new Set([
  'admissionregistration.k8s.io',
  'policy',
  'kyverno.io',
  'constraints.gatekeeper.sh',
  'templates.gatekeeper.sh',
])

function classOf(activity: Activity, target: Target | undefined): EventClass {
  if (target === undefined) return 'api'
  if (target.group === 'rbac.authorization.k8s.io') return 'iam'
  if (policyGroups.has(target.group) && target.subresource !== 'eviction') return 'policy'
  if (target.resource.endsWith('policies')) return 'policy'
  if (target.resource === 'serviceaccounts' && target.subresource === 'token') return 'session'
  const holdsData = target.resource === 'secrets' || target.resource === 'configmaps'
  return holdsData && (activity === 'read' || activity === 'list') ? 'data' : 'api'
}

/** `kubernetes.io/change-cause` and the like, of the object that was sent. */
export function annotationsOf(event: JsonObject): readonly (readonly [string, string])[] {
  const annotations = at(event, 'requestObject', 'metadata', 'annotations')
  if (typeof annotations !== 'object' || annotations === null || Array.isArray(annotations)) return []
  return Object.entries(annotations).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value] as const] : [],
  )
}
