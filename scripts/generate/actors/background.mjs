/** What goes on in every account and cluster and is never traced: kubelets, controllers, monitoring, services of the cloud. */
import { present } from '../base/random.mjs'
import { secondUs } from '../base/time.mjs'
import { otherCalls } from '../catalogue/cloudCalls.mjs'
import { trailRecord } from '../sources/cloudtrail.mjs'
import { auditEvent, serviceAccount } from '../sources/kubernetes.mjs'
import { assumedRole, awsService, iamUser, issuedCredentials, roleArn } from '../work/identities.mjs'
import { Trace } from '../work/trace.mjs'
import { cluster, keyId } from '../world.mjs'

/** @typedef {import('../simulation.mjs').Simulation} Simulation */
/** @typedef {import('../base/random.mjs').Random} Random */

/** @param {Simulation} sim */
export function startBackground(sim) {
  const density = Math.sqrt(sim.options.axes.concurrent / 10)
  every(sim, 'kubelets', (9 * secondUs) / density, kubelet)
  every(sim, 'controllers', (14 * secondUs) / density, controller)
  every(sim, 'cloud', (6 * secondUs) / density, otherCall)
}

/** @param {Simulation} sim @param {string} label @param {number} meanUs @param {(sim: Simulation, random: Random, nowUs: number) => void} act */
function every(sim, label, meanUs, act) {
  const random = sim.random(label)
  const again = (/** @type {number} */ nowUs) => {
    act(sim, random, nowUs)
    sim.at(nowUs + random.exponential(meanUs), again)
  }
  sim.at(sim.startUs + random.exponential(meanUs), again)
}

/** @param {Simulation} sim @param {Random} random @param {number} nowUs */
function kubelet(sim, random, nowUs) {
  const node = random.pick(sim.world.nodes)
  const lease = random.chance(0.7)
  requestUntraced(sim, random, nowUs, 'background', {
    ...(lease
      ? { verb: 'update', group: 'coordination.k8s.io', resource: 'leases', namespace: 'kube-node-lease', name: node }
      : { verb: 'patch', resource: 'nodes', subresource: 'status', name: node }),
    user: { username: `system:node:${node}`, groups: ['system:nodes', 'system:authenticated'] },
    from: `10.20.3.${11 + sim.world.nodes.indexOf(node)}`,
    userAgent: 'kubelet/v1.31.2 (linux/amd64) kubernetes/5864a46',
  })
}

/** @param {Simulation} sim @param {Random} random @param {number} nowUs */
function controller(sim, random, nowUs) {
  const name = random.pick(['endpointslice-controller', 'replicaset-controller', 'generic-garbage-collector'])
  const group = name === 'endpointslice-controller' ? 'discovery.k8s.io' : 'apps'
  requestUntraced(sim, random, nowUs, 'background', {
    verb: random.pick(['update', 'get', 'list']),
    group,
    resource: group === 'apps' ? 'replicasets' : 'endpointslices',
    namespace: random.pick(['shop', 'kube-system', 'monitoring']),
    user: serviceAccount('kube-system', name),
    from: cluster.address,
    userAgent: `kube-controller-manager/v1.31.2 (linux/amd64) kubernetes/5864a46/system:serviceaccount:kube-system:${name}`,
  })
}

/**
 * A request to the cluster that no trace shows.
 *
 * @param {Simulation} sim
 * @param {Random} random
 * @param {number} nowUs
 * @param {string} why
 * @param {Omit<import('../sources/kubernetes.mjs').Request, 'code' | 'decision' | 'auditId' | 'durationUs'> & { code?: number, decision?: 'allow' | 'forbid' }} request
 * @param {import('../work/trace.mjs').Facts} [facts]
 * @returns {string} the audit id
 */
export function requestUntraced(sim, random, nowUs, why, request, facts = {}) {
  const trace = new Trace(sim, { untraced: why })
  const auditId = random.uuid()
  const full = {
    code: 200,
    decision: /** @type {const} */ ('allow'),
    ...request,
    auditId,
    durationUs: random.around(4_000),
  }
  const record = { timeUs: nowUs, render: auditEvent(full, sim.clocks.k8s_audit), id: auditId }
  trace.audit(sim.kubernetes, record, undefined, { what: 'request', ...facts })
  trace.end()
  return auditId
}

/**
 * A call of the cloud that no trace shows.
 *
 * @param {Simulation} sim
 * @param {Random} random
 * @param {number} nowUs
 * @param {string} why
 * @param {Omit<import('../sources/cloudtrail.mjs').Call, 'requestId' | 'eventId'>} call
 * @param {import('../work/trace.mjs').Facts} [facts]
 * @returns {string} the event id
 */
export function callUntraced(sim, random, nowUs, why, call, facts = {}) {
  const trace = new Trace(sim, { untraced: why })
  const eventId = random.uuid()
  const requestId = call.service === 's3' ? random.upper(16) : random.uuid()
  const record = { timeUs: nowUs, render: trailRecord({ ...call, requestId, eventId }), id: eventId }
  trace.audit(sim.cloudtrail, record, undefined, { what: 'call', ...facts })
  trace.end()
  return eventId
}

const agents = [
  'aws-cli/2.17.9 md/awscrt#0.20.11 ua/2.0 os/linux#6.8.0 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#standard md/command#ec2.describe-instances',
  'APN/1.0 HashiCorp/1.0 Terraform/1.9.2 (+https://www.terraform.io) terraform-provider-aws/5.58.0 aws-sdk-go-v2/1.30.1 os/linux lang/go#1.22.5',
  'aws-sdk-go/1.50.36 (go1.21.8; linux; amd64) cluster-autoscaler',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
]

/** @param {Simulation} sim @param {Random} random @param {number} nowUs */
function otherCall(sim, random, nowUs) {
  const [service, action, shape, write] = random.draw(otherCalls)
  const role = `platform-${random.tail(30)}`
  const session = `i-${random.hex(17)}`
  const dice = random.next()
  const person = present(sim.world.admins[random.tail(sim.world.admins.length)])
  const byService = dice < 0.15
  const identity = byService
    ? awsService(random.pick(['autoscaling', 'ecs-tasks', 'lambda', 'config']))
    : dice < 0.3
      ? iamUser(person)
      : assumedRole(role, session, sim.podSession(role, nowUs))
  const failed = random.next()
  const failure =
    failed < 0.01
      ? { code: 'ThrottlingException', message: 'Rate exceeded' }
      : failed < 0.02
        ? { code: 'NoSuchEntityException', message: `The ${shape} cannot be found.` }
        : undefined
  callUntraced(sim, random, nowUs, 'background', {
    identity,
    service,
    action,
    from: byService ? `${service}.amazonaws.com` : dice < 0.3 ? person.address : random.pick(sim.world.natAddresses),
    userAgent: byService ? `${service}.amazonaws.com` : random.pick(agents),
    parameters: parametersOf(shape, random),
    ...(action === 'AssumeRole' ? { response: issuedCredentials(role, session, keyId('ASIA', random), nowUs) } : {}),
    ...(failure === undefined || byService ? {} : { failure }),
    write,
  })
}

/** @param {string} shape @param {Random} random */
function parametersOf(shape, random) {
  if (shape === 'none') return null
  if (shape === 'filter')
    return {
      filterSet: { items: [{ name: 'tag:Name', valueSet: { items: [{ value: `node-${random.tail(300)}` }] } }] },
      maxResults: 200,
    }
  if (shape === 'role')
    return { roleArn: roleArn(`platform-${random.tail(30)}`), roleSessionName: `i-${random.hex(17)}` }
  if (shape === 'key')
    return {
      keyId: `arn:aws:kms:eu-central-1:111122223333:key/${random.tail(9)}e1f2c3d-0a4b-4c6d-8e7f-9a0b1c2d3e4f`,
      encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    }
  return { [shape]: `${shape.toLowerCase()}-${random.tail(200)}` }
}
