/** A change of policy takes away what a service or a group of people was allowed; refusals follow; it is given back. */

import { changeCloudPolicy, changeClusterRole, changeOktaPolicy, psql } from '../actors/admins.mjs'
import { present } from '../base/random.mjs'
import { hourUs, secondUs } from '../base/time.mjs'

/**
 * @typedef {import('./plan.mjs').Stage} Stage
 * @typedef {(restore: boolean, nowUs: number, told: (id: string) => void) => void} Change
 *
 * @typedef {object} Target
 * @property {string} source
 * @property {string} key what is refused
 * @property {string} name
 * @property {string} because
 * @property {Change} change
 */

/** @param {Stage} stage */
export function policyChange(stage) {
  const { sim, random, nowUs, incident, size } = stage
  const makers = [cloudTarget, databaseTarget, clusterTarget, oktaTarget]
  const target = present(makers[(stage.turn + random.int(0, 1)) % makers.length])(stage)
  if (sim.refusals.has(target.key)) return false
  const pivot = { id: '' }
  Object.assign(incident, { source: target.source, refuses: target.key, pivot: '' })
  target.change(false, nowUs, (id) => {
    pivot.id = id
    incident.pivot = id
  })
  let given = false
  const restore = (/** @type {number} */ atUs) => {
    if (given) return
    given = true
    target.change(true, atUs, (id) => {
      incident.restored = id
      incident.to_us = atUs
    })
    sim.at(atUs + secondUs, () => sim.refusals.delete(target.key))
  }
  const left = Math.max(2, Math.round(size * random.int(4, 12)))
  const refusal = {
    key: target.key,
    name: target.name,
    because: target.because,
    incident,
    pivot,
    left,
    exhausted: () => sim.at(sim.nowUs + random.int(5, 60) * secondUs, restore),
  }
  // In force some seconds after the change, as clouds and directories are slow to learn of it.
  sim.at(nowUs + random.int(2, 15) * secondUs, () => sim.refusals.set(target.key, refusal))
  sim.at(nowUs + 2 * hourUs, restore)
  return true
}

/** @param {Stage} stage @returns {Target} */
function cloudTarget({ sim, random }) {
  const [name, resource] = random.pick(
    /** @type {const} */ ([
      ['documents-api', 'shop-invoices'],
      ['auth-api', 'sessions'],
    ]),
  )
  const { awsRole } = present(sim.world.services.get(name))
  const admin = random.pick(sim.world.admins)
  const byBucket = resource === 'shop-invoices' && random.chance(0.5)
  return {
    source: 'cloudtrail',
    key: `aws/${awsRole}/${resource}`,
    name: resource,
    because: byBucket ? 'with an explicit deny in a resource-based policy' : 'because no identity-based policy allows',
    change: (restore, nowUs, told) => {
      const statement = {
        Version: '2012-10-17',
        Statement: [{ Effect: byBucket && !restore ? 'Deny' : 'Allow', Action: '*' }],
      }
      const action = byBucket ? 'PutBucketPolicy' : restore ? 'PutRolePolicy' : 'DeleteRolePolicy'
      const parameters = byBucket
        ? { bucketName: resource, bucketPolicy: statement }
        : {
            roleName: awsRole,
            policyName: 'workload-access',
            ...(restore ? { policyDocument: JSON.stringify(statement) } : {}),
          }
      told(changeCloudPolicy(sim, random, nowUs, admin, action, parameters))
    },
  }
}

/** @param {Stage} stage @returns {Target} */
function databaseTarget({ sim, random }) {
  const [name, table] = random.pick(
    /** @type {const} */ ([
      ['orders-api', 'orders'],
      ['orders-api', 'order_items'],
      ['customers-api', 'customers'],
      ['documents-api', 'documents'],
    ]),
  )
  const holder = sim.options.axes.actors === 'person' ? 'app_users' : present(sim.world.services.get(name)).dbRole
  const admin = random.pick(sim.world.admins)
  return {
    source: 'pgaudit',
    key: `pg/${holder}/${table}`,
    name: table,
    because: '',
    change: (restore, nowUs, told) => {
      const text = restore
        ? `GRANT SELECT, INSERT, UPDATE, DELETE ON TABLE public.${table} TO ${holder}`
        : `REVOKE ALL ON TABLE public.${table} FROM ${holder}`
      const works = [{ text, class: /** @type {const} */ ('ROLE'), command: restore ? 'GRANT' : 'REVOKE', tables: [] }]
      psql(
        sim,
        random,
        { role: `dba_${admin.name}`, address: admin.address, application: 'psql' },
        nowUs,
        'admin',
        works,
        {},
        told,
      )
    },
  }
}

/** @param {Stage} stage @returns {Target} */
function clusterTarget({ sim, random }) {
  const name = random.pick(['platform-api', 'release-controller'])
  const admin = random.pick(sim.world.admins)
  return {
    source: 'k8s_audit',
    key: `k8s/${name}/deployments`,
    name: 'deployments',
    because: '',
    change: (restore, nowUs, told) =>
      told(changeClusterRole(sim, random, nowUs, admin, restore ? 'create' : 'delete', 'rolebindings', name)),
  }
}

/** @param {Stage} stage @returns {Target} */
function oktaTarget({ sim, random }) {
  const admin = random.pick(sim.world.admins)
  return {
    source: 'okta',
    key: 'okta/contractors',
    name: 'contractors',
    because: '',
    change: (_restore, nowUs, told) => told(changeOktaPolicy(sim, random, nowUs, admin, 'Staff sign-on')),
  }
}
