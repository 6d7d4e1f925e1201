/** Answers of the Prometheus query API: range queries (matrix), instant queries (vector) and scalars. */
import { get, isObject, type JsonValue, list, at as pathAt } from '../../../common/json'
import type { Format, InnerRecord } from '../types'
import { matrixLayouts, openQuery } from './session'

const layoutIds = new Set(matrixLayouts.map(({ id }) => id))

export const prometheusQuery: Format = {
  id: 'prometheus-query',
  title: 'Prometheus query result',
  source: 'metric',
  containers: ['JSON'],
  description: 'What the query API of Prometheus, Thanos, Mimir and VictoriaMetrics answers.',
  json: {
    layouts: matrixLayouts,
    match: (value, layout) => {
      // Loki writes the same path for log lines: their time is text.
      if (layout !== undefined && layoutIds.has(layout)) return Array.isArray(value) && isTime(value[0]) ? 0.95 : 0
      return resultType(value) === undefined ? 0 : 0.95
    },
    unwrap,
    open: openQuery,
  },
}

const resultTypes = new Set(['matrix', 'vector', 'scalar'])

function resultType(value: JsonValue): string | undefined {
  const type = pathAt(value, 'data', 'resultType')
  return get(value, 'status') === 'success' && typeof type === 'string' && resultTypes.has(type) ? type : undefined
}

function isTime(value: unknown): boolean {
  return typeof value === 'number'
}

/** Each series of a vector is a record; a scalar is one itself. */
function unwrap(value: JsonValue): readonly InnerRecord[] | undefined {
  if (!isObject(value)) return undefined
  const result = pathAt(value, 'data', 'result') ?? null
  if (resultType(value) === 'scalar') return [{ path: ['data', 'result'], value: result }]
  const items = list(result)
  if (items.length === 0) return undefined
  return items.map((item, index) => ({ path: ['data', 'result', String(index)], value: item }))
}
