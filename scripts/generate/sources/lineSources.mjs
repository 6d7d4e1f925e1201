/** Logs of one line a record: the API server's audit log, Okta's system log, the gateway's access log. */

import { rotatedLines } from '../base/files.mjs'
import { compactMinute } from '../base/time.mjs'
import { auditSource } from './auditSource.mjs'

/**
 * @typedef {import('../simulation.mjs').Simulation} Simulation
 * @typedef {import('../base/clock.mjs').Clock} Clock
 */

/**
 * @param {Simulation} sim
 * @param {Clock} clock
 * @param {import('../options.mjs').Source} name
 * @param {(stamp: string) => string} path
 * @param {number} maxLines
 */
function lineSource(sim, clock, name, path, maxLines) {
  const lines = rotatedLines({
    root: sim.out,
    name: (_index, shownUs) => path(compactMinute(shownUs).slice(0, 13)),
    maxLines,
    closed: (file, count) => sim.truth.file(file, count),
  })
  return auditSource({
    name,
    clock,
    sim,
    write: (text, shownUs, { id, facts }) => {
      lines.room(1)
      sim.truth.event(name, id, lines.write(text, shownUs), facts)
    },
    close: lines.close,
  })
}

/** @param {Simulation} sim @param {Clock} clock */
export const kubernetesSource = (sim, clock) =>
  lineSource(sim, clock, 'k8s_audit', numbered('kubernetes/audit', 'log'), 400_000)

/** @param {Simulation} sim @param {Clock} clock */
export const oktaSource = (sim, clock) => lineSource(sim, clock, 'okta', numbered('okta/system-log', 'jsonl'), 200_000)

/** @param {Simulation} sim @param {Clock} clock */
export const accessLogSource = (sim, clock) =>
  lineSource(
    sim,
    clock,
    'http_access',
    numbered('gateway/access', sim.options.axes['http-format'] === 'json' ? 'jsonl' : 'log'),
    500_000,
  )

/** Files that begin in the same minute differ by a number. @param {string} stem @param {string} extension */
function numbered(stem, extension) {
  let count = 0
  return (/** @type {string} */ stamp) => `${stem}-${stamp}-${String(++count).padStart(4, '0')}.${extension}`
}
