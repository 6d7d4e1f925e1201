/** OpenTelemetry traces in OTLP: JSON (documents, JSON lines) and protobuf (one message, length-prefixed streams). */
import type { Format } from '../types'
import { otlpJson } from './json'
import { matchBigEndian, matchFieldOne, matchVarint } from './wireMatch'
import { openResourceSpans, openTracesData } from './wireSession'

export const otlpTraces: Format = {
  id: 'otlp-traces',
  title: 'OpenTelemetry traces (OTLP)',
  source: 'trace',
  containers: ['JSON', 'JSON lines', 'protobuf', 'length-prefixed protobuf'],
  description:
    'Spans as collectors, SDKs and Tempo write them: OTLP/JSON, OTLP protobuf, also with the older key names.',
  json: otlpJson,
  binary: [
    { framing: 'protobuf-field-1', match: matchFieldOne, open: openResourceSpans },
    { framing: 'length-prefixed-be32', match: matchBigEndian, open: openTracesData },
    { framing: 'length-prefixed-varint', match: matchVarint, open: openTracesData },
  ],
}
