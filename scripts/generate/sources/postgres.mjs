/**
 * The server log of PostgreSQL 15 with pgAudit (`pgaudit.log_relation`), as csvlog, jsonlog or plain log. Audit records
 * are written when a statement begins to run.
 */

import { rotatedLines } from '../base/files.mjs'
import { isoTime, logTime, secondUs } from '../base/time.mjs'
import { auditSource } from './auditSource.mjs'

/**
 * @typedef {object} Connection
 * @property {string} key what shares it
 * @property {string} role
 * @property {string} database
 * @property {string} application
 * @property {string} address
 * @property {number} port
 * @property {number} pid
 * @property {number} sinceUs on the server's clock
 * @property {number} busyUntilUs
 * @property {number} line
 * @property {number} statement
 * @property {number} lastShownUs
 *
 * @typedef {object} Entry
 * @property {string} message
 * @property {string} tag
 * @property {'LOG' | 'ERROR' | 'FATAL'} [severity]
 * @property {string} [state]
 * @property {string} [detail]
 * @property {string} [statement] the failed one
 * @property {boolean} [early] before the client is known
 */

const extensions = { csv: 'csv', json: 'json', stderr: 'log' }

/** @param {import('../simulation.mjs').Simulation} sim @param {import('../base/clock.mjs').Clock} clock */
export function postgresSource(sim, clock) {
  const format = sim.options.axes['pg-format']
  let count = 0
  const lines = rotatedLines({
    root: sim.out,
    name: (_index, shownUs) => {
      const stamp = isoTime(shownUs, 's').replaceAll(':', '').replace('T', '_')
      return `postgresql/postgresql-${stamp}-${String(++count).padStart(4, '0')}.${extensions[format]}`
    },
    maxLines: 500_000,
    closed: (file, written) => sim.truth.file(file, written),
  })
  return auditSource({
    name: 'pgaudit',
    clock,
    sim,
    write: (text, shownUs, { id, facts }) => {
      const parts = text.split('\n')
      lines.room(parts.length)
      const [first = '', ...rest] = parts
      const place = lines.write(first, shownUs)
      for (const part of rest) lines.write(part, shownUs)
      if (facts.not_an_event !== true) sim.truth.event('pgaudit', id, place, facts)
    },
    close: lines.close,
  })
}

/** @param {Connection} connection */
export const sessionId = ({ sinceUs, pid }) => `${Math.floor(sinceUs / secondUs).toString(16)}.${pid.toString(16)}`

/**
 * @param {Connection} connection its line number is counted up
 * @param {Entry} entry
 * @param {'csv' | 'json' | 'stderr'} format
 * @param {import('../base/time.mjs').Precision} precision
 * @returns {(shownUs: number) => string}
 */
export function logEntry(connection, entry, format, precision) {
  connection.line++
  const line = connection.line
  const transaction = connection.statement
  if (format === 'csv') return (shownUs) => csvLine(connection, entry, line, transaction, logTime(shownUs, precision))
  if (format === 'json') return (shownUs) => jsonLine(connection, entry, line, transaction, logTime(shownUs, precision))
  return (shownUs) => plainLines(connection, entry, logTime(shownUs, precision))
}

/** @param {Connection} c @param {Entry} entry @param {number} line @param {number} transaction @param {string} time */
function csvLine(
  c,
  { message, tag, severity = 'LOG', state = '00000', detail = '', statement = '', early },
  line,
  transaction,
  time,
) {
  const known = early !== true
  return [
    time,
    known ? quote(c.role) : '',
    known ? quote(c.database) : '',
    c.pid,
    quote(`${c.address}:${c.port}`),
    sessionId(c),
    line,
    `"${tag}"`,
    logTime(c.sinceUs, 's'),
    known && tag !== 'idle' ? `${(c.pid % 90) + 3}/${transaction}` : '',
    0,
    severity,
    state,
    quote(message),
    quote(detail),
    '',
    '',
    '',
    '',
    quote(statement),
    '',
    '',
    `"${known && tag !== 'authentication' ? c.application : ''}"`,
    known ? '"client backend"' : '"not initialized"',
    '',
    0,
  ].join(',')
}

/** @param {Connection} c @param {Entry} entry @param {number} line @param {number} transaction @param {string} time */
function jsonLine(c, { message, tag, severity = 'LOG', state, detail, statement, early }, line, transaction, time) {
  const known = early !== true
  return JSON.stringify({
    timestamp: time,
    ...(known ? { user: c.role, dbname: c.database } : {}),
    pid: c.pid,
    remote_host: c.address,
    remote_port: c.port,
    session_id: sessionId(c),
    line_num: line,
    ps: tag,
    session_start: logTime(c.sinceUs, 's'),
    ...(known && tag !== 'idle' ? { vxid: `${(c.pid % 90) + 3}/${transaction}` } : {}),
    txid: 0,
    error_severity: severity,
    ...(state === undefined ? {} : { state_code: state }),
    message,
    ...(detail === undefined ? {} : { detail }),
    ...(statement === undefined ? {} : { statement }),
    ...(known && tag !== 'authentication' ? { application_name: c.application } : {}),
    backend_type: known ? 'client backend' : 'not initialized',
    query_id: 0,
  })
}

/** `log_line_prefix = '%m [%p] %q%u@%d/%a %r '`, or `%t` for whole seconds. @param {Connection} c @param {Entry} entry @param {string} time */
function plainLines(c, { message, tag, severity = 'LOG', detail, statement, early }, time) {
  const known = early !== true
  const application = known && tag !== 'authentication' ? c.application : ''
  const who = known
    ? `${c.role}@${c.database}/${application === '' ? '[unknown]' : application}`
    : '[unknown]@[unknown]/[unknown]'
  const prefix = `${time} [${c.pid}] ${who} ${c.address}(${c.port}) `
  return [
    `${prefix}${severity}:  ${message}`,
    ...(detail === undefined ? [] : [`${prefix}DETAIL:  ${detail}`]),
    ...(statement === undefined ? [] : [`${prefix}STATEMENT:  ${statement}`]),
  ].join('\n')
}

/** @param {string} text */
const quote = (text) => (text === '' ? '' : `"${text.replaceAll('"', '""')}"`)

/** pgAudit quotes inside its own CSV only what needs it. @param {string} text */
export const auditField = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
