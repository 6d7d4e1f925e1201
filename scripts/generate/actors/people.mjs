/** People at work: they sign in, do things with pauses between, and leave. Some try a wrong password first. */
import { busyness } from '../base/rhythm.mjs'
import { hourUs, minuteUs, secondUs } from '../base/time.mjs'
import { routeTable } from '../catalogue/routes.mjs'
import { visit } from '../work/request.mjs'
import { signIn, somebody } from '../work/signIn.mjs'

/** Requests in one session, mean. */
const sessionRequests = 25

/** @param {import('../simulation.mjs').Simulation} sim */
export function startPeople(sim) {
  const random = sim.random('people')
  const { concurrent, think } = sim.options.axes
  const thinkUs = think * secondUs
  const everyUs = (sessionRequests * thinkUs) / concurrent
  const arrive = (/** @type {number} */ nowUs) => {
    const rate = busyness(nowUs)
    // Sleeping through a quiet hour must not outlast it.
    const waitUs = random.exponential(everyUs / rate)
    sim.at(nowUs + Math.min(waitUs, hourUs), arrive)
    if (waitUs <= hourUs) begin(sim, random, nowUs, thinkUs)
  }
  sim.at(sim.startUs + random.int(0, secondUs), arrive)
  // When the recording begins, people are already at work.
  for (let index = 0; index < concurrent * busyness(sim.startUs); index++) {
    sim.at(sim.startUs + random.next() * thinkUs, (nowUs) => goOn(sim, random, somebody(sim, random), nowUs, thinkUs))
  }
}

/** @param {import('../simulation.mjs').Simulation} sim @param {import('../base/random.mjs').Random} random @param {number} nowUs @param {number} thinkUs */
function begin(sim, random, nowUs, thinkUs) {
  const person = somebody(sim, random)
  let atUs = nowUs
  if (random.chance(0.07))
    atUs = signIn(sim, random, { person, atUs, password: 'wrong' }).toUs + random.around(6 * secondUs)
  sim.at(atUs, (timeUs) => {
    const { toUs, status } = signIn(sim, random, { person, atUs: timeUs, password: 'right' })
    if (status < 400) sim.at(toUs + random.exponential(thinkUs), (next) => goOn(sim, random, person, next, thinkUs))
  })
}

/** @param {import('../simulation.mjs').Simulation} sim @param {import('../base/random.mjs').Random} random @param {import('../world.mjs').Person} person @param {number} nowUs @param {number} thinkUs */
function goOn(sim, random, person, nowUs, thinkUs) {
  const { toUs } = visit(sim, random, { person, route: random.draw(routeTable), atUs: nowUs })
  if (random.chance(1 / sessionRequests)) return
  sim.at(Math.max(toUs, nowUs + random.exponential(thinkUs)), (next) => goOn(sim, random, person, next, thinkUs))
}

/** Many requests within seconds: a script of a person, or a page that loads everything anew. @param {import('../simulation.mjs').Simulation} sim */
export function startBursts(sim) {
  const random = sim.random('bursts')
  const { bursts } = sim.options.axes
  if (bursts === 0) return
  let last = 0
  const look = (/** @type {number} */ nowUs) => {
    const total = sim.truth.total
    if (random.chance(Math.min(1, ((total - last) * bursts) / 1_000))) {
      const person = somebody(sim, random)
      const route = random.draw(routeTable)
      const many = random.int(12, 40)
      for (let index = 0; index < many; index++) {
        sim.at(nowUs + random.next() * 2 * secondUs, (atUs) => void visit(sim, random, { person, route, atUs }))
      }
    }
    last = total
    sim.at(nowUs + random.int(5, 15) * secondUs, look)
  }
  sim.at(sim.startUs + minuteUs / 2, look)
}
