import type { JsonObject } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { targetColumns } from '../k8sAudit/object'
import { textFolded } from '../shared/folded'
import { labelOf, lastWord, methodOf } from './entry'

export function isKubernetes(payload: JsonObject): boolean {
  const service = textFolded(payload, 'serviceName')
  return service === 'k8s.io' || (service === undefined && methodOf(payload)?.startsWith('io.k8s.') === true)
}

/** Name of the cluster whose API server wrote the entry. */
export function clusterOf(entry: JsonObject): string | undefined {
  return labelOf(entry, 'cluster_name')
}

/** Columns of the target as an audit log of Kubernetes fills them, so that rows of both agree. */
export function kubernetesColumns(
  entry: JsonObject,
  payload: JsonObject,
): ReturnType<typeof targetColumns> & Pick<AccessEventRow, 'http_path'> {
  const method = methodOf(payload)
  const name = textFolded(payload, 'resourceName')
  const verb = lastWord(method)
  const object = name === undefined || isPath(method) ? undefined : objectOf(name, subresourceOf(method))
  const request = object === undefined ? { requestURI: `/${name ?? ''}` } : { objectRef: object }
  const columns = targetColumns({ ...(verb === undefined ? {} : { verb }), ...request }, clusterOf(entry))
  return {
    ...columns,
    action: method,
    service: 'k8s.io',
    ...(object === undefined ? { http_path: `/${name ?? ''}` } : {}),
  }
}

/** `io.k8s.get` is a request to a path; methods on objects have group, version and resource before the verb. */
function isPath(method: string | undefined): boolean {
  return method !== undefined && /^io\.k8s\.[a-z]{1,40}$/.test(method)
}

/** `exec` of `io.k8s.core.v1.pods.exec.create`. */
function subresourceOf(method: string | undefined): string | undefined {
  return /\.v\d{1,2}(?:(?:alpha|beta)\d{1,2})?\.[a-z0-9-]{1,100}\.([a-z]{1,60})\.[a-z]{1,40}$/.exec(method ?? '')?.[1]
}

/** `apps/v1/namespaces/shop/deployments/web/scale`: group, version, where it is, what it is. */
function objectOf(name: string, subresource: string | undefined): JsonObject | undefined {
  const [apiGroup, , ...path] = name.slice(0, 2_000).split('/')
  if (apiGroup === undefined || path.length === 0) return undefined
  const inside = path[0] === 'namespaces' && path.length > 2
  const namespace = inside ? path[1] : undefined
  const [resource, own, below] = inside ? path.slice(2) : path
  if (resource === undefined || resource === '') return undefined
  const part = below ?? subresource
  return {
    apiGroup,
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(own === undefined || own === '' ? {} : { name: own }),
    ...(part === undefined ? {} : { subresource: part }),
  }
}
