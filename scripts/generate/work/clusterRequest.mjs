/** Requests of services to the cluster's API: a span of the client, one of the API server, one audit event. */
import { present } from '../base/random.mjs'
import { clusterRequests, workloads } from '../catalogue/clusterRequests.mjs'
import { refusalOf } from '../incidents/refusals.mjs'
import { auditEvent, forbidden, pathOf, serviceAccount } from '../sources/kubernetes.mjs'
import { cluster } from '../world.mjs'

/** @typedef {import('./request.mjs').Serving} Serving */

/** @param {Serving} serving @param {string} name of the request @param {number} fromUs @returns {{ toUs: number, error?: string }} */
export function requestCluster(serving, name, fromUs) {
  const { sim, random } = serving
  const retried = random.chance(sim.options.axes.retries)
  const first = attempt(serving, name, fromUs, retried)
  return retried && first.error === 'Conflict'
    ? attempt(serving, name, first.toUs + random.around(30_000), false)
    : first
}

/** @param {Serving} serving @param {string} name @param {number} fromUs @param {boolean} conflicts @returns {{ toUs: number, error?: string }} */
function attempt(serving, name, fromUs, conflicts) {
  const { sim, trace, random, pod, service, objectId, span: above } = serving
  const { named, ...request } = present(clusterRequests[name])
  const workload = present(workloads[objectId % workloads.length])
  const subject =
    request.resource === 'pods' ? `${workload}-${(objectId * 7919).toString(16).slice(0, 9)}-${objectId % 3}` : workload
  const target = { ...request, ...(named === true ? { name: subject } : {}) }
  const fate = sim.ids.fate()
  const method = { list: 'GET', get: 'GET', patch: 'PATCH', update: 'PUT', create: 'POST' }[request.verb] ?? 'GET'
  const path = pathOf(target)
  const client = trace.open({
    name: `HTTP ${method}`,
    kind: 3,
    scope: 'go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp',
    resource: sim.resources.pod(pod),
    fromUs,
    above,
    attributes: {
      'http.request.method': method,
      'url.full': `https://${cluster.address}${path}`,
      'server.address': cluster.address,
      'server.port': 443,
    },
  })
  const apiPod = present(sim.world.services.get('kube-apiserver')?.pods[0])
  const receivedUs = fromUs + random.int(200, 900)
  const server = trace.open({
    name: method,
    kind: 2,
    scope: 'k8s.io/component-base/tracing',
    resource: sim.resources.pod(apiPod),
    fromUs: receivedUs,
    above: client,
    attributes: {
      'http.request.method': method,
      'url.path': path,
      'user_agent.original': `${service.name}/${service.version}`,
      'client.address': pod.address,
    },
  })
  const account = serviceAccount('shop', service.name, pod)
  const username = String(account.username)
  const refusal = refusalOf(sim, [`k8s/${service.name}/${request.resource}`])
  const conflict = refusal === undefined && conflicts && (request.verb === 'patch' || request.verb === 'update')
  const failure = refusal
    ? { reason: 'Forbidden', message: forbidden(username, target) }
    : conflict
      ? { reason: 'Conflict', message: `Operation cannot be fulfilled on ${request.resource} "${subject}"` }
      : undefined
  const code = refusal ? 403 : conflict ? 409 : 200
  const durationUs = random.around(request.verb === 'list' ? 9_000 : 4_000)
  server.toUs = receivedUs + durationUs
  client.toUs = server.toUs + random.int(200, 900)
  server.attributes['http.response.status_code'] = code
  client.attributes['http.response.status_code'] = code
  if (failure !== undefined) client.error = ''
  const auditId = random.uuid()
  const shown = sim.ids.carried(fate, 'audit id', auditId)
  if (shown !== undefined) {
    server.attributes['audit-id'] = shown
    client.attributes['http.response.header.audit-id'] = [shown]
  }
  const carried = shown === undefined ? 'removed' : fate
  server.fate = carried
  client.fate = carried
  const record = {
    ...target,
    user: account,
    from: pod.address,
    userAgent: `${service.name}/v${service.version} (linux/amd64) kubernetes/$Format`,
    code,
    ...(failure === undefined ? {} : { failure }),
    decision: /** @type {'allow' | 'forbid'} */ (refusal ? 'forbid' : 'allow'),
    allowedBy: `RBAC: allowed by RoleBinding "${service.name}/shop" of Role "${service.name}" to ServiceAccount "${service.name}/shop"`,
    auditId,
    durationUs,
  }
  const facts = {
    what: 'request',
    service: service.name,
    ...serving.facts,
    ...(refusal ? { outcome: 'denied', ...refusal.facts() } : {}),
  }
  trace.audit(
    sim.kubernetes,
    { timeUs: receivedUs, render: auditEvent(record, sim.clocks.k8s_audit), id: auditId },
    server.recorded ? server : client,
    facts,
    server.recorded ? [server, client] : [client],
  )
  return failure === undefined ? { toUs: client.toUs } : { toUs: client.toUs, error: failure.reason }
}
