/** Metrics that fit the workload: requests by service and status, time spent, connections; once a minute. */
import { join } from 'node:path'
import { rotatedLines, textFile } from '../base/files.mjs'
import { compactMinute, hourUs, minuteUs } from '../base/time.mjs'
import { attributeList } from './traces.mjs'

/** Scrapes in one OTLP line or Prometheus file. */
const maxLines = 10_000

/** @param {import('../simulation.mjs').Simulation} sim */
export function metricSink(sim) {
  const kind = sim.options.axes.metrics
  const random = sim.random('metrics')
  /** @type {Map<string, { service: string, status: string, count: number, spentUs: number }>} */
  const counters = new Map()
  let nextUs = sim.startUs + minuteUs
  let records = 0
  const lines = rotatedLines({
    root: sim.out,
    name: (index) => `metrics/metrics-${String(index + 1).padStart(4, '0')}.otlp.jsonl`,
    maxLines,
    closed: (file) => {
      sim.truth.file(file, records)
      records = 0
    },
  })
  /** @param {number} atUs */
  const scrape = (atUs) => {
    const points = [...counters.values()].sort((a, b) => (a.service + a.status < b.service + b.status ? -1 : 1))
    const gauges = { connections: sim.pools.size, load: Math.round(1_000 * (0.4 + 0.3 * random.next())) / 1_000 }
    if (kind === 'otlp') {
      lines.room(1)
      lines.write(otlpLine(points, gauges, sim.startUs, atUs), atUs)
      records += 2 * points.length + 2
    } else if (atUs % hourUs < minuteUs || atUs === sim.startUs + minuteUs) {
      const path = `metrics/scrape-${compactMinute(atUs)}.prom`
      const file = textFile(join(sim.out, path))
      file.write(exposition(points, gauges, atUs))
      file.close()
      sim.truth.file(path, 2 * points.length + 2)
    }
  }
  return {
    /** @param {string} service @param {number} status @param {number} spentUs */
    request: (service, status, spentUs) => {
      const key = `${service} ${status}`
      const counter = counters.get(key)
      if (counter === undefined) counters.set(key, { service, status: String(status), count: 1, spentUs })
      else {
        counter.count++
        counter.spentUs += spentUs
      }
    },
    /** @param {number} nowUs */
    flush: (nowUs) => {
      for (; kind !== 'none' && nextUs <= nowUs; nextUs += minuteUs) scrape(nextUs)
    },
    close: () => {
      if (kind !== 'none') scrape(nextUs)
      lines.close()
    },
  }
}

/**
 * @typedef {{ service: string, status: string, count: number, spentUs: number }} Point
 * @typedef {{ connections: number, load: number }} Gauges
 */

/** @param {readonly Point[]} points @param {Gauges} gauges @param {number} fromUs @param {number} atUs */
function otlpLine(points, gauges, fromUs, atUs) {
  const times = { startTimeUnixNano: `${fromUs}000`, timeUnixNano: `${atUs}000` }
  const attributes = (/** @type {Point} */ { service, status }) =>
    attributeList({ 'service.name': service, 'http.response.status_code': status })
  const sum = { aggregationTemporality: 2, isMonotonic: true }
  const gauge = (/** @type {string} */ name, /** @type {number} */ value) => ({
    name,
    unit: '1',
    gauge: { dataPoints: [{ timeUnixNano: times.timeUnixNano, asDouble: value }] },
  })
  return JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: attributeList({ 'service.name': 'edge-gateway', 'service.namespace': 'shop' }) },
        scopeMetrics: [
          {
            scope: { name: 'shop.metrics' },
            metrics: [
              {
                name: 'http.server.requests',
                unit: '{request}',
                sum: {
                  ...sum,
                  dataPoints: points.map((point) => ({
                    attributes: attributes(point),
                    ...times,
                    asInt: String(point.count),
                  })),
                },
              },
              {
                name: 'http.server.time',
                unit: 's',
                sum: {
                  ...sum,
                  dataPoints: points.map((point) => ({
                    attributes: attributes(point),
                    ...times,
                    asDouble: Math.round(point.spentUs) / 1_000_000,
                  })),
                },
              },
              gauge('db.client.connection.count', gauges.connections),
              gauge('system.cpu.utilization', gauges.load),
            ],
          },
        ],
      },
    ],
  })
}

/** @param {readonly Point[]} points @param {Gauges} gauges @param {number} atUs */
function exposition(points, gauges, atUs) {
  const ms = Math.round(atUs / 1_000)
  const labels = (/** @type {Point} */ { service, status }) => `{service="${service}",status="${status}"}`
  return [
    '# TYPE http_requests_total counter',
    ...points.map((point) => `http_requests_total${labels(point)} ${point.count} ${ms}`),
    '# TYPE http_seconds_total counter',
    ...points.map((point) => `http_seconds_total${labels(point)} ${Math.round(point.spentUs) / 1_000_000} ${ms}`),
    '# TYPE db_connections gauge',
    `db_connections ${gauges.connections} ${ms}`,
    '# TYPE node_load gauge',
    `node_load ${gauges.load} ${ms}`,
    '',
  ].join('\n')
}
