/** The same session in the cluster: refused, gives itself a binding, reads secrets, starts a pod and goes in. */
import { allowedBy, forbidden, kubelet, recordRequest } from '../formats/kubernetes.mjs'
import { deployUser } from '../life/pipelines.mjs'
import { clock, secondUs } from '../time.mjs'
import { addresses, debugPod, deployRole, nodes, userAgents } from '../world.mjs'
import { binding, session, sessionKey } from './keys.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene */

const shared = {
  user: deployUser(session, sessionKey),
  from: addresses.intruder,
  userAgent: userAgents.kubectlIntruder,
}
const byDeployers = allowedBy('RoleBinding', 'deployers', 'deployer', 'Group "shop:deployers"')
const byBinding = allowedBy('ClusterRoleBinding', binding, 'cluster-admin', `User "${deployRole}"`)

/** @param {Scene} scene */
export function addClusterIncident(scene) {
  addRefusals(scene)
  addBinding(scene)
  addSecretsRead(scene)
  addPod(scene)
}

/** @param {Scene} scene */
function addRefusals(scene) {
  const random = scene.random('cluster refused')
  const tries = /** @type {const} */ ([
    { verb: 'list', resource: 'secrets' },
    { verb: 'list', resource: 'secrets', namespace: 'shop' },
    { verb: 'get', resource: 'secrets', namespace: 'shop', name: 'orders-api-db' },
    { verb: 'get', resource: 'secrets', namespace: 'shop', name: 'support-portal-session-key' },
    { verb: 'list', resource: 'secrets', namespace: 'kube-system' },
    { verb: 'create', resource: 'pods', namespace: 'shop', name: 'orders-api-5c6d7f4b9-h4m2t', subresource: 'exec' },
    { verb: 'list', resource: 'nodes' },
  ])
  let timeUs = clock('10:28:04.118352')
  for (const target of tries) {
    recordRequest(scene, random, {
      ...shared,
      ...target,
      timeUs,
      durationUs: random.around(1_600),
      code: 403,
      reason: 'Forbidden',
      decision: 'forbid',
      message: forbidden(deployRole, target),
    })
    timeUs += random.int(6, 17) * secondUs + random.int(0, 999_999)
  }
  recordRequest(scene, random, {
    ...shared,
    timeUs: clock('10:30:41.902114'),
    verb: 'list',
    resource: 'pods',
    namespace: 'shop',
    query: 'limit=500',
    allowedBy: byDeployers,
  })
}

/** @param {Scene} scene */
function addBinding(scene) {
  const random = scene.random('cluster binding')
  recordRequest(scene, random, {
    ...shared,
    timeUs: clock('10:36:05.447120'),
    verb: 'create',
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterrolebindings',
    name: binding,
    code: 201,
    allowedBy: allowedBy('ClusterRoleBinding', 'deployers-rbac', 'rbac-manager', 'Group "shop:deployers"'),
    body: {
      kind: 'ClusterRoleBinding',
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name: binding },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: deployRole }],
    },
  })
}

/** @param {Scene} scene */
function addSecretsRead(scene) {
  const random = scene.random('cluster secrets')
  const read = { ...shared, resource: 'secrets', allowedBy: byBinding }
  recordRequest(scene, random, { ...read, timeUs: clock('10:36:31.008841'), verb: 'list', query: 'limit=500' })
  let timeUs = clock('10:36:58.660213')
  for (const name of ['orders-api-db', 'support-portal-session-key', 'payment-gateway', 'registry-pull']) {
    recordRequest(scene, random, { ...read, timeUs, verb: 'get', namespace: 'shop', name })
    timeUs += random.int(5, 9) * secondUs + random.int(0, 999_999)
  }
}

/** @param {Scene} scene */
function addPod(scene) {
  const random = scene.random('cluster pod')
  const pod = { resource: 'pods', namespace: 'shop', name: debugPod.name }
  const container = { name: 'debug', image: debugPod.image, command: ['sleep', 'infinity'] }
  recordRequest(scene, random, {
    ...shared,
    ...pod,
    timeUs: clock('10:41:12.330951'),
    verb: 'create',
    code: 201,
    allowedBy: byBinding,
    body: {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: { name: debugPod.name, namespace: 'shop' },
      spec: { containers: [container], restartPolicy: 'Never' },
    },
  })
  const node = nodes[2]
  recordRequest(scene, random, {
    user: kubelet(node?.name ?? ''),
    from: node?.address ?? '',
    userAgent: userAgents.kubelet,
    ...pod,
    subresource: 'status',
    timeUs: clock('10:41:19.781402'),
    verb: 'patch',
    body: { status: { phase: 'Running', podIP: debugPod.address, podIPs: [{ ip: debugPod.address }] } },
  })
  for (const [at, command] of [
    ['10:42:40.512077', 'command=psql&command=--version'],
    ['10:43:36.204415', 'command=bash&stdin=true&tty=true'],
  ]) {
    recordRequest(scene, random, {
      ...shared,
      ...pod,
      subresource: 'exec',
      timeUs: clock(at ?? ''),
      durationUs: 900_000,
      verb: 'create',
      query: `${command}&container=debug&stdout=true`,
      code: 101,
      allowedBy: byBinding,
    })
  }
}
