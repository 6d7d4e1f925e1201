/** What a traced service does outside itself: the span, and the record that the other side keeps of it. */
import { exception, recordSpan, scopes } from '../formats/otlp.mjs'
import { addresses, region } from '../world.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene @typedef {import('../random.mjs').Random} Random */

/**
 * A traced statement: the span, and the server's record with the span's context in a comment.
 *
 * @param {Scene} scene
 * @param {Random} random
 * @param {{ traceId: string, parent: string, pod: import('../world.mjs').Pod, query: import('./routes.mjs').Query, fromUs: number, role?: string, lastsUs?: number, failure?: { state: string, message: string }, comment?: string }} of
 *   `comment` replaces the trace context
 * @returns {number} its end
 */
export function addQuery(
  scene,
  random,
  {
    traceId,
    parent,
    pod,
    query: { text, table, command, class: kind, typicalUs, rows },
    fromUs,
    role = 'orders_app',
    lastsUs,
    failure,
    comment,
  },
) {
  const toUs = fromUs + (lastsUs ?? random.around(typicalUs))
  const spanId = random.hex(16)
  recordSpan(scene, random, {
    pod,
    traceId,
    parent,
    name: 'pg-pool.connect',
    kind: 3,
    scope: scopes.postgres,
    fromUs: fromUs - 220,
    toUs: fromUs - 40,
    attributes: { 'db.system.name': 'postgresql', 'db.namespace': 'shop', 'server.address': addresses.database },
  })
  recordSpan(scene, random, {
    pod,
    traceId,
    spanId,
    parent,
    name: `pg.query:${command} shop`,
    kind: 3,
    scope: scopes.postgres,
    fromUs,
    toUs,
    attributes: {
      'db.system.name': 'postgresql',
      'db.namespace': 'shop',
      'db.user': role,
      'server.address': addresses.database,
      'server.port': 5432,
      'db.query.text': text,
    },
    ...(failure === undefined
      ? {}
      : { error: failure.message, events: [exception(failure.message, toUs - 100, 'DatabaseError')] }),
  })
  const said = comment ?? `traceparent='00-${traceId}-${spanId}-01'`
  scene.database.push({
    fromUs: fromUs + 300,
    toUs: toUs - Math.min(300, Math.floor((toUs - fromUs) / 4)),
    client: { address: pod.address, role, database: 'shop', application: pod.service },
    text: said === '' ? text : `${text} /*${said}*/`,
    command,
    class: kind,
    table,
    rows,
    ...(failure === undefined ? {} : { failure }),
  })
  return toUs
}

/** @param {string} service @param {string} method @param {string} requestId @param {number} status */
export const awsAttributes = (service, method, requestId, status) => ({
  'rpc.system': 'aws-api',
  'rpc.service': service,
  'rpc.method': method,
  'aws.request_id': requestId,
  'cloud.region': region,
  'http.response.status_code': status,
})
