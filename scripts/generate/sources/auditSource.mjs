/**
 * What the audit logs share: records come in any order of the near future, get the time that the source's clock shows,
 * are lost or not, and leave in the order of that time. Only the near future is held.
 */
import { Heap } from '../base/heap.mjs'
import { secondUs } from '../base/time.mjs'

/**
 * @typedef {import('../options.mjs').Source} Source
 *
 * What is known of a record besides what it says; becomes its row of the truth.
 * @typedef {Record<string, unknown>} Facts
 *
 * @typedef {object} AuditRecord
 * @property {number} timeUs true time of what the source states
 * @property {(shownUs: number) => string} render the record as it stands in the file, from the time to state
 * @property {string} [id] the source's own id
 * @property {{ lastShownUs: number }} [sequence] records of one sequence keep their order
 *
 * @typedef {'record_dropped' | 'silent_source' | 'source_not_collected'} Loss
 *
 * @typedef {object} AuditSource
 * @property {Source} name
 * @property {import('../base/clock.mjs').Clock} clock
 * @property {(record: AuditRecord, facts: Facts) => Loss | undefined} emit why it is lost, if it is
 * @property {(nowUs: number) => void} flush nothing earlier than this will come
 * @property {() => void} close
 */

/** Records may be this much older than what was emitted before them. */
const slackUs = 2 * secondUs

/**
 * @param {object} parts
 * @param {Source} parts.name
 * @param {import('../base/clock.mjs').Clock} parts.clock
 * @param {import('../simulation.mjs').Simulation} parts.sim
 * @param {(text: string, shownUs: number, known: { id: string | undefined, facts: Facts }) => void} parts.write
 * @param {(shownUs: number) => void} [parts.passed] called when the clock has passed this time
 * @param {() => void} parts.close
 * @returns {AuditSource}
 */
export function auditSource({ name, clock, sim, write, passed, close }) {
  const random = sim.random(`log ${name}`)
  const enabled = sim.options.axes.sources.includes(name)
  /** @type {Heap<{ text: string, id: string | undefined, facts: Facts }>} */
  const waiting = new Heap()
  /** @param {number} untilUs on the source's clock */
  const release = (untilUs) => {
    for (let first = waiting.first; first !== undefined && first.key <= untilUs; first = waiting.first) {
      waiting.pop()
      passed?.(first.key)
      write(first.item.text, first.key, first.item)
    }
  }
  return {
    name,
    clock,
    emit: ({ timeUs, render, id, sequence }, facts) => {
      if (!enabled) return 'source_not_collected'
      if (facts.not_an_event !== true) sim.truth.produced(name)
      if (sim.silent.has(name)) return 'silent_source'
      if (random.chance(sim.options.axes['drop-audit'])) return 'record_dropped'
      let shownUs = clock.noisy(timeUs)
      if (sequence !== undefined) {
        shownUs = Math.max(shownUs, sequence.lastShownUs + 1)
        sequence.lastShownUs = shownUs
      }
      const item = { text: render(clock.cut(shownUs)), id, facts: { ...facts, time_us: Math.round(timeUs) } }
      waiting.push(shownUs, random.next(), item)
      return undefined
    },
    flush: (nowUs) => release(clock.at(nowUs) - slackUs - 6 * clock.jitterUs),
    close: () => {
      release(Number.POSITIVE_INFINITY)
      close()
    },
  }
}
