/** OpenTelemetry logs in OTLP: every record a log record, and those that report an access also an access event. */
import { isObject, type JsonValue } from '../../../../common/json'
import { withExactIntegers } from '../../spans/exact'
import type { Format, JsonContext } from '../../types'
import { containsRecords, recordsWithin } from '../jsonContainer'
import { binaryReaders } from '../wireReaders'
import type { LogDraft } from './draft'
import { isBareLog, jsonLog } from './jsonRecord'
import { emitLogs } from './session'
import { logLayouts, logSignal } from './signal'
import { emitWireLog, isWireLog } from './wireRecord'

const layoutIds = new Set(logLayouts.map(({ id }) => id))

export const otlpLogs: Format = {
  id: 'otlp-logs',
  title: 'OpenTelemetry logs (OTLP)',
  source: 'otel_log',
  containers: ['JSON', 'JSON lines', 'protobuf', 'length-prefixed protobuf'],
  description: 'Log records and events as collectors and SDKs write them; those that report an access are events too.',
  json: {
    layouts: logLayouts,
    match: (value, layout) => {
      if (layout !== undefined && layoutIds.has(layout)) return 1
      if (!isObject(value)) return 0
      if (containsRecords(logSignal, value)) return 0.95
      return isBareLog(value) ? 0.8 : 0
    },
    open: ({ sink }) => ({
      record: (value, context, at) => emitLogs(sink, at, () => read(withExactIntegers(value, at), context)),
      end: () => undefined,
    }),
  },
  binary: binaryReaders(isWireLog, emitWireLog),
}

function read(value: JsonValue, context: JsonContext): readonly LogDraft[] {
  if (isObject(value) && containsRecords(logSignal, value))
    return recordsWithin(logSignal, value).map((record) => jsonLog(record.value, record.context))
  return [jsonLog(value, context)]
}
