/**
 * People who run the platform: now and then one looks into the database by hand, and policies change that have nothing
 * to do with any refusal. What they do by hand no trace shows.
 */
import { present } from '../base/random.mjs'
import { minuteUs, secondUs } from '../base/time.mjs'
import { coverageOf } from '../catalogue/coverage.mjs'
import { oktaEvent } from '../sources/okta.mjs'
import { iamUser } from '../work/identities.mjs'
import { writeAudit } from '../work/sql.mjs'
import { Trace } from '../work/trace.mjs'
import { callUntraced, requestUntraced } from './background.mjs'

/**
 * @typedef {import('../simulation.mjs').Simulation} Simulation
 * @typedef {import('../base/random.mjs').Random} Random
 * @typedef {import('../world.mjs').Person} Person
 *
 * @typedef {object} ByHand
 * @property {string} text
 * @property {'READ' | 'WRITE' | 'ROLE'} class
 * @property {string} command
 * @property {readonly string[]} tables
 * @property {boolean} [covered] by traces of those who usually do this
 */

/** Events between two changes of policies that refuse nobody. */
const eventsPerChange = 1_200

/** @param {Simulation} sim */
export function startAdmins(sim) {
  const random = sim.random('admins')
  let lastChange = 0
  const round = (/** @type {number} */ nowUs) => {
    if (random.chance(0.12)) lookByHand(sim, random, nowUs)
    if (sim.truth.total - lastChange > eventsPerChange * (0.5 + random.next())) {
      lastChange = sim.truth.total
      changeSomething(sim, random, nowUs)
    }
    sim.at(nowUs + random.int(30, 90) * secondUs, round)
  }
  sim.at(sim.startUs + minuteUs, round)
}

const looks = [
  "SELECT count(*) FROM orders WHERE state = 'open'",
  'SELECT id, kind FROM documents WHERE order_id = 4711',
  'SELECT id, mail FROM customers LIMIT 20',
]
const looked = ['orders', 'documents', 'customers']

/** @param {Simulation} sim @param {Random} random @param {number} nowUs */
function lookByHand(sim, random, nowUs) {
  const person = random.pick(sim.world.admins)
  const works = Array.from({ length: random.int(1, 3) }, () => {
    const index = random.int(0, looks.length - 1)
    return byHandRead(sim, present(looks[index]), present(looked[index]))
  })
  psql(
    sim,
    random,
    { role: `dba_${person.name}`, address: person.address, application: 'psql' },
    nowUs,
    'direct',
    works,
  )
}

/** @param {Simulation} sim @param {string} text @param {string} table @returns {ByHand} */
export const byHandRead = (sim, text, table) => ({
  text,
  class: 'READ',
  command: 'SELECT',
  tables: [table],
  ...coverageOf(sim, `pg/${table}`),
})

/**
 * A session by hand: connects, runs the statements with pauses, leaves.
 *
 * @param {Simulation} sim
 * @param {Random} random
 * @param {{ role: string, address: string, application: string, database?: string }} client
 * @param {number} nowUs
 * @param {string} why
 * @param {readonly ByHand[]} works
 * @param {import('../work/trace.mjs').Facts} [facts]
 * @param {(id: string) => void} [done] told the id of each statement
 */
export function psql(sim, random, client, nowUs, why, works, facts = {}, done) {
  const opening = new Trace(sim, { untraced: why, common: facts })
  const connection = sim.pools.open({ database: 'shop', ...client }, nowUs, opening, undefined)
  opening.end()
  const step = (/** @type {number} */ index, /** @type {number} */ atUs) => {
    const work = works[index]
    if (work === undefined) return sim.pools.close(connection, atUs)
    const trace = new Trace(sim, { untraced: why, common: { what: 'statement', role: client.role, ...facts } })
    const id = writeAudit({ sim, trace }, connection, atUs, work, work.text, undefined, {
      covered: work.covered === true,
    })
    done?.(id)
    trace.end()
    sim.at(atUs + random.around(4 * secondUs), (next) => step(index + 1, next))
  }
  // The first statement is in the same turn, so that its id is known at once.
  step(0, nowUs + random.int(40_000, 900_000))
}

/** Changes that take nothing away from the services. @param {Simulation} sim @param {Random} random @param {number} nowUs */
function changeSomething(sim, random, nowUs) {
  const person = random.pick(sim.world.admins)
  const dice = random.int(0, 3)
  if (dice === 0) {
    changeCloudPolicy(sim, random, nowUs, person, 'PutRolePolicy', {
      roleName: `platform-${random.tail(30)}`,
      policyName: 'tuning',
      policyDocument: '{"Version":"2012-10-17","Statement":[]}',
    })
  } else if (dice === 1) {
    const name = `team-${random.tail(12)}`
    changeClusterRole(sim, random, nowUs, person, 'create', 'rolebindings', name)
  } else if (dice === 2) {
    const text = `GRANT SELECT ON TABLE public.products TO reader_${random.tail(9)}`
    const works = [{ text, class: /** @type {const} */ ('ROLE'), command: 'GRANT', tables: [] }]
    psql(
      sim,
      random,
      { role: `dba_${person.name}`, address: person.address, application: 'psql' },
      nowUs,
      'admin',
      works,
    )
  } else changeOktaPolicy(sim, random, nowUs, person, `Team ${random.tail(12)} sign-on`)
}

/** @param {Simulation} sim @param {Random} random @param {number} nowUs @param {Person} person @param {string} action @param {Record<string, unknown>} parameters @param {import('../work/trace.mjs').Facts} [facts] */
export function changeCloudPolicy(sim, random, nowUs, person, action, parameters, facts) {
  const service = action.includes('Bucket') ? 's3' : 'iam'
  const call = {
    identity: iamUser(person),
    service,
    action,
    from: person.address,
    userAgent: person.userAgent,
    parameters,
    write: true,
  }
  return callUntraced(sim, random, nowUs, 'admin', call, facts)
}

/** @param {Simulation} sim @param {Random} random @param {number} nowUs @param {Person} person @param {string} verb @param {string} resource @param {string} name @param {import('../work/trace.mjs').Facts} [facts] */
export function changeClusterRole(sim, random, nowUs, person, verb, resource, name, facts) {
  const request = {
    verb,
    group: 'rbac.authorization.k8s.io',
    resource,
    namespace: 'shop',
    name,
    user: { username: person.mail, groups: ['platform-admins', 'system:authenticated'] },
    from: person.address,
    userAgent: 'kubectl/v1.31.2 (linux/amd64) kubernetes/5864a46',
    ...(verb === 'create' ? { code: 201 } : {}),
  }
  return requestUntraced(sim, random, nowUs, 'admin', request, facts)
}

/** @param {Simulation} sim @param {Random} random @param {number} nowUs @param {Person} person @param {string} policy @param {import('../work/trace.mjs').Facts} [facts] */
export function changeOktaPolicy(sim, random, nowUs, person, policy, facts = {}) {
  const trace = new Trace(sim, { untraced: 'admin' })
  const uuid = random.uuid()
  const event = {
    uuid,
    eventType: 'policy.rule.update',
    message: 'Update policy rule',
    actor: { id: person.oktaId, mail: person.mail, name: person.name },
    client: { address: person.address, userAgent: person.userAgent },
    outcome: { result: 'SUCCESS' },
    requestId: `Z${random.mixed(26)}`,
    requestUri: '/api/internal/policies/rules',
    target: [
      { id: policyId(policy), type: 'PolicyEntity', alternateId: 'unknown', displayName: policy },
      { id: `0pr${random.mixed(17)}`, type: 'PolicyRule', alternateId: 'unknown', displayName: 'Any place' },
    ],
  }
  trace.audit(sim.okta, { timeUs: nowUs, render: oktaEvent(event, sim.clocks.okta), id: uuid }, undefined, {
    what: 'policy change',
    ...facts,
  })
  trace.end()
  return uuid
}

/** @param {string} policy */
const policyId = (policy) =>
  `00p1${policy
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .padEnd(14, '0')}x7`
