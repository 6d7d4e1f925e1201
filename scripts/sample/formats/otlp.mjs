/** Spans, and OTLP/JSON lines as a collector's file exporter writes them: one ExportTraceServiceRequest a line. */

import { minuteUs } from '../time.mjs'
import { pods } from '../world.mjs'

/**
 * @typedef {string | number | boolean | readonly string[]} Value
 *
 * @typedef {object} Span
 * @property {import('../world.mjs').Pod} pod
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} [parent]
 * @property {string} name
 * @property {1 | 2 | 3} kind internal, server, client
 * @property {string} scope
 * @property {number} fromUs
 * @property {number} toUs
 * @property {Record<string, Value>} attributes
 * @property {string} [error] status message; its presence is the error status
 * @property {readonly { name: string, timeUs: number, attributes: Record<string, Value> }[]} [events]
 */

const instrumentations = {
  http: '@opentelemetry/instrumentation-http',
  postgres: '@opentelemetry/instrumentation-pg',
  aws: '@opentelemetry/instrumentation-aws-sdk',
  kubernetes: 'go.opentelemetry.io/contrib/instrumentation/net/http/otelhttp',
  jobs: 'batch-runner',
}

export { instrumentations as scopes }

/**
 * @param {import('../scene.mjs').Scene} scene
 * @param {import('../random.mjs').Random} random
 * @param {Omit<Span, 'spanId' | 'traceId'> & { traceId?: string, spanId?: string }} span
 * @returns {{ traceId: string, spanId: string }} of the recorded span
 */
export function recordSpan(scene, random, span) {
  const ids = { traceId: span.traceId ?? random.hex(32), spanId: span.spanId ?? random.hex(16) }
  scene.spans.push({ ...span, ...ids })
  return ids
}

/** @param {unknown} error @param {number} timeUs @param {string} type */
export const exception = (error, timeUs, type) => ({
  name: 'exception',
  timeUs,
  attributes: { 'exception.type': type, 'exception.message': String(error) },
})

/**
 * @param {import('../scene.mjs').Scene} scene
 * @returns {{ name: string, text: string }[]} one file per service, ten minutes a line, by the end of the spans
 */
export function traceFiles(scene) {
  const random = scene.random('nanoseconds')
  const services = [...new Set(Object.values(pods).map(({ service }) => service))]
  return services.flatMap((service) => {
    const spans = scene.spans.filter(({ pod }) => pod.service === service).sort((a, b) => a.toUs - b.toUs)
    if (spans.length === 0) return []
    /** @type {Map<number, Span[]>} */
    const batches = new Map()
    for (const span of spans) {
      const key = Math.floor(span.toUs / (10 * minuteUs))
      batches.set(key, [...(batches.get(key) ?? []), span])
    }
    const lines = [...batches.values()].map((batch) => `${JSON.stringify(exportRequest(batch, random))}\n`)
    return [{ name: `${service}.otlp.json`, text: lines.join('') }]
  })
}

/** @param {readonly Span[]} spans of one service @param {import('../random.mjs').Random} random */
function exportRequest(spans, random) {
  const names = [...new Set(spans.map(({ pod }) => pod.name))].sort()
  return {
    resourceSpans: names.map((name) => {
      const own = spans.filter(({ pod }) => pod.name === name)
      const scopes = [...new Set(own.map(({ scope }) => scope))].sort()
      return {
        resource: { attributes: resourceOf(own) },
        scopeSpans: scopes.map((scope) => ({
          scope: { name: scope },
          spans: own.filter((span) => span.scope === scope).map((span) => spanJson(span, random)),
        })),
      }
    }),
  }
}

/** @param {readonly Span[]} spans of one pod */
function resourceOf(spans) {
  const pod = spans[0]?.pod
  return attributeList({
    'service.name': pod?.service ?? '',
    'service.version': pod?.version ?? '',
    'service.instance.id': pod?.name ?? '',
    'k8s.pod.name': pod?.name ?? '',
    'k8s.pod.ip': pod?.address ?? '',
    'k8s.namespace.name': 'shop',
    'deployment.environment.name': 'production',
  })
}

/** @param {Span} span @param {import('../random.mjs').Random} random */
function spanJson({ traceId, spanId, parent, name, kind, fromUs, toUs, attributes, error, events = [] }, random) {
  return {
    traceId,
    spanId,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name,
    kind,
    startTimeUnixNano: nanos(fromUs, random),
    endTimeUnixNano: nanos(Math.max(toUs, fromUs + 1), random),
    attributes: attributeList(attributes),
    ...(events.length === 0
      ? {}
      : {
          events: events.map((event) => ({
            timeUnixNano: nanos(event.timeUs, random),
            name: event.name,
            attributes: attributeList(event.attributes),
          })),
        }),
    status: error === undefined ? { code: 0 } : { code: 2, message: error },
    flags: 257,
  }
}

/** @param {number} timeUs @param {import('../random.mjs').Random} random */
const nanos = (timeUs, random) => `${timeUs}${String(random.int(0, 999)).padStart(3, '0')}`

/** @param {Record<string, Value>} attributes */
function attributeList(attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))
}

/** @param {Value} value @returns {Record<string, unknown>} */
function anyValue(value) {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } }
}
