/** Spans in CSV as the Nezha data sets hold them: `TraceID,SpanID,ParentID,PodName,OperationName,…`, one span a line. */
import type { AttributeValue } from '../spans/attributes'
import type { SpanDraft } from '../spans/draft'
import { paddedId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../spans/ids'
import { Malformed } from '../spans/malformed'
import { nanoseconds } from '../spans/numbers'
import { serviceOfPod } from '../spans/pod'
import { emitSpans } from '../spans/session'
import type { Format } from '../types'

const wanted = ['TraceID', 'SpanID', 'ParentID', 'PodName', 'OperationName', 'StartTimeUnixNano', 'EndTimeUnixNano']

export const nezhaTrace: Format = {
  id: 'nezha-trace',
  title: 'Nezha traces (CSV)',
  source: 'trace',
  containers: ['CSV'],
  description: 'Spans of the Nezha data sets, one a line.',
  csv: {
    match: (first) => ({ score: wanted.every((name) => first.includes(name)) ? 0.95 : 0, header: true }),
    open: ({ sink }, header = []) => {
      const places = wanted.map((name) => header.indexOf(name))
      return {
        record(fields, at) {
          emitSpans(sink, at, () => {
            if (fields.length !== header.length)
              throw new Malformed(`The line has ${fields.length} columns where the header names ${header.length}.`)
            return [spanOf(places.map((place) => fields[place] ?? ''))]
          })
        },
        end: () => undefined,
      }
    },
  },
}

function spanOf(values: readonly string[]): SpanDraft {
  const [traceId = '', spanId = '', parentId = '', pod = '', name = '', start = '', end = ''] = values
  return {
    traceId: paddedId(traceId, TRACE_ID_DIGITS),
    spanId: paddedId(spanId, SPAN_ID_DIGITS),
    parentSpanId: parentId === 'root' ? '' : parentId.toLowerCase(),
    name,
    kind: 'unspecified',
    startNs: nanoseconds(start, 'The start time'),
    endNs: nanoseconds(end, 'The end time'),
    status: 'unset',
    attributes: new Map(),
    resource: new Map<string, AttributeValue>(
      pod === ''
        ? []
        : [
            ['service.name', serviceOfPod(pod)],
            ['k8s.pod.name', pod],
          ],
    ),
    events: [],
    links: [],
  }
}
