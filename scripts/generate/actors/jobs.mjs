/** Work without people: reports, the ledger, and the controller that compares deployments with what they should be. */
import { present, weighted } from '../base/random.mjs'
import { minuteUs, secondUs } from '../base/time.mjs'
import { statements } from '../catalogue/statements.mjs'
import { requestCluster } from '../work/clusterRequest.mjs'
import { runStatement } from '../work/sql.mjs'
import { Trace } from '../work/trace.mjs'

/** @typedef {import('../simulation.mjs').Simulation} Simulation */

const reports = weighted(
  /** @type {const} */ ([
    [3, statements.dailyTotals],
    [5, statements.exportCustomers],
    [4, statements.orderItems],
    [2, statements.openPayments],
  ]),
)

/** @param {Simulation} sim */
export function startJobs(sim) {
  repeat(sim, 'report-runner', 12 * minuteUs, minuteUs, runReport)
  repeat(sim, 'ledger-batch', 5 * minuteUs, 2 * minuteUs, runLedger)
  repeat(sim, 'release-controller', 30 * secondUs, 4 * secondUs, reconcile)
}

/**
 * @param {Simulation} sim
 * @param {string} name of the service
 * @param {number} everyUs
 * @param {number} firstUs
 * @param {(job: Job) => void} run
 */
function repeat(sim, name, everyUs, firstUs, run) {
  const random = sim.random(name)
  const again = (/** @type {number} */ nowUs) => {
    run({ sim, random, name, nowUs })
    sim.at(nowUs + everyUs + random.int(0, Math.floor(everyUs / 20)), again)
  }
  sim.at(sim.startUs + firstUs + random.int(0, 5 * secondUs), again)
}

/** @typedef {{ sim: Simulation, random: import('../base/random.mjs').Random, name: string, nowUs: number }} Job */

/** @param {Job} job @param {string} title */
function begin({ sim, random, name, nowUs }, title) {
  const service = present(sim.world.services.get(name))
  const pod = present(service.pods[0])
  const trace = new Trace(sim)
  const span = trace.open({
    name: title,
    kind: 1,
    scope: name,
    resource: sim.resources.pod(pod),
    fromUs: nowUs,
    attributes: { 'job.name': title },
  })
  /** @type {import('../work/request.mjs').Serving} */
  const serving = {
    sim,
    random,
    trace,
    service,
    pod,
    person: undefined,
    span,
    path: title,
    objectId: random.int(0, 9_999),
    facts: {},
  }
  return { trace, span, serving }
}

/** One statement after the other; each wakes by itself, so that a long run is not held in memory. @param {Job} job */
function runReport(job) {
  const { sim, random } = job
  const step = (/** @type {number} */ left, /** @type {number} */ nowUs) => {
    const { trace, span, serving } = begin({ ...job, nowUs }, 'report')
    const { toUs } = runStatement(serving, random.draw(reports), nowUs)
    span.toUs = toUs
    trace.end()
    if (left > 0) sim.at(toUs + random.around(400_000), (next) => step(left - 1, next))
  }
  step(random.int(8, 30), job.nowUs)
}

/** @param {Job} job */
function runLedger(job) {
  const { random, nowUs } = job
  const { trace, span, serving } = begin(job, 'ledger run')
  let atUs = runStatement(serving, statements.openPayments, nowUs + 2_000).toUs
  for (let left = random.int(4, 18); left > 0; left--) {
    for (const statement of [statements.ledgerInsert, statements.paymentUpdate]) {
      const done = runStatement(serving, statement, atUs + random.int(300, 2_000))
      atUs = done.toUs
      if (done.error !== undefined) span.error = done.error
    }
  }
  span.toUs = atUs + random.int(300, 2_000)
  trace.end()
}

/** @param {Job} job */
function reconcile(job) {
  const { random, nowUs } = job
  const { trace, span, serving } = begin(job, 'reconcile')
  let done = requestCluster(serving, 'listDeployments', nowUs + random.int(200, 900))
  if (done.error === undefined && random.chance(0.6)) {
    done = requestCluster(serving, 'getDeployment', done.toUs + random.int(200, 900))
    if (done.error === undefined && random.chance(0.3))
      done = requestCluster(serving, 'updateStatus', done.toUs + random.int(200, 900))
  }
  span.toUs = done.toUs + random.int(100, 900)
  if (done.error !== undefined) span.error = done.error
  trace.end()
}
