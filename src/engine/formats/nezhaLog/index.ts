/** Application logs in CSV as the Nezha data sets hold them: `Timestamp,TimeUnixNano,Node,PodName,Container,…,Log`. */
import { get, text } from '../../../common/json'
import type { LogRecordRow } from '../../db/rows'
import { objectIn } from '../shared/embeddedJson'
import { attributesText } from '../spans/attributes'
import { idProblem, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../spans/ids'
import { Malformed } from '../spans/malformed'
import { nanoseconds, storedNs } from '../spans/numbers'
import { serviceOfPod } from '../spans/pod'
import type { Format } from '../types'

const wanted = ['TimeUnixNano', 'Node', 'PodName', 'Container', 'TraceID', 'SpanID', 'Log']

export const nezhaLog: Format = {
  id: 'nezha-log',
  title: 'Nezha logs (CSV)',
  source: 'nezha_log',
  containers: ['CSV'],
  description: 'Application logs of the Nezha data sets, with the trace and span that wrote them.',
  csv: {
    match: (first) => ({ score: wanted.every((name) => first.includes(name)) ? 0.95 : 0, header: true }),
    open: ({ sink }, header = []) => {
      const places = wanted.map((name) => header.indexOf(name))
      return {
        record(fields, at) {
          if (fields.length !== header.length) {
            sink.reject(at, `The line has ${fields.length} columns where the header names ${header.length}.`)
            return
          }
          try {
            const row = rowOf(places.map((place) => fields[place] ?? ''))
            sink.emit(at, [{ table: 'log_record', row }])
          } catch (error) {
            if (!(error instanceof Malformed)) throw error
            sink.reject(at, error.message)
          }
        },
        end: () => undefined,
      }
    },
  },
}

/** The log of a container is JSON with the line in `log`. */
function rowOf(values: readonly string[]): LogRecordRow {
  const [time = '', node = '', pod = '', container = '', traceId = '', spanId = '', log = ''] = values
  const timeNs = storedNs(nanoseconds(time, 'The time'), 'The time')
  const inner = objectIn(log)
  const line = text(get(inner, 'log'))?.replace(/\n$/, '')
  const stream = text(get(inner, 'stream'))
  const stated = [
    ['log.iostream', stream],
    ['otel.malformed_trace_id', idProblem(traceId, TRACE_ID_DIGITS, '') === undefined ? undefined : traceId],
    ['otel.malformed_span_id', idProblem(spanId, SPAN_ID_DIGITS, '') === undefined ? undefined : spanId],
  ] as const
  const place = [
    ['service.name', pod === '' ? undefined : serviceOfPod(pod)],
    ['k8s.pod.name', pod],
    ['k8s.container.name', container],
    ['k8s.node.name', node],
  ] as const
  return {
    source: 'nezha_log',
    ts: timeNs === undefined ? undefined : timeNs / 1000n,
    ts_precision: timeNs === undefined ? undefined : 'us',
    time_ns: timeNs,
    service: pod === '' ? undefined : serviceOfPod(pod),
    severity: line === undefined ? undefined : severityIn(line),
    body: line ?? (log === '' ? undefined : log),
    trace_id: idProblem(traceId, TRACE_ID_DIGITS, '') === undefined ? traceId : undefined,
    span_id: idProblem(spanId, SPAN_ID_DIGITS, '') === undefined ? spanId : undefined,
    attributes: attributesText(filled(stated)),
    resource: attributesText(filled(place)),
  }
}

function filled(entries: readonly (readonly [string, string | undefined])[]): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(([key, value]) => (value === undefined || value === '' ? [] : [[key, value] as const])),
  )
}

/** The level word behind the time of day: `16:48:42.424 INFO  t.s.TravelServiceImpl#532 …`. */
function severityIn(line: string): string | undefined {
  return /^\d\d:\d\d:\d\d[.,]\d{3} +(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\b/.exec(line)?.[1]
}
