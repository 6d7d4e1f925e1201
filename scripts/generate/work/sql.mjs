/** Statements: what the client's span shows, and what the server logs of it. */

import { refusalOf } from '../incidents/refusals.mjs'
import { auditField, sessionId } from '../sources/postgres.mjs'
import { database, pooler } from '../world.mjs'

/**
 * @typedef {import('./request.mjs').Serving} Serving
 * @typedef {import('../catalogue/statements.mjs').Statement} Statement
 * @typedef {import('../sources/postgres.mjs').Connection} Connection
 */

const scope = '@opentelemetry/instrumentation-pg'

/**
 * @param {Serving} serving
 * @param {Statement} statement
 * @param {number} fromUs
 * @returns {{ toUs: number, error?: string }}
 */
export function runStatement(serving, statement, fromUs) {
  const { sim, random } = serving
  const first = attempt(serving, statement, fromUs, random.chance(sim.options.axes.retries))
  if (first.error !== 'could not serialize access due to concurrent update') return first
  return attempt(serving, statement, first.toUs + random.around(20_000), false)
}

/** @param {Serving} serving @param {Statement} statement @param {number} fromUs @param {boolean} fails @returns {{ toUs: number, error?: string }} */
function attempt(serving, statement, fromUs, fails) {
  const { sim, trace, random, pod, service, span: above } = serving
  const { connection, readyUs } = connectionFor(serving, fromUs)
  const fate = sim.ids.fate()
  const span = trace.open({
    name: `pg.query:${statement.command} ${service.database}`,
    kind: 3,
    scope,
    resource: sim.resources.pod(pod),
    fromUs: readyUs,
    above,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': service.database,
      'db.query.text': statement.text,
      'server.address': sim.options.axes.pooler ? pooler.address : database.address,
      'server.port': database.port,
    },
  })
  span.fate = fate
  const beginUs = readyUs + random.int(120, 700)
  span.toUs = beginUs + random.around(statement.typicalUs) + random.int(120, 700)
  connection.busyUntilUs = span.toUs
  // What is not instrumented has no context to write.
  const context = span.recorded
    ? sim.ids.carried(fate, 'traceparent', `00-${trace.traceId}-${span.spanId}-${trace.sampled ? '01' : '00'}`)
    : undefined
  if (context === undefined) span.fate = 'removed'
  const text = `${statement.text}${comment(serving, context)}`
  // People who have a role of their own have their rights through a group.
  const holder = sim.options.axes.actors === 'person' ? 'app_users' : connection.role
  const refusal = refusalOf(
    sim,
    statement.tables.map((table) => `pg/${holder}/${table}`),
  )
  const facts = { what: 'statement', service: service.name, role: connection.role, ...serving.facts }
  if (refusal !== undefined) {
    const table = refusal.name
    const message = `permission denied for table ${table}`
    span.error = message
    span.attributes['db.response.status_code'] = '42501'
    sim.pools.log(
      connection,
      beginUs,
      trace,
      span,
      { message, tag: statement.command, severity: 'ERROR', state: '42501', statement: text },
      { ...facts, outcome: 'denied', ...refusal.facts() },
    )
    return { toUs: span.toUs, error: message }
  }
  writeAudit(serving, connection, beginUs, statement, text, span, facts)
  if (!fails || statement.class !== 'WRITE') return { toUs: span.toUs }
  const message = 'could not serialize access due to concurrent update'
  span.error = message
  span.attributes['db.response.status_code'] = '40001'
  const entry = /** @type {const} */ ({ message, tag: statement.command, severity: 'ERROR', state: '40001' })
  sim.pools.log(
    connection,
    span.toUs - 300,
    trace,
    span,
    { ...entry, statement: text },
    { ...facts, outcome: 'failed' },
  )
  return { toUs: span.toUs, error: message }
}

/**
 * With `pgaudit.log_relation`, a record for each table; one without a name for what is about none.
 *
 * @param {Pick<Serving, 'sim' | 'trace'>} serving
 * @param {Connection} connection
 * @param {number} timeUs
 * @param {{ class: string, command: string, tables: readonly string[] }} statement
 * @param {string} text
 * @param {import('./trace.mjs').OpenSpan | undefined} span
 * @param {import('./trace.mjs').Facts} facts
 * @returns {string} the id of the first record
 */
export function writeAudit({ sim, trace }, connection, timeUs, statement, text, span, facts) {
  connection.statement++
  const objects = statement.tables.length === 0 ? [''] : statement.tables.map((table) => `public.${table}`)
  const ids = objects.map(
    (object) => `${sessionId(connection)}/${connection.statement}.1${object === '' ? '' : `/${object}`}`,
  )
  for (const [index, object] of objects.entries()) {
    const head = `SESSION,${connection.statement},1,${statement.class},${statement.command},TABLE,${object}`
    const message = `AUDIT: ${head},${auditField(text)},<not logged>`
    sim.pools.log(connection, timeUs + 40 * index, trace, span, { message, tag: statement.command }, facts, ids[index])
  }
  return ids[0] ?? ''
}

/** @param {Serving} serving @param {number} fromUs */
function connectionFor(serving, fromUs) {
  const { sim, trace, service, pod, person, span: above } = serving
  const { axes } = sim.options
  const role = axes.actors === 'person' && person !== undefined ? person.name : service.dbRole
  const address = axes.pooler ? pooler.address : pod.address
  const client = {
    key: `${role} ${service.database} ${axes.pooler ? '' : pod.name}`,
    role,
    database: service.database,
    application: axes.pooler ? '' : service.name,
    address,
  }
  return sim.pools.take(client, fromUs, trace, (beginUs, toUs) => {
    const span = trace.open({
      name: 'pg.connect',
      kind: 3,
      scope,
      resource: sim.resources.pod(pod),
      fromUs: beginUs,
      above,
      attributes: {
        'db.system.name': 'postgresql',
        'db.namespace': service.database,
        'server.address': address === pooler.address ? pooler.address : database.address,
        'server.port': database.port,
      },
    })
    span.fate = 'removed'
    span.toUs = toUs
    return span
  })
}

/** As sqlcommenter writes it. @param {Serving} serving @param {string | undefined} context */
function comment({ sim, service, path }, context) {
  const tags = [
    ...(sim.options.axes['sql-tags'] ? [`application='${service.name}'`, `route='${encodeURIComponent(path)}'`] : []),
    ...(context === undefined ? [] : [`traceparent='${context}'`]),
  ]
  return tags.length === 0 ? '' : ` /*${tags.join(',')}*/`
}
