/** Kubernetes audit events, `audit.k8s.io/v1` (Kubernetes reference, API server auditing): two stages a request. */
import { isoMicros } from '../time.mjs'

/**
 * @typedef {object} Request
 * @property {number} timeUs arrival
 * @property {number} [durationUs]
 * @property {string} verb
 * @property {Record<string, unknown>} user
 * @property {string} from
 * @property {string} userAgent
 * @property {string} [path] of a request that is for no object
 * @property {string} [group]
 * @property {string} [resource]
 * @property {string} [subresource]
 * @property {string} [namespace]
 * @property {string} [name]
 * @property {string} [query]
 * @property {number} [code]
 * @property {string} [reason] of a failure, e.g. `NotFound`
 * @property {string} [message]
 * @property {'allow' | 'forbid'} [decision]
 * @property {string} [allowedBy] reason of the authorizer
 * @property {Record<string, unknown>} [body] sent object
 * @property {string} [auditId]
 */

/** @param {string} namespace @param {string} name @param {{ pod: string, node: string }} [held] @returns {Record<string, unknown>} */
export function serviceAccount(namespace, name, held) {
  return {
    username: `system:serviceaccount:${namespace}:${name}`,
    groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    ...(held === undefined
      ? {}
      : {
          extra: {
            'authentication.kubernetes.io/pod-name': [held.pod],
            'authentication.kubernetes.io/node-name': [held.node],
          },
        }),
  }
}

/** @param {string} node @returns {Record<string, unknown>} */
export const kubelet = (node) => ({
  username: `system:node:${node}`,
  groups: ['system:nodes', 'system:authenticated'],
})

/**
 * A cloud identity that the cluster's authenticator mapped to a user.
 *
 * @param {string} username
 * @param {readonly string[]} groups
 * @param {{ arn: string, canonicalArn: string, session: string, key: string }} cloud
 * @returns {Record<string, unknown>}
 */
export const mappedUser = (username, groups, { arn, canonicalArn, session, key }) => ({
  username,
  groups: [...groups, 'system:authenticated'],
  extra: { accessKeyId: [key], arn: [arn], canonicalArn: [canonicalArn], sessionName: [session] },
})

/** @param {'ClusterRoleBinding' | 'RoleBinding'} kind @param {string} binding @param {string} role @param {string} subject */
export const allowedBy = (kind, binding, role, subject) =>
  `RBAC: allowed by ${kind} "${binding}" of ClusterRole "${role}" to ${subject}`

/**
 * @param {import('../scene.mjs').Scene} scene
 * @param {import('../random.mjs').Random} random
 * @param {Request} request
 * @returns {string} the audit id, which the server also answers as a header
 */
export function recordRequest(scene, random, request) {
  const auditId = request.auditId ?? random.uuid()
  const durationUs = request.durationUs ?? random.around(request.verb === 'list' ? 9_000 : 4_200)
  const { timeUs, decision = 'allow', code = 200 } = request
  const shared = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: request.body === undefined ? 'Metadata' : 'Request',
    auditID: auditId,
  }
  const about = {
    requestURI: `${pathOf(request)}${request.query === undefined ? '' : `?${request.query}`}`,
    verb: request.verb,
    user: request.user,
    sourceIPs: [request.from],
    userAgent: request.userAgent,
    ...(request.resource === undefined ? {} : { objectRef: objectRef(request) }),
  }
  const received = { requestReceivedTimestamp: isoMicros(timeUs) }
  scene.kubernetes.push({
    timeUs,
    record: { ...shared, stage: 'RequestReceived', ...about, ...received, stageTimestamp: isoMicros(timeUs) },
  })
  scene.kubernetes.push({
    timeUs: timeUs + durationUs,
    record: {
      ...shared,
      stage: 'ResponseComplete',
      ...about,
      responseStatus: {
        metadata: {},
        ...(code < 400
          ? {}
          : { status: 'Failure', message: request.message ?? request.reason, reason: request.reason }),
        code,
      },
      ...(request.body === undefined ? {} : { requestObject: request.body }),
      ...received,
      stageTimestamp: isoMicros(timeUs + durationUs),
      annotations: {
        'authorization.k8s.io/decision': decision,
        'authorization.k8s.io/reason': request.allowedBy ?? '',
      },
    },
  })
  return auditId
}

/** The server's sentence where no rule allows. @param {string} username @param {Pick<Request, 'verb' | 'group' | 'resource' | 'subresource' | 'namespace' | 'name'>} of */
export function forbidden(username, { verb, group = '', resource = '', subresource, namespace, name }) {
  const kind = subresource === undefined ? resource : `${resource}/${subresource}`
  const named = name === undefined ? '' : ` "${name}"`
  const place = namespace === undefined ? 'at the cluster scope' : `in the namespace "${namespace}"`
  return `${resource}${group === '' ? '' : `.${group}`}${named} is forbidden: User "${username}" cannot ${verb} resource "${kind}" in API group "${group}" ${place}`
}

/** @param {Request} request */
export function pathOf({ path, group, resource, subresource, namespace, name }) {
  if (path !== undefined) return path
  const root = group === undefined ? '/api/v1' : `/apis/${group}/${versionOf(group)}`
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`
  return `${root}${place}/${resource}${name === undefined ? '' : `/${name}`}${subresource === undefined ? '' : `/${subresource}`}`
}

/** @param {Request} request */
function objectRef({ group, resource, subresource, namespace, name }) {
  return {
    resource,
    ...(namespace === undefined ? {} : { namespace }),
    ...(name === undefined ? {} : { name }),
    ...(group === undefined ? {} : { apiGroup: group }),
    apiVersion: group === undefined ? 'v1' : versionOf(group),
    ...(subresource === undefined ? {} : { subresource }),
  }
}

/** @param {string} group */
const versionOf = (group) => (group === 'autoscaling' ? 'v2' : 'v1')

/**
 * JSON lines in the order in which the server wrote them.
 *
 * @param {readonly import('../scene.mjs').AuditStage[]} stages
 */
export function auditLog(stages) {
  return [...stages]
    .sort((a, b) => a.timeUs - b.timeUs)
    .map(({ record }) => `${JSON.stringify(record)}\n`)
    .join('')
}
