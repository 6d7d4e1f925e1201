/** Which services use what: only where one of them is traced can the lack of a trace mean anything. */

/** @type {Readonly<Record<string, readonly string[]>>} */
const users = {
  'pg/orders': ['orders-api'],
  'pg/customers': ['customers-api'],
  'pg/documents': ['documents-api'],
  'cloudtrail/s3': ['documents-api'],
  'cloudtrail/secretsmanager': ['platform-api'],
  'k8s/shop': ['platform-api', 'release-controller'],
}

/**
 * @param {import('../simulation.mjs').Simulation} sim
 * @param {string} what
 * @returns {{ covered: boolean }} as a fact of a record
 */
export function coverageOf(sim, what) {
  const names = Object.hasOwn(users, what) ? users[what] : undefined
  return { covered: names?.some((name) => sim.world.services.get(name)?.instrumented === true) ?? false }
}
