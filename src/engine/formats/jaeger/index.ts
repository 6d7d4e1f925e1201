/** Jaeger traces in JSON: API answers and UI downloads, one trace, arrays of traces, and Elasticsearch documents. */
import { get, isObject, type JsonValue, list } from '../../../common/json'
import { openSpanSession } from '../spans/session'
import type { Format, JsonLayout } from '../types'
import { jaegerSpan } from './span'

/** `data` is an array of traces, in some tools' exports one trace; a trace may also be the document. */
const traces: readonly (readonly string[])[] = [['data', '*'], ['data'], []]

const layouts: readonly JsonLayout[] = [
  ...traces.map((trace) => ({
    id: `jaeger:${[...trace, 'spans'].join('.')}`,
    records: [...trace, 'spans', '*'],
    context: [
      [...trace, 'processes'],
      [...trace, 'traceID'],
    ],
  })),
  { id: 'jaeger:hits', records: ['hits', 'hits', '*'], context: [] },
]

function isSpan(value: JsonValue | undefined): boolean {
  // One of the ids may be missing: the span is then rejected for that, not as a record of an unknown format.
  if (get(value, 'spanID') === undefined && get(value, 'traceID') === undefined) return false
  return ['operationName', 'startTime', 'processID', 'process'].some((key) => get(value, key) !== undefined)
}

function isTrace(value: JsonValue): boolean {
  return list(get(value, 'spans')).some(isSpan)
}

export const jaeger: Format = {
  id: 'jaeger',
  title: 'Jaeger traces',
  source: 'trace',
  containers: ['JSON', 'JSON lines'],
  description:
    'Spans as the Jaeger UI downloads them, its query API answers them and its Elasticsearch storage keeps them.',
  json: {
    layouts,
    match: (value) => (isSpan(value) || isSpan(get(value, '_source')) ? 0.95 : isTrace(value) ? 0.9 : 0),
    unwrap: (value) => {
      const source = get(value, '_source')
      return source !== undefined && isSpan(source) ? [{ path: ['_source'], value: source }] : undefined
    },
    open: (options) =>
      openSpanSession(options, (value, context) => {
        if (!isTrace(value) || !isObject(value)) return [jaegerSpan(value, context)]
        return list(get(value, 'spans')).map((span) => jaegerSpan(span, value))
      }),
  },
}
