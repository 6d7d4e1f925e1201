/** Logs of databases and web servers, traces and metrics: texts of lines, or of one document a line. */
import { isoMs, timeMs } from './random.mjs'

/** @typedef {import('./random.mjs').Draw} Draw */

const tables = ['orders', 'customers', 'invoices', 'payments', 'sessions']
const routes = ['/orders', '/orders/{id}', '/customers/{id}', '/login', '/report']

/** @param {Draw} draw */
const statement = (draw) =>
  draw.chance(0.8)
    ? `SELECT id, total FROM ${draw.one(tables)} WHERE customer_id = ${draw.few(90_000)} AND state = 's${draw.few(7)}' ORDER BY id LIMIT ${10 + draw.few(90)}`
    : `UPDATE ${draw.one(tables)} SET state = 'closed', note = 'n-${draw.hex(8)}' WHERE id = ${draw.few(900_000)}`

/**
 * A statement of the audit extension as csvlog of PostgreSQL 16 has it.
 * @param {Draw} draw
 * @param {number} index
 */
export function pgaudit(draw, index) {
  const text = statement(draw)
  const table = text.split(/ (?:FROM|UPDATE) |UPDATE /)[1]?.split(' ')[0] ?? 'orders'
  const at = `${isoMs(index).slice(0, 23).replace('T', ' ')} UTC`
  const kind = text.startsWith('SELECT') ? 'READ,SELECT' : 'WRITE,UPDATE'
  const message = `AUDIT: SESSION,${index + 1},1,${kind},TABLE,public.${table},"${text}",<none>,1`
  const quoted = `"${message.replaceAll('"', '""')}"`
  const session = `65a0${draw.few(4000).toString(16).padStart(4, '0')}.${(300 + draw.few(90)).toString(16)}`
  return `${at},"app_${draw.few(12)}","shop",${300 + draw.few(90)},"${draw.ip()}:${40_000 + draw.few(9000)}",${session},${index + 1},"${text.slice(0, 6)}",${at},4/${index},0,LOG,00000,${quoted},,,,,,,,,"orders-api","client backend",,${draw.few(90_000) * 77_777}`
}

/**
 * Combined format.
 * @param {Draw} draw
 * @param {number} index
 */
export function httpAccess(draw, index) {
  const [, month, day, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(timeMs(index)).toUTCString()) ?? []
  const path = draw.one(routes).replace('{id}', String(draw.few(90_000)))
  return `${draw.ip()} - user${draw.few(400)} [${month}/${day}/${year}:${time} +0000] "${draw.one(['GET', 'GET', 'POST', 'PUT'])} ${path}?page=${draw.few(40)} HTTP/1.1" ${draw.one([200, 200, 200, 304, 403, 404, 500])} ${draw.few(90_000)} "https://shop.example.com/" "${draw.agent()}"`
}

const text = (/** @type {string} */ key, /** @type {string} */ value) => ({ key, value: { stringValue: value } })

/**
 * One request of a trace: 8 spans.
 * @param {Draw} draw
 * @param {number} index
 */
export function otlpTraces(draw, index) {
  const traceId = draw.hex(32)
  const root = draw.hex(16)
  const spans = Array.from({ length: 8 }, (_, at) => {
    const start = BigInt(timeMs(index)) * 1_000_000n + BigInt(at * 1_100_000 + draw.few(99_999))
    return {
      traceId,
      spanId: at === 0 ? root : draw.hex(16),
      parentSpanId: at === 0 ? '' : root,
      name: at === 0 ? `GET ${draw.one(routes)}` : `SELECT ${draw.one(tables)}`,
      kind: at === 0 ? 2 : 3,
      startTimeUnixNano: String(start),
      endTimeUnixNano: String(start + 900_000n),
      attributes:
        at === 0
          ? [
              text('http.request.method', 'GET'),
              text('url.path', draw.one(routes)),
              text('client.address', draw.ip()),
              text('user.id', draw.person()),
              text('user_agent.original', draw.agent()),
            ]
          : [
              text('db.system.name', 'postgresql'),
              text('db.namespace', 'shop'),
              text('db.query.text', statement(draw)),
              text('server.address', 'orders-db'),
            ],
      status: {},
    }
  })
  const resource = {
    attributes: [
      text('service.name', `api-${draw.few(12)}`),
      text('k8s.pod.name', `api-${draw.hex(10)}`),
      text('host.name', `node-${draw.few(20)}`),
    ],
  }
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'http' }, spans }] }] }
}

/**
 * @param {Draw} draw
 * @param {number} index
 */
export function otlpLogs(draw, index) {
  const logRecords = Array.from({ length: 8 }, (_, at) => ({
    timeUnixNano: `${timeMs(index)}${String(at * 1000 + draw.few(999)).padStart(6, '0')}`,
    severityNumber: 9,
    severityText: 'INFO',
    body: { stringValue: `handled ${draw.one(routes)} in ${draw.few(900)} ms for ${draw.person()}` },
    attributes: [
      text('thread.name', `worker-${draw.few(16)}`),
      { key: 'http.response.status_code', value: { intValue: '200' } },
    ],
    traceId: draw.hex(32),
    spanId: draw.hex(16),
  }))
  const resource = { attributes: [text('service.name', `api-${draw.few(12)}`)] }
  return { resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'app' }, logRecords }] }] }
}

/**
 * @param {Draw} draw
 * @param {number} index
 */
export function otlpMetrics(draw, index) {
  const dataPoints = Array.from({ length: 8 }, () => ({
    attributes: [text('http.route', draw.one(routes)), text('http.request.method', 'GET')],
    startTimeUnixNano: `${timeMs(0)}000000`,
    timeUnixNano: `${timeMs(index)}000000`,
    asDouble: Math.round(draw.next() * 1e6) / 1e3,
  }))
  const metrics = [{ name: 'http.server.active_requests', unit: '{request}', gauge: { dataPoints } }]
  const resource = {
    attributes: [text('service.name', `api-${draw.few(12)}`), text('service.instance.id', draw.uuid())],
  }
  return { resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'http' }, metrics }] }] }
}

/**
 * @param {Draw} draw
 * @param {number} index
 */
export function jaeger(draw, index) {
  const traceID = draw.hex(32)
  const root = draw.hex(16)
  const spans = Array.from({ length: 8 }, (_, at) => ({
    traceID,
    spanID: at === 0 ? root : draw.hex(16),
    operationName: at === 0 ? `GET ${draw.one(routes)}` : `SELECT ${draw.one(tables)}`,
    references: at === 0 ? [] : [{ refType: 'CHILD_OF', traceID, spanID: root }],
    startTime: timeMs(index) * 1000 + at * 1100,
    duration: 900 + draw.few(900),
    tags: [
      { key: 'span.kind', type: 'string', value: at === 0 ? 'server' : 'client' },
      { key: 'db.statement', type: 'string', value: statement(draw) },
      { key: 'http.status_code', type: 'int64', value: 200 },
    ],
    logs: [],
    processID: 'p1',
  }))
  return {
    data: [
      {
        traceID,
        spans,
        processes: {
          p1: {
            serviceName: `api-${draw.few(12)}`,
            tags: [{ key: 'hostname', type: 'string', value: `node-${draw.few(20)}` }],
          },
        },
      },
    ],
  }
}

/**
 * @param {Draw} draw
 * @param {number} index
 */
export const zipkin = (draw, index) => ({
  traceId: draw.hex(32),
  id: draw.hex(16),
  parentId: draw.hex(16),
  kind: 'CLIENT',
  name: `select ${draw.one(tables)}`,
  timestamp: timeMs(index) * 1000 + draw.few(999),
  duration: 300 + draw.few(9000),
  localEndpoint: { serviceName: `api-${draw.few(12)}`, ipv4: draw.ip(), port: 8080 },
  remoteEndpoint: { serviceName: 'orders-db', ipv4: draw.ip(), port: 5432 },
  tags: { 'sql.query': statement(draw), 'db.name': 'shop' },
})

/**
 * @param {Draw} draw
 * @param {number} index
 */
export function xray(draw, index) {
  const start = timeMs(index) / 1000
  return {
    name: `api-${draw.few(12)}`,
    id: draw.hex(16),
    trace_id: `1-${Math.floor(start).toString(16)}-${draw.hex(24)}`,
    start_time: start,
    end_time: start + 0.2,
    http: {
      request: {
        method: 'GET',
        url: `https://shop.example.com${draw.one(routes)}`,
        client_ip: draw.ip(),
        user_agent: draw.agent(),
      },
      response: { status: 200 },
    },
    aws: { request_id: draw.uuid(), account_id: '111122223333' },
    user: draw.person(),
    subsegments: [
      {
        id: draw.hex(16),
        name: 'orders-db',
        namespace: 'remote',
        start_time: start + 0.01,
        end_time: start + 0.1,
        sql: { sanitized_query: statement(draw), database_type: 'PostgreSQL', user: 'app' },
      },
    ],
  }
}

/**
 * @param {Draw} draw
 * @param {number} index
 */
export const prometheus = (draw, index) =>
  `http_server_requests_seconds_sum{service="api-${draw.few(12)}",route="${draw.one(routes)}",method="GET",instance="10.0.${draw.few(9)}.${draw.few(250)}:9090"} ${(draw.next() * 9000).toFixed(4)} ${timeMs(index)}`

/**
 * @param {Draw} draw
 * @param {number} index
 */
export const prometheusQuery = (draw, index) => ({
  status: 'success',
  data: {
    resultType: 'matrix',
    result: [
      {
        metric: {
          __name__: 'up',
          job: `api-${draw.few(12)}`,
          instance: `10.0.${draw.few(9)}.${draw.few(250)}:9090`,
          run: draw.hex(8),
        },
        values: Array.from({ length: 60 }, (_, at) => [timeMs(index) / 1000 + at * 15, (draw.next() * 900).toFixed(3)]),
      },
    ],
  },
})

/**
 * @param {Draw} draw
 * @param {number} index
 */
export function nezhaTrace(draw, index) {
  const start = BigInt(timeMs(index)) * 1_000_000n
  return `${draw.hex(32)},${draw.hex(16)},${draw.hex(16)},api-${draw.few(12)}-${draw.hex(9)}-abcde,${draw.one(routes)},${start},${start + 900_000n},900`
}

/**
 * @param {Draw} draw
 * @param {number} index
 */
export function nezhaLog(draw, index) {
  const log = `"{""log"":""12:00:00.424 INFO  shop.Service#${draw.few(9)} handled ${draw.one(routes)} in ${draw.few(900)} ms\\n"",""stream"":""stdout"",""time"":""${isoMs(index)}""}"`
  return `${isoMs(index)},${timeMs(index)}000000,192.0.2.${draw.few(9)},api-${draw.few(12)}-${draw.hex(9)}-abcde,server,${draw.hex(32)},${draw.hex(16)},${log}`
}

/**
 * CSV of no known format, read with the mapping beside it.
 * @param {Draw} draw
 * @param {number} index
 */
export const generic = (draw, index) =>
  `${isoMs(index)},${draw.person()},${draw.one(['read', 'write', 'export'])},doc-${draw.few(90_000)},${draw.ip()},${draw.one(['ok', 'ok', 'ok', 'refused'])},"opened from, ${draw.hex(8)}"`
