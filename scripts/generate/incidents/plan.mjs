/** When which incident happens: each kind so often in so many events, spread over the workload. */
import { present } from '../base/random.mjs'
import { secondUs } from '../base/time.mjs'
import { bulkRead, credentialStuffing, outOfBandRead, roleChain, stolenKey } from './attacks.mjs'
import { policyChange } from './policyChange.mjs'

const eventsPerIncident = 5_000
const mostOfOneKind = 400

/** @type {readonly (readonly [string, Play])[]} */
const kinds = [
  ['out-of-band-read', outOfBandRead],
  ['stolen-key', stolenKey],
  ['role-chain', roleChain],
  ['credential-stuffing', credentialStuffing],
  ['bulk-read', bulkRead],
  ['policy-change-denial', policyChange],
]

/**
 * @typedef {object} Stage
 * @property {import('../simulation.mjs').Simulation} sim
 * @property {import('../base/random.mjs').Random} random
 * @property {number} nowUs
 * @property {import('../truth.mjs').Incident} incident
 * @property {number} size 0.2 to 1: small workloads have small incidents
 * @property {number} turn how many of its kind there were before
 *
 * @typedef {(stage: Stage) => boolean} Play false where it cannot happen now
 */

/** @param {import('../simulation.mjs').Simulation} sim */
export function startIncidents(sim) {
  const { scale, axes } = sim.options
  if (axes.incidents === 0) return
  const random = sim.random('incidents')
  const many = Math.min(mostOfOneKind, Math.max(1, Math.round((scale * axes.incidents) / eventsPerIncident)))
  const size = Math.min(1, Math.max(0.2, scale / 10_000))
  // Each kind in its own slices, so that none meets itself; the first events are left in peace.
  const due = kinds
    .flatMap(([kind, play]) =>
      Array.from({ length: many }, (_, turn) => ({
        kind,
        play,
        turn,
        at: 0.15 + (0.65 * (turn + random.next())) / many,
      })),
    )
    .sort((a, b) => a.at - b.at)
  let next = 0
  const look = (/** @type {number} */ nowUs) => {
    for (let item = due[next]; item !== undefined && item.at <= sim.progress; item = due[++next]) {
      const { kind, play, turn } = item
      begin(nowUs + random.int(0, secondUs), kind, play, turn)
    }
    if (next < due.length) sim.at(nowUs + secondUs, look)
  }
  /** @param {number} atUs @param {string} kind @param {Play} play @param {number} turn */
  const begin = (atUs, kind, play, turn) => {
    sim.at(atUs, (nowUs) => {
      const incident = { id: `${kind}-${turn + 1}`, kind, source: '', from_us: nowUs }
      if (play({ sim, random, nowUs, incident, size, turn })) sim.truth.incident(incident)
      else begin(nowUs + 2 * secondUs, kind, play, turn)
    })
  }
  sim.at(sim.startUs + 20 * secondUs, look)
}

/** Sources fall silent for a part of the workload. @param {import('../simulation.mjs').Simulation} sim */
export function startSilences(sim) {
  const names = sim.options.axes.silent
  if (names.length === 0) return
  /** @type {Map<string, { from: number, to: number, incident: import('../truth.mjs').Incident | undefined }>} */
  const planned = new Map(
    names.map((name, index) => [name, { from: 0.35 + 0.12 * index, to: 0.43 + 0.12 * index, incident: undefined }]),
  )
  const look = (/** @type {number} */ nowUs) => {
    for (const [name, plan] of planned) {
      if (sim.progress >= plan.from && plan.incident === undefined) {
        sim.silent.add(name)
        plan.incident = sim.truth.incident({ id: `silence-${name}`, kind: 'silence', source: name, from_us: nowUs })
      }
      if (sim.progress >= plan.to && sim.silent.delete(name)) present(plan.incident).to_us = nowUs
    }
    sim.at(nowUs + secondUs, look)
  }
  sim.at(sim.startUs + secondUs, look)
}
