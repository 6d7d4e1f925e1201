/** OpenTelemetry traces in OTLP: JSON (documents, JSON lines) and protobuf (one message, length-prefixed streams). */
import type { Format } from '../../types'
import { binaryReaders } from '../wireReaders'
import { otlpJson } from './json'
import { isWireSpan } from './wireMatch'
import { emitWireSpan } from './wireSpan'

export const otlpTraces: Format = {
  id: 'otlp-traces',
  title: 'OpenTelemetry traces (OTLP)',
  source: 'trace',
  containers: ['JSON', 'JSON lines', 'protobuf', 'length-prefixed protobuf'],
  description:
    'Spans as collectors, SDKs and Tempo write them: OTLP/JSON, OTLP protobuf, also with the older key names.',
  json: otlpJson,
  binary: binaryReaders(isWireSpan, emitWireSpan),
}
