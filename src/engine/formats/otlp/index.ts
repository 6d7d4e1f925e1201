/** OpenTelemetry in OTLP, one format for each signal: JSON (documents, JSON lines) and protobuf (one message, streams). */
export { otlpLogs } from './logs'
export { otlpMetrics } from './metrics'
export { otlpTraces } from './traces'
