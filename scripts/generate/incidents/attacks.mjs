/** What intruders do. Each is told of the truth by the mark on its records; nothing in the files names it. */

import { byHandRead, psql } from '../actors/admins.mjs'
import { callUntraced, requestUntraced } from '../actors/background.mjs'
import { present } from '../base/random.mjs'
import { minuteUs, secondUs } from '../base/time.mjs'
import { coverageOf } from '../catalogue/coverage.mjs'
import { routes } from '../catalogue/routes.mjs'
import { statements } from '../catalogue/statements.mjs'
import { serviceAccount } from '../sources/kubernetes.mjs'
import { assumedRole, iamUser, issuedCredentials, roleArn } from '../work/identities.mjs'
import { visit } from '../work/request.mjs'
import { signIn } from '../work/signIn.mjs'
import { keyId } from '../world.mjs'

/** @typedef {import('./plan.mjs').Stage} Stage */

const boto =
  'Boto3/1.34.69 md/Botocore#1.34.69 ua/2.0 os/linux#6.6.15 md/arch#x86_64 lang/python#3.11.8 Botocore/1.34.69'

/** The credentials of a service, used past the service. @param {Stage} stage */
export function outOfBandRead(stage) {
  return stage.turn % 3 === 2 ? readSecrets(stage) : readTables(stage)
}

/** Reads with the role of a service; some in the words of the service itself. @param {Stage} stage */
function readTables({ sim, random, nowUs, incident, size }) {
  const [name, table, own] = random.pick(
    /** @type {const} */ ([
      ['orders-api', 'orders', statements.orderById],
      ['customers-api', 'customers', statements.customerById],
      ['documents-api', 'documents', statements.documentById],
    ]),
  )
  const service = present(sim.world.services.get(name))
  // What the role is refused at the moment, it is refused to everybody.
  if (sim.refusals.has(`pg/${service.dbRole}/${table}`)) return false
  const disguised = random.chance(0.4)
  const works = Array.from({ length: Math.max(3, Math.round(size * random.int(6, 18))) }, (_, index) =>
    byHandRead(sim, disguised ? own.text : `SELECT * FROM ${table} ORDER BY id LIMIT 500 OFFSET ${500 * index}`, table),
  )
  incident.source = 'pgaudit'
  incident.actor = service.dbRole
  incident.address = `10.20.${random.int(4, 14)}.${random.int(100, 240)}`
  const client = {
    role: service.dbRole,
    address: String(incident.address),
    application: disguised ? service.name : random.pick(['psql', '']),
  }
  psql(sim, random, client, nowUs, 'direct', works, { incident: incident.id })
  return true
}

/** The token of a pod, used from somewhere else. @param {Stage} stage */
function readSecrets({ sim, random, nowUs, incident, size }) {
  incident.source = 'k8s_audit'
  incident.actor = 'system:serviceaccount:shop:platform-api'
  incident.address = `10.20.${random.int(4, 14)}.${random.int(100, 240)}`
  const many = Math.max(3, Math.round(size * random.int(5, 12)))
  series(
    sim,
    nowUs,
    many,
    () => random.around(3 * secondUs),
    (atUs, index) => {
      requestUntraced(
        sim,
        random,
        atUs,
        'direct',
        {
          verb: index === 0 ? 'list' : 'get',
          resource: index % 3 === 1 ? 'pods' : 'configmaps',
          namespace: 'shop',
          ...(index === 0 ? {} : { name: index % 3 === 1 ? `orders-api-${random.hex(9)}-0` : 'platform-settings' }),
          user: serviceAccount('shop', 'platform-api'),
          from: String(incident.address),
          userAgent: random.pick(['kubectl/v1.29.2 (linux/amd64) kubernetes/4b8e819', 'curl/8.5.0']),
        },
        { incident: incident.id, ...coverageOf(sim, 'k8s/shop') },
      )
    },
  )
  return true
}

/** The role session of a pod, used from elsewhere. @param {Stage} stage */
export function stolenKey({ sim, random, nowUs, incident, size }) {
  const service = present(sim.world.services.get('documents-api'))
  if (sim.refusals.has(`aws/${service.awsRole}/shop-invoices`)) return false
  const pod = random.pick(service.pods)
  const shared = sim.options.axes.actors === 'shared'
  const session = shared ? 'workload' : pod.name
  const { key, sinceUs } = sim.podSession(`${service.awsRole} ${session} ${shared ? '' : pod.name}`, nowUs)
  const identity = assumedRole(service.awsRole, session, { key, sinceUs })
  const from = sim.world.farAddress(random)
  Object.assign(incident, { source: 'cloudtrail', actor: identity.arn, credential: key, address: from })
  const many = Math.max(4, Math.round(size * random.int(8, 24)))
  series(
    sim,
    nowUs,
    many,
    () => random.around(5 * secondUs),
    (atUs, index) => {
      const object = `2026/0${random.int(1, 9)}/document-${1_000 + random.tail(40_000)}.pdf`
      const first =
        index === 0
          ? { service: 'sts', action: 'GetCallerIdentity', parameters: null }
          : index === 1
            ? { service: 's3', action: 'ListBuckets', parameters: null }
            : undefined
      callUntraced(
        sim,
        random,
        atUs,
        'direct',
        {
          identity,
          from,
          userAgent: boto,
          ...(first ?? {
            service: 's3',
            action: 'GetObject',
            data: true,
            parameters: { bucketName: 'shop-invoices', key: object },
            resources: [
              { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::shop-invoices/${object}` },
              { type: 'AWS::S3::Bucket', ARN: 'arn:aws:s3:::shop-invoices' },
            ],
          }),
        },
        { incident: incident.id, ...coverageOf(sim, `cloudtrail/${first?.service ?? 's3'}`) },
      )
    },
  )
  return true
}

/** A long-lived key takes one role, and with it another. @param {Stage} stage */
export function roleChain({ sim, random, nowUs, incident }) {
  const person = random.pick(sim.world.admins)
  const from = random.chance(0.5) ? sim.world.farAddress(random) : person.address
  const roles = [`deploy-${random.tail(6)}`, `data-reader-${random.tail(6)}`]
  Object.assign(incident, { source: 'cloudtrail', actor: iamUser(person).arn, address: from })
  let identity = iamUser(person)
  /** @type {{ event: string, issued_key: string, role: string }[]} */
  const chain = []
  incident.chain = chain
  let atUs = nowUs
  const rest = { service: 'sts', from, userAgent: boto }
  for (const role of roles) {
    const key = keyId('ASIA', random)
    const session = random.pick(['pipeline', 'terraform', person.name])
    const parameters = { roleArn: roleArn(role), roleSessionName: session, durationSeconds: 3_600 }
    const call = {
      ...rest,
      identity,
      action: 'AssumeRole',
      parameters,
      response: issuedCredentials(role, session, key, atUs),
      resources: [{ type: 'AWS::IAM::Role', ARN: roleArn(role) }],
    }
    chain.push({
      event: callUntraced(sim, random, atUs, 'direct', call, { incident: incident.id }),
      issued_key: key,
      role,
    })
    identity = assumedRole(role, session, { key, sinceUs: atUs })
    atUs += random.int(1, 20) * secondUs
  }
  const last = identity
  series(
    sim,
    atUs,
    random.int(2, 5),
    () => random.around(8 * secondUs),
    (timeUs) => {
      const call = {
        ...rest,
        identity: last,
        service: 'secretsmanager',
        action: 'GetSecretValue',
        parameters: { secretId: 'shop/prod/platform' },
      }
      callUntraced(sim, random, timeUs, 'direct', call, {
        incident: incident.id,
        ...coverageOf(sim, 'cloudtrail/secretsmanager'),
      })
    },
  )
  return true
}

/** Many passwords tried at many accounts from few addresses; at last one is right. @param {Stage} stage */
export function credentialStuffing({ sim, random, nowUs, incident, size }) {
  const addresses = Array.from({ length: random.int(1, 4) }, () => sim.world.farAddress(random))
  const many = Math.max(6, Math.round(size * random.int(25, 70)))
  const victim = random.pick(sim.world.people)
  const facts = { incident: incident.id }
  Object.assign(incident, { source: 'okta', addresses, victim: victim.mail })
  series(
    sim,
    nowUs,
    many,
    () => random.around(1_500_000),
    (atUs, index) => {
      const last = index === many - 1
      const address = random.pick(addresses)
      const person = last ? victim : random.pick(sim.world.people)
      signIn(sim, random, {
        person,
        atUs,
        password: last ? 'right' : 'wrong',
        address,
        userAgent: 'python-requests/2.31.0',
        script: true,
        facts,
      })
    },
  )
  return true
}

/** One person reads one customer after the other; all of it is traced. @param {Stage} stage */
export function bulkRead({ sim, random, nowUs, incident, size }) {
  const person = random.pick(sim.world.people)
  const many = Math.max(12, Math.round(size * random.int(60, 180)))
  const first = random.int(1_000, 20_000)
  const route = random.pick([routes.customer, routes.order, routes.download])
  Object.assign(incident, { source: 'http_access', actor: person.mail, address: person.address })
  series(
    sim,
    nowUs,
    many,
    () => random.around(450_000),
    (atUs, index) => {
      visit(sim, random, {
        person,
        route,
        atUs,
        objectId: first + index,
        script: true,
        userAgent: 'python-requests/2.31.0',
        facts: { incident: incident.id },
      })
    },
  )
  return true
}

/**
 * One after the other, each when its time has come.
 *
 * @param {import('../simulation.mjs').Simulation} sim
 * @param {number} fromUs
 * @param {number} many
 * @param {() => number} pauseUs
 * @param {(atUs: number, index: number) => void} act
 */
function series(sim, fromUs, many, pauseUs, act) {
  const step = (/** @type {number} */ index, /** @type {number} */ nowUs) => {
    act(nowUs, index)
    if (index + 1 < many) sim.at(nowUs + Math.min(pauseUs(), 10 * minuteUs), (next) => step(index + 1, next))
  }
  sim.at(fromUs, (nowUs) => step(0, nowUs))
}
