/** The release controller compares and applies; its traced calls carry the audit id that the API server answers. */
import { allowedBy, pathOf, recordRequest, serviceAccount } from '../formats/kubernetes.mjs'
import { recordSpan, scopes } from '../formats/otlp.mjs'
import { minuteUs, moments } from '../time.mjs'
import { addresses, nodes, pods, userAgents } from '../world.mjs'

/** @param {import('../scene.mjs').Scene} scene */
export function addReleases(scene) {
  const random = scene.random('release controller')
  const pod = pods.release
  const user = serviceAccount('shop-system', 'release-controller', { pod: pod.name, node: nodes[1]?.name ?? '' })
  const binding = allowedBy(
    'ClusterRoleBinding',
    'release-controller',
    'release-controller',
    'ServiceAccount "release-controller/shop-system"',
  )
  for (const fromUs of moments(random, { everyUs: 12 * minuteUs })) {
    const traceId = random.hex(32)
    const spanId = random.hex(16)
    const name = random.pick(['orders-api', 'web-frontend', 'support-portal'])
    const verbs = random.chance(0.4) ? ['get', 'patch'] : ['get']
    let atUs = fromUs + random.around(900)
    for (const verb of verbs) {
      const conflict = verb === 'patch' && random.chance(0.15)
      const durationUs = random.around(5_200)
      const target = { verb, group: 'apps', resource: 'deployments', namespace: 'shop', name }
      const request = {
        ...target,
        user,
        from: pod.address,
        userAgent: userAgents.release,
        timeUs: atUs + 400,
        durationUs,
        allowedBy: binding,
      }
      const auditId = recordRequest(scene, random, {
        ...request,
        ...(conflict
          ? {
              code: 409,
              reason: 'Conflict',
              message: `Operation cannot be fulfilled on deployments.apps "${name}": the object has been modified`,
            }
          : {}),
      })
      const method = verb === 'get' ? 'GET' : 'PATCH'
      const status = conflict ? 409 : 200
      recordSpan(scene, random, {
        pod,
        traceId,
        parent: spanId,
        name: `HTTP ${method}`,
        kind: 3,
        scope: scopes.kubernetes,
        fromUs: atUs,
        toUs: atUs + durationUs + 900,
        attributes: {
          'http.request.method': method,
          'server.address': addresses.apiServer,
          'server.port': 443,
          'url.full': `https://${addresses.apiServer}${pathOf(request)}`,
          'http.response.status_code': status,
          'http.response.header.audit-id': [auditId],
        },
        ...(conflict ? { error: 'Conflict' } : {}),
      })
      atUs += durationUs + 2_000
    }
    recordSpan(scene, random, {
      pod,
      traceId,
      spanId,
      name: `reconcile ${name}`,
      kind: 1,
      scope: 'release-controller',
      fromUs,
      toUs: atUs + random.around(900),
      attributes: { 'release.name': name },
    })
  }
}
