/**
 * OTLP/JSON lines as a collector's file exporter writes them: one ExportTraceServiceRequest a line, with the spans that
 * ended within some seconds, by resource and scope.
 */

import { rotatedLines } from '../base/files.mjs'
import { Heap } from '../base/heap.mjs'
import { secondUs } from '../base/time.mjs'

/**
 * @typedef {string | number | boolean | readonly string[]} Value
 *
 * @typedef {object} Resource
 * @property {string} key
 * @property {number} clockUs
 * @property {Readonly<Record<string, Value>>} attributes
 *
 * @typedef {object} Span
 * @property {string} traceId
 * @property {string} spanId
 * @property {string} [parent]
 * @property {string} name
 * @property {1 | 2 | 3} kind internal, server, client
 * @property {string} scope
 * @property {Resource} resource
 * @property {number} fromUs
 * @property {number} toUs
 * @property {Record<string, Value>} attributes
 * @property {string} [error] status message; its presence is the error status
 * @property {string} [traceState]
 */

const maxSpans = 256
const waitUs = 5 * secondUs

/** @param {import('../simulation.mjs').Simulation} sim */
export function traceSink(sim) {
  const random = sim.random('collector')
  /** @type {Heap<Span>} */
  const waiting = new Heap()
  /** @type {Span[]} */
  let batch = []
  let batchUs = 0
  let spans = 0
  let count = 0
  const lines = rotatedLines({
    root: sim.out,
    name: () => `traces/traces-${String(++count).padStart(4, '0')}.otlp.jsonl`,
    maxLines: 2_000,
    closed: (file) => {
      sim.truth.file(file, spans)
      spans = 0
    },
  })
  const send = () => {
    if (batch.length === 0) return
    lines.room(1)
    lines.write(exportRequest(batch, random), batchUs)
    spans += batch.length
    batch = []
  }
  /** @param {number} untilUs */
  const release = (untilUs) => {
    for (let first = waiting.first; first !== undefined && first.key <= untilUs; first = waiting.first) {
      waiting.pop()
      if (batch.length >= maxSpans || first.key > batchUs + waitUs) send()
      if (batch.length === 0) batchUs = first.key
      batch.push(first.item)
    }
  }
  return {
    /** @param {Span} span */
    emit: (span) => {
      sim.truth.span(span.resource.attributes['service.name'])
      waiting.push(span.toUs, random.next(), span)
    },
    /** @param {number} nowUs */
    flush: (nowUs) => release(nowUs),
    close: () => {
      release(Number.POSITIVE_INFINITY)
      send()
      lines.close()
    },
  }
}

/** @param {readonly Span[]} spans @param {import('../base/random.mjs').Random} random */
function exportRequest(spans, random) {
  /** @type {Map<string, { resource: Resource, scopes: Map<string, Span[]> }>} */
  const resources = new Map()
  for (const span of spans) {
    let group = resources.get(span.resource.key)
    if (group === undefined) {
      group = { resource: span.resource, scopes: new Map() }
      resources.set(span.resource.key, group)
    }
    const scope = group.scopes.get(span.scope)
    if (scope === undefined) group.scopes.set(span.scope, [span])
    else scope.push(span)
  }
  return JSON.stringify({
    resourceSpans: [...resources.values()].map(({ resource, scopes }) => ({
      resource: { attributes: attributeList(resource.attributes) },
      scopeSpans: [...scopes].map(([name, own]) => ({
        scope: { name },
        spans: own.map((span) => spanJson(span, random)),
      })),
    })),
  })
}

/** @param {Span} span @param {import('../base/random.mjs').Random} random */
function spanJson(span, random) {
  const { clockUs } = span.resource
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.traceState === undefined ? {} : { traceState: span.traceState }),
    ...(span.parent === undefined ? {} : { parentSpanId: span.parent }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: nanos(span.fromUs + clockUs, random),
    endTimeUnixNano: nanos(Math.max(span.toUs, span.fromUs + 1) + clockUs, random),
    attributes: attributeList(span.attributes),
    status: span.error === undefined ? {} : { code: 2, ...(span.error === '' ? {} : { message: span.error }) },
    flags: 257,
  }
}

/** @param {number} timeUs @param {import('../base/random.mjs').Random} random */
const nanos = (timeUs, random) => `${Math.round(timeUs)}${String(random.int(0, 999)).padStart(3, '0')}`

/** @param {Readonly<Record<string, Value>>} attributes */
export function attributeList(attributes) {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }))
}

/** @param {Value} value */
function anyValue(value) {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  if (typeof value === 'number') return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
  return { arrayValue: { values: value.map((item) => ({ stringValue: item })) } }
}
