/** Connections to the database: pools of the services, and single ones of people and tools. */
import { minuteUs } from '../base/time.mjs'
import { logEntry, sessionId } from '../sources/postgres.mjs'
import { Trace } from './trace.mjs'

/** @typedef {import('../sources/postgres.mjs').Connection} Connection */

/**
 * @typedef {object} Client
 * @property {string} key connections are shared by what has the same key
 * @property {string} role
 * @property {string} database
 * @property {string} application
 * @property {string} address
 */

const idleUs = 10 * minuteUs
const connectUs = 9_000

export class ConnectionPools {
  /** @type {Map<string, Connection[]>} */
  #pools = new Map()
  #pid = 2_300
  #sim

  /** @param {import('../simulation.mjs').Simulation} sim */
  constructor(sim) {
    this.#sim = sim
    this.#random = sim.random('connections')
  }

  /** @type {import('../base/random.mjs').Random} */
  #random

  /** Begins to close what is idle. */
  start() {
    const round = (/** @type {number} */ nowUs) => {
      for (const [key, pool] of this.#pools) {
        for (const connection of pool.filter(({ busyUntilUs }) => busyUntilUs + idleUs < nowUs)) {
          pool.splice(pool.indexOf(connection), 1)
          this.close(connection, nowUs + this.#random.int(0, 900_000))
        }
        if (pool.length === 0) this.#pools.delete(key)
      }
      this.#sim.at(nowUs + minuteUs, round)
    }
    this.#sim.at(this.#sim.nowUs + minuteUs, round)
  }

  get size() {
    let size = 0
    for (const pool of this.#pools.values()) size += pool.length
    return size
  }

  /**
   * A connection that is free at this time, or a new one; the caller sets until when it is busy.
   *
   * @param {Client} client
   * @param {number} fromUs
   * @param {Trace} trace
   * @param {(fromUs: number, toUs: number) => import('./trace.mjs').OpenSpan | undefined} connectSpan
   * @returns {{ connection: Connection, readyUs: number }}
   */
  take(client, fromUs, trace, connectSpan) {
    const pool = this.#pools.get(client.key) ?? []
    this.#pools.set(client.key, pool)
    const free = pool.find(({ busyUntilUs }) => busyUntilUs < fromUs)
    if (free !== undefined) return { connection: free, readyUs: fromUs }
    const readyUs = fromUs + this.#random.around(connectUs)
    const connection = this.open(client, fromUs, trace, connectSpan(fromUs, readyUs))
    pool.push(connection)
    return { connection, readyUs }
  }

  /**
   * @param {Omit<Client, 'key'>} client
   * @param {number} fromUs
   * @param {Trace} trace
   * @param {import('./trace.mjs').OpenSpan | undefined} span
   * @returns {Connection}
   */
  open({ role, database, application, address }, fromUs, trace, span) {
    const sim = this.#sim
    this.#pid = this.#pid > 60_000 ? 2_300 : this.#pid + this.#random.int(1, 9)
    /** @type {Connection} */
    const connection = {
      key: '',
      role,
      database,
      application,
      address,
      port: this.#random.int(33_000, 60_900),
      pid: this.#pid,
      sinceUs: sim.clocks.pgaudit.at(fromUs + 1_000),
      busyUntilUs: fromUs,
      line: 0,
      statement: 0,
      lastShownUs: 0,
    }
    const host = `host=${address} port=${connection.port}`
    this.log(connection, fromUs + 1_000, trace, undefined, {
      message: `connection received: ${host}`,
      tag: '',
      early: true,
    })
    const name = application === '' ? '' : ` application_name=${application}`
    const message = `connection authorized: user=${role} database=${database}${name}`
    this.log(connection, fromUs + 5_000, trace, span, { message, tag: 'authentication' }, { what: 'connect' })
    return connection
  }

  /** @param {Connection} connection @param {number} timeUs */
  close(connection, timeUs) {
    const trace = new Trace(this.#sim, { untraced: 'session_end' })
    const seconds = Math.max(1, Math.round((timeUs - connection.sinceUs) / 1_000_000))
    const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
    const [hours = 0, ...rest] = clock
    const length = `${hours}:${rest.map((part) => String(part).padStart(2, '0')).join(':')}.000`
    const { role, database, address, port } = connection
    const message = `disconnection: session time: ${length} user=${role} database=${database} host=${address} port=${port}`
    this.log(connection, timeUs, trace, undefined, { message, tag: 'idle' }, { what: 'disconnect' })
    trace.end()
  }

  /**
   * Writes an entry of this connection.
   *
   * @param {Connection} connection
   * @param {number} timeUs
   * @param {Trace} trace
   * @param {import('./trace.mjs').OpenSpan | undefined} span
   * @param {import('../sources/postgres.mjs').Entry} entry
   * @param {import('./trace.mjs').Facts} [facts] none for what is no access event
   * @param {string} [id] of an audit record; others have the number of their line
   */
  log(connection, timeUs, trace, span, entry, facts, id) {
    const { axes } = this.#sim.options
    const render = logEntry(connection, entry, axes['pg-format'], this.#sim.clocks.pgaudit.precision)
    const record = { timeUs, render, id: id ?? `${sessionId(connection)}#${connection.line}`, sequence: connection }
    trace.audit(this.#sim.postgres, record, span, facts ?? { not_an_event: true })
  }
}
