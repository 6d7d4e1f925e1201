/** From options to files. */
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { startAdmins } from './actors/admins.mjs'
import { startBackground } from './actors/background.mjs'
import { startJobs } from './actors/jobs.mjs'
import { startBursts, startPeople } from './actors/people.mjs'
import { startIncidents, startSilences } from './incidents/plan.mjs'
import { Simulation } from './simulation.mjs'
import { truthOf } from './truth.mjs'

/** What is evidence; the truth stands outside. */
export const exportsFolder = 'exports'

/** What was never allowed, and is tried again and again. */
const standing = [
  ['k8s/platform-api/secrets', 'secrets'],
  ['pg/report_app/payments', 'payments'],
]

/**
 * Writes the files of a workload. The same options give the same bytes.
 *
 * @param {string} out a folder that does not exist yet, or is empty
 * @param {import('./options.mjs').Options} options
 */
export function generate(out, options) {
  mkdirSync(out, { recursive: true })
  // Files of another workload beside these would be read with them.
  if (readdirSync(out).length > 0) throw new Error('The folder is not empty.')
  const sim = new Simulation(options, join(out, exportsFolder), truthOf(options, out))
  for (const [key = '', name = ''] of standing) {
    sim.refusals.set(key, { key, name, because: '', incident: undefined, pivot: {}, left: -1, exhausted: undefined })
  }
  sim.pools.start()
  for (const start of [
    startPeople,
    startBursts,
    startJobs,
    startBackground,
    startAdmins,
    startIncidents,
    startSilences,
  ])
    start(sim)
  return sim.run()
}
