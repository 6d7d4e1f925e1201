/** What a cluster does all day: kubelets, controllers, an autoscaler, probes from outside, the on-call's kubectl. */
import { exampleId } from '../formats/cloudTrail.mjs'
import { allowedBy, kubelet, mappedUser, recordRequest, serviceAccount } from '../formats/kubernetes.mjs'
import { clock, minuteUs, moments, secondUs } from '../time.mjs'
import { account, addresses, nodes, people, pods, roleArn, userAgents } from '../world.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene */

/** @param {Scene} scene */
export function addCluster(scene) {
  addKubelets(scene)
  addControllers(scene)
  addAutoscaler(scene)
  addProbes(scene)
  addOncall(scene)
}

/** @param {Scene} scene */
function addKubelets(scene) {
  const random = scene.random('kubelets')
  for (const node of nodes) {
    const shared = { user: kubelet(node.name), from: node.address, userAgent: userAgents.kubelet, allowedBy: '' }
    for (const timeUs of moments(random, { everyUs: 4 * minuteUs })) {
      const kind = random.weighted(
        /** @type {const} */ ([
          [4, 'status'],
          [3, 'config'],
          [2, 'secret'],
          [2, 'token'],
        ]),
      )
      if (kind === 'status')
        recordRequest(scene, random, {
          ...shared,
          timeUs,
          verb: 'patch',
          resource: 'nodes',
          name: node.name,
          subresource: 'status',
        })
      if (kind === 'config') {
        recordRequest(scene, random, {
          ...shared,
          timeUs,
          verb: 'get',
          resource: 'configmaps',
          namespace: 'shop',
          name: random.pick(['orders-api-config', 'web-frontend-config', 'kube-root-ca.crt']),
        })
      }
      if (kind === 'secret') {
        recordRequest(scene, random, {
          ...shared,
          timeUs,
          verb: 'get',
          resource: 'secrets',
          namespace: 'shop',
          name: random.pick(['orders-api-tls', 'registry-pull', 'support-portal-session-key']),
        })
      }
      if (kind === 'token') {
        recordRequest(scene, random, {
          ...shared,
          timeUs,
          verb: 'create',
          resource: 'serviceaccounts',
          namespace: 'shop',
          name: random.pick(['orders-api', 'support-portal', 'batch-runner']),
          subresource: 'token',
          code: 201,
        })
      }
    }
  }
}

/** @param {Scene} scene */
function addControllers(scene) {
  const random = scene.random('controllers')
  const from = '10.20.1.5'
  for (const timeUs of moments(random, { everyUs: 3 * minuteUs })) {
    const shared = { from, userAgent: userAgents.controllers, timeUs }
    const role = (/** @type {string} */ name) =>
      allowedBy(
        'ClusterRoleBinding',
        `system:controller:${name}`,
        `system:controller:${name}`,
        `ServiceAccount "${name}/kube-system"`,
      )
    if (random.chance(0.6)) {
      recordRequest(scene, random, {
        ...shared,
        user: serviceAccount('kube-system', 'horizontal-pod-autoscaler'),
        verb: 'get',
        group: 'apps',
        resource: 'deployments',
        namespace: 'shop',
        name: random.pick(['orders-api', 'web-frontend']),
        subresource: 'scale',
        allowedBy: role('horizontal-pod-autoscaler'),
      })
    }
    if (random.chance(0.5)) {
      const conflict = random.chance(0.15)
      recordRequest(scene, random, {
        ...shared,
        user: serviceAccount('kube-system', 'endpointslice-controller'),
        verb: 'update',
        group: 'discovery.k8s.io',
        resource: 'endpointslices',
        namespace: 'shop',
        name: 'orders-api-7k2lm',
        allowedBy: role('endpointslice-controller'),
        ...(conflict
          ? {
              code: 409,
              reason: 'Conflict',
              message:
                'Operation cannot be fulfilled on endpointslices.discovery.k8s.io "orders-api-7k2lm": the object has been modified',
            }
          : {}),
      })
    }
    if (random.chance(0.3)) {
      recordRequest(scene, random, {
        ...shared,
        user: serviceAccount('kube-system', 'cronjob-controller'),
        verb: 'create',
        group: 'batch',
        resource: 'jobs',
        namespace: 'shop',
        name: `report-${random.int(29_560_000, 29_569_999)}`,
        code: 201,
        allowedBy: role('cronjob-controller'),
      })
    }
    if (random.chance(0.35)) {
      const name = `web-frontend-6f7c9d8b54-${random.hex(5)}`
      recordRequest(scene, random, {
        ...shared,
        user: serviceAccount('kube-system', 'replicaset-controller'),
        verb: 'get',
        resource: 'pods',
        namespace: 'shop',
        name,
        code: 404,
        reason: 'NotFound',
        message: `pods "${name}" not found`,
        allowedBy: role('replicaset-controller'),
      })
    }
  }
}

/** @param {Scene} scene */
function addAutoscaler(scene) {
  const random = scene.random('autoscaler requests')
  const pod = pods.autoscaler
  const user = serviceAccount('kube-system', 'cluster-autoscaler', { pod: pod.name, node: nodes[2]?.name ?? '' })
  for (const timeUs of moments(random, { everyUs: 2 * minuteUs })) {
    recordRequest(scene, random, {
      user,
      from: pod.address,
      userAgent: userAgents.autoscaler,
      timeUs,
      verb: 'list',
      resource: random.pick(['nodes', 'pods', 'replicationcontrollers']),
      query: 'limit=500',
      allowedBy: allowedBy(
        'ClusterRoleBinding',
        'cluster-autoscaler',
        'cluster-autoscaler',
        'ServiceAccount "cluster-autoscaler/kube-system"',
      ),
    })
  }
}

/** The internet knocks: nothing of it is part of the incident. @param {Scene} scene */
function addProbes(scene) {
  const random = scene.random('probes')
  const user = { username: 'system:anonymous', groups: ['system:unauthenticated'] }
  for (const timeUs of moments(random, { everyUs: 11 * minuteUs })) {
    const path = random.pick(['/', '/api', '/version', '/metrics', '/.env', '/api/v1/secrets'])
    const open = path === '/version'
    recordRequest(scene, random, {
      user,
      from: addresses.probe,
      userAgent: random.pick(['curl/7.88.1', 'Go-http-client/1.1', 'zgrab/0.x']),
      timeUs,
      verb: 'get',
      path,
      ...(open
        ? {
            allowedBy: allowedBy(
              'ClusterRoleBinding',
              'system:public-info-viewer',
              'system:public-info-viewer',
              'Group "system:unauthenticated"',
            ),
          }
        : {
            code: 403,
            reason: 'Forbidden',
            decision: /** @type {const} */ ('forbid'),
            message: `forbidden: User "system:anonymous" cannot get path "${path}"`,
          }),
    })
  }
}

/** @param {string} session cloud session behind the mapping */
export const oncallUser = (session = people.oncall) =>
  mappedUser(people.oncall, ['shop:platform'], {
    arn: `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6a7b/${session}`,
    canonicalArn: roleArn('AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6a7b'),
    session,
    key: exampleId('ASIA', 'ONCALLSSO'),
  })

export const oncallAllowed = allowedBy(
  'ClusterRoleBinding',
  'platform-admins',
  'cluster-admin',
  'Group "shop:platform"',
)

/** @param {Scene} scene */
function addOncall(scene) {
  const random = scene.random('oncall kubectl')
  const shared = { user: oncallUser(), from: addresses.office, userAgent: userAgents.kubectl, allowedBy: oncallAllowed }
  for (const timeUs of moments(random, { fromUs: clock('07:40'), toUs: clock('09:55'), everyUs: 5 * minuteUs })) {
    recordRequest(scene, random, {
      ...shared,
      timeUs,
      verb: 'list',
      resource: 'pods',
      namespace: 'shop',
      query: 'limit=500',
    })
    const { name } = random.pick([pods.orders1, pods.web1, pods.batch, pods.support])
    recordRequest(scene, random, {
      ...shared,
      timeUs: timeUs + 7 * secondUs,
      verb: 'get',
      resource: 'pods',
      namespace: 'shop',
      name,
      ...(random.chance(0.4) ? { subresource: 'log', query: 'tailLines=200' } : {}),
    })
  }
}
