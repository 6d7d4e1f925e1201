/**
 * Who and what there is, drawn from the seed. All of it is invented: addresses are from the documentation ranges
 * (RFC 5737, RFC 3849) or private, accounts are those that documentation uses, mail addresses end in example.com.
 */
import { present, randomOf } from './base/random.mjs'
import { services as serviceTable } from './catalogue/services.mjs'

export const account = '111122223333'
export const region = 'eu-central-1'
export const cluster = { address: '10.100.0.1', node: 'control-plane-0' }
export const database = { address: '10.20.40.10', port: 5432 }
export const pooler = { address: '10.20.40.20' }

/**
 * @typedef {object} Person
 * @property {number} index
 * @property {string} name
 * @property {string} mail
 * @property {string} oktaId
 * @property {string} address
 * @property {string} userAgent
 * @property {number} browserClockUs
 * @property {boolean} contractor
 * @property {string} accessKey long-lived
 *
 * @typedef {object} Pod
 * @property {string} name
 * @property {string} address
 * @property {string} node
 * @property {number} hostClockUs
 *
 * @typedef {object} Service
 * @property {string} name
 * @property {string} version
 * @property {readonly Pod[]} pods
 * @property {boolean} instrumented
 * @property {string} database
 * @property {string} dbRole
 * @property {string} awsRole
 * @property {string} userAgent of its cloud SDK
 *
 * @typedef {object} World
 * @property {readonly Person[]} people
 * @property {readonly Person[]} admins
 * @property {ReadonlyMap<string, Service>} services
 * @property {readonly string[]} nodes
 * @property {readonly string[]} natAddresses of the cluster, towards the cloud
 * @property {(random: import('./base/random.mjs').Random) => string} farAddress of somebody from elsewhere
 */

const givenNames =
  'alice bob carol dave erin frank grace heidi ivan judy kim leo mallory nina oscar peggy quinn rupert sybil trent uma victor wendy xena yan zoe'.split(
    ' ',
  )
const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Safari/605.1.15',
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.6 Mobile/15E148 Safari/604.1',
]
const sdks = [
  'aws-sdk-js/3.583.0 ua/2.0 os/linux#6.1.84 lang/js md/nodejs#20.14.0 api/s3#3.583.0',
  'Boto3/1.34.131 md/Botocore#1.34.131 ua/2.0 os/linux#6.1.84 md/arch#x86_64 lang/python#3.12.4 md/pyimpl#CPython Botocore/1.34.131',
  'aws-sdk-go-v2/1.30.1 os/linux lang/go#1.22.5 md/GOOS#linux md/GOARCH#amd64 api/s3#1.58.0',
  'aws-sdk-java/2.26.12 Linux/6.1.84 OpenJDK_64-Bit_Server_VM/21.0.3+9-LTS Java/21.0.3 io/sync http/Apache cfg/retry-mode/legacy',
]

/** A key id as AWS writes it, in the form that documentation uses. @param {'AKIA' | 'ASIA'} prefix @param {import('./base/random.mjs').Random} random */
export const keyId = (prefix, random) => `${prefix}${random.upper(9)}EXAMPLE`

/** @param {string} prefix `AIDA` or `AROA` @param {string} name always the same for one name */
export function principalId(prefix, name) {
  const letters = name.toUpperCase().replace(/[^A-Z]/g, '')
  return `${prefix}${letters.padEnd(10, 'X').slice(0, 10)}EXAMPLE`
}

/** @param {import('./options.mjs').Options} options @returns {World} */
export function worldOf({ seed, axes }) {
  const random = randomOf(seed, 'world')
  const nodes = Array.from({ length: 4 }, (_, index) => `ip-10-20-3-${11 + index}.${region}.compute.internal`)
  const everybody = Array.from({ length: axes.people + 4 }, (_, index) => person(index, axes.nat, random))
  return {
    people: everybody.slice(0, axes.people),
    admins: everybody.slice(axes.people),
    services: new Map(serviceTable.map((entry, index) => [entry.name, service(entry, index, axes, nodes, random)])),
    nodes,
    natAddresses: ['192.0.2.10', '192.0.2.11', '192.0.2.12'],
    farAddress: (own) =>
      own.chance(0.5) ? `203.0.113.${own.int(2, 250)}` : `2001:db8:${own.hex(4)}:${own.int(1, 9)}::${own.hex(3)}`,
  }
}

/** @param {number} index @param {number} nat @param {import('./base/random.mjs').Random} random @returns {Person} */
function person(index, nat, random) {
  const given = present(givenNames[index % givenNames.length])
  const name = index < givenNames.length ? given : `${given}${Math.floor(index / givenNames.length) + 1}`
  return {
    index,
    name,
    mail: `${name}@example.com`,
    oktaId: `00u${random.mixed(17)}`,
    address: addressOf(Math.floor(index / nat)),
    userAgent: random.pick(browsers),
    // Computers of people are seldom set well.
    browserClockUs: Math.round(250_000 * random.normal() * (random.chance(0.1) ? 8 : 1)),
    contractor: index % 4 === 3,
    accessKey: keyId('AKIA', random),
  }
}

/** Offices and homes, and beyond their number version 6. @param {number} index */
function addressOf(index) {
  if (index < 120) return `198.51.100.${10 + index}`
  if (index < 240) return `203.0.113.${index - 110}`
  return `2001:db8:20:${(index >> 4).toString(16)}::${(index & 15) + 16}`
}

/**
 * @param {(typeof serviceTable)[number]} entry
 * @param {number} index
 * @param {import('./options.mjs').AxisValues} axes
 * @param {readonly string[]} nodes
 * @param {import('./base/random.mjs').Random} random
 * @returns {Service}
 */
function service({ name, version, replicas, front, database: ownDatabase = 'shop' }, index, axes, nodes, random) {
  const dark = axes.uninstrumented.includes(name) || (front !== true && axes.uninstrumented.includes('backends'))
  const short = name.replace(/-(?:api|runner)$/, '').replaceAll('-', '_')
  return {
    name,
    version,
    instrumented: !dark,
    pods: Array.from({ length: replicas }, (_, replica) => ({
      name: `${name}-${random.hex(9)}-${random.mixed(5).toLowerCase()}`,
      address: `10.20.${4 + index}.${20 + 7 * replica + random.int(0, 6)}`,
      node: random.pick(nodes),
      hostClockUs: Math.round(1_500 * random.normal()),
    })),
    database: ownDatabase,
    dbRole: axes.actors === 'shared' ? 'app' : `${short}_app`,
    awsRole: axes.actors === 'shared' ? 'workloads' : name,
    userAgent: present(sdks[index % sdks.length]),
  }
}
