/** Kubernetes audit events, `audit.k8s.io/v1`; the audit policy leaves the first stage out. */
import { isoZulu } from '../base/time.mjs'

/**
 * @typedef {object} Request
 * @property {string} verb
 * @property {Record<string, unknown>} user
 * @property {string} from
 * @property {string} userAgent
 * @property {string} [group]
 * @property {string} resource
 * @property {string} [subresource]
 * @property {string} [namespace]
 * @property {string} [name]
 * @property {number} code
 * @property {{ reason: string, message: string }} [failure]
 * @property {'allow' | 'forbid'} decision
 * @property {string} [allowedBy]
 * @property {Record<string, unknown>} [body]
 * @property {string} auditId
 * @property {number} durationUs
 */

/** @param {string} namespace @param {string} name @param {{ name: string, node: string }} [pod] @returns {Record<string, unknown>} */
export function serviceAccount(namespace, name, pod) {
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    ...(pod === undefined
      ? {}
      : {
          extra: {
            'authentication.kubernetes.io/pod-name': [pod.name],
            'authentication.kubernetes.io/node-name': [pod.node],
          },
        }),
  }
}

/** @param {string} username @param {Pick<Request, 'verb' | 'group' | 'resource' | 'subresource' | 'namespace' | 'name'>} of */
export function forbidden(username, { verb, group = '', resource, subresource, namespace, name }) {
  const kind = subresource === undefined ? resource : `${resource}/${subresource}`
  const named = name === undefined ? '' : ` "${name}"`
  const place = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  return `${resource}${group === '' ? '' : `.${group}`}${named} is forbidden: User "${username}" cannot ${verb} resource "${kind}" in API group "${group}" ${place}`
}

/** @param {Pick<Request, 'group' | 'resource' | 'subresource' | 'namespace' | 'name'>} of */
export function pathOf({ group, resource, subresource, namespace, name }) {
  const root = group === undefined ? '/api/v1' : `/apis/${group}/v1`
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`
  return `${root}${place}/${resource}${name === undefined ? '' : `/${name}`}${subresource === undefined ? '' : `/${subresource}`}`
}

/** @param {Request} request @param {import('../base/clock.mjs').Clock} clock @returns {(shownUs: number) => string} */
export function auditEvent(request, clock) {
  const { group, resource, subresource, namespace, name, code, failure } = request
  return (shownUs) =>
    JSON.stringify({
      kind: 'Event',
      apiVersion: 'audit.k8s.io/v1',
      level: request.body === undefined ? 'Metadata' : 'Request',
      auditID: request.auditId,
      stage: 'ResponseComplete',
      requestURI: pathOf(request),
      verb: request.verb,
      user: request.user,
      sourceIPs: [request.from],
      userAgent: request.userAgent,
      objectRef: {
        resource,
        ...(namespace === undefined ? {} : { namespace }),
        ...(name === undefined ? {} : { name }),
        ...(group === undefined ? {} : { apiGroup: group }),
        apiVersion: 'v1',
        ...(subresource === undefined ? {} : { subresource }),
      },
      responseStatus: {
        metadata: {},
        ...(failure === undefined ? {} : { status: 'Failure', message: failure.message, reason: failure.reason }),
        code,
      },
      ...(request.body === undefined ? {} : { requestObject: request.body }),
      requestReceivedTimestamp: isoZulu(shownUs, clock.precision),
      stageTimestamp: isoZulu(clock.cut(shownUs + request.durationUs), clock.precision),
      annotations: {
        'authorization.k8s.io/decision': request.decision,
        'authorization.k8s.io/reason': request.decision === 'forbid' ? '' : (request.allowedBy ?? ''),
      },
    })
}
