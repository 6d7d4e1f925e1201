/**
 * PostgreSQL's csvlog (manual, 20.8.4) with pgAudit records. Settings of the pretended server: log_connections,
 * log_disconnections, log_min_duration_statement = 1s, pgaudit.log = 'read,write,ddl,role', log_relation, log_rows.
 */
import { logMillis, minuteUs, secondUs } from '../time.mjs'

/**
 * @typedef {object} Client
 * @property {string} [address] without it the local socket
 * @property {string} role
 * @property {string} database
 * @property {string} application
 * @property {string} [session] works of one name share a connection and its order; without it, a pool does
 *
 * @typedef {object} Work
 * @property {number} fromUs
 * @property {number} toUs
 * @property {Client} client
 * @property {string} [text] the statement as sent, comments included
 * @property {string} [command]
 * @property {'READ' | 'WRITE' | 'DDL' | 'ROLE'} [class]
 * @property {string} [table]
 * @property {number} [rows]
 * @property {{ state: string, message: string, severity?: 'ERROR' | 'FATAL', detail?: string }} [failure]
 */

const idleUs = 12 * minuteUs
const loggedFromUs = secondUs

/**
 * @typedef {object} Connection
 * @property {Client} client
 * @property {number} pid
 * @property {number} port
 * @property {number} sinceUs
 * @property {number} busyUntilUs
 * @property {number} line
 * @property {number} statement
 *
 * @typedef {{ timeUs: number, fields: readonly string[] }} Row
 */

/**
 * @param {import('../scene.mjs').Scene} scene
 * @returns {string} the log, rows in the order of time
 */
export function csvLog(scene) {
  const random = scene.random('database server')
  /** @type {Row[]} */
  const rows = []
  /** @type {Map<string, Connection[]>} */
  const pools = new Map()
  let pid = 4_100
  for (const work of [...scene.database].sort((a, b) => a.fromUs - b.fromUs)) {
    const key = work.client.session ?? `${work.client.role}/${work.client.application}/${work.client.address}`
    const pool = pools.get(key) ?? []
    pools.set(key, pool)
    for (const idle of pool.filter(({ busyUntilUs }) => busyUntilUs + idleUs < work.fromUs)) {
      close(rows, idle, idle.busyUntilUs + idleUs)
      pool.splice(pool.indexOf(idle), 1)
    }
    let connection = pool.find(({ busyUntilUs }) => busyUntilUs < work.fromUs)
    if (connection === undefined) {
      pid += random.int(1, 9)
      connection = open(rows, work, pid, random.int(33_000, 60_900))
      if (work.failure?.severity === 'FATAL') continue
      pool.push(connection)
    }
    run(rows, connection, work)
  }
  for (const [key, pool] of pools) {
    // The pools of running services stay open when the recording ends.
    for (const connection of pool)
      if (key.startsWith('session ')) close(rows, connection, connection.busyUntilUs + secondUs)
  }
  return rows
    .sort((a, b) => a.timeUs - b.timeUs)
    .map(({ fields }) => `${fields.join(',')}\n`)
    .join('')
}

/** @param {Row[]} rows @param {Work} work @param {number} pid @param {number} port @returns {Connection} */
function open(rows, work, pid, port) {
  const { client, failure } = work
  const beganUs = work.fromUs - 14_000
  /** @type {Connection} */
  const connection = { client, pid, port, sinceUs: beganUs, busyUntilUs: work.fromUs - 1_000, line: 0, statement: 0 }
  const host = client.address === undefined ? 'host=[local]' : `host=${client.address} port=${port}`
  log(rows, connection, { timeUs: beganUs, tag: '', message: `connection received: ${host}`, early: true })
  if (failure?.severity === 'FATAL') {
    const { state, message, detail } = failure
    log(rows, connection, {
      timeUs: work.fromUs,
      tag: 'authentication',
      severity: 'FATAL',
      state,
      message,
      detail: detail ?? '',
    })
  } else {
    const message = `connection authorized: user=${client.role} database=${client.database} application_name=${client.application}`
    log(rows, connection, { timeUs: work.fromUs - 5_000, tag: 'authentication', message })
  }
  return connection
}

/** @param {Row[]} rows @param {Connection} connection @param {number} timeUs */
function close(rows, connection, timeUs) {
  const { client, port } = connection
  const lasted = timeUs - connection.sinceUs
  const minutes = Math.floor(lasted / minuteUs)
  const clock = `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${((lasted % minuteUs) / secondUs).toFixed(3).padStart(6, '0')}`
  const host = client.address === undefined ? 'host=[local]' : `host=${client.address} port=${port}`
  const message = `disconnection: session time: ${clock} user=${client.role} database=${client.database} ${host}`
  log(rows, connection, { timeUs, tag: 'idle', message })
}

/** @param {Row[]} rows @param {Connection} connection @param {Work} work */
function run(rows, connection, work) {
  const { text = '', command = 'SELECT', failure } = work
  // With row counts, pgAudit writes when the statement ends.
  const timeUs = Math.max(work.fromUs, work.toUs - 700)
  connection.busyUntilUs = work.toUs
  if (failure !== undefined) {
    const { state, message, detail = '' } = failure
    log(rows, connection, { timeUs, tag: command, severity: 'ERROR', state, message, detail, query: text })
    return
  }
  connection.statement += 1
  const object = work.table === undefined ? ',' : `TABLE,${work.table}`
  const record = [
    `SESSION,${connection.statement},1,${work.class ?? 'READ'},${command},${object}`,
    `${quoteInside(text)},<not logged>,${work.rows ?? 0}`,
  ]
  log(rows, connection, { timeUs, tag: command, message: `AUDIT: ${record.join(',')}` })
  const tookUs = work.toUs - work.fromUs
  if (tookUs >= loggedFromUs) {
    log(rows, connection, {
      timeUs: work.toUs - 100,
      tag: command,
      message: `duration: ${(tookUs / 1000).toFixed(3)} ms  statement: ${text}`,
    })
  }
}

/**
 * @param {Row[]} rows
 * @param {Connection} connection
 * @param {{ timeUs: number, tag: string, message: string, severity?: string, state?: string, detail?: string, query?: string, early?: boolean }} entry
 */
function log(
  rows,
  connection,
  { timeUs, tag, message, severity = 'LOG', state = '00000', detail = '', query = '', early = false },
) {
  const { client, pid, port, sinceUs } = connection
  connection.line += 1
  const from = client.address === undefined ? '[local]' : `${client.address}:${port}`
  const session = `${Math.floor(sinceUs / secondUs).toString(16)}.${pid.toString(16)}`
  const virtual = early || tag === 'idle' ? '' : `${(pid % 90) + 3}/${connection.line}`
  rows.push({
    timeUs,
    fields: [
      logMillis(timeUs),
      early ? '' : quote(client.role),
      early ? '' : quote(client.database),
      String(pid),
      quote(from),
      session,
      String(connection.line),
      `"${tag}"`,
      logMillis(sinceUs).replace(/\.\d+/, ''),
      virtual,
      '0',
      severity,
      state,
      quote(message),
      quote(detail),
      ...['', '', '', ''],
      quote(query),
      ...['', ''],
      `"${early || tag === 'authentication' ? '' : client.application.replaceAll('"', '""')}"`,
      early ? '"not initialized"' : '"client backend"',
      '',
      '0',
    ],
  })
}

/** @param {string} text */
const quote = (text) => (text === '' ? '' : `"${text.replaceAll('"', '""')}"`)
/** pgAudit quotes inside its own CSV only what needs it. @param {string} text */
const quoteInside = (text) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
