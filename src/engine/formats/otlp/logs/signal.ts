/** Where log records stand in OTLP/JSON. `logs` is what OTLP before 0.12 called the list of them. */
import type { JsonLayout } from '../../types'
import { layoutOf, layoutsOf, type Signal } from '../jsonContainer'

export const logSignal: Signal = {
  format: 'otlp-logs',
  resources: ['resourceLogs', 'resource_logs'],
  scopes: ['scopeLogs', 'scope_logs', 'instrumentationLibraryLogs', 'instrumentation_library_logs'],
  records: ['logRecords', 'log_records', 'logs'],
}

export const logLayouts: readonly JsonLayout[] = [
  ...layoutsOf(logSignal),
  // One ResourceLogs a line.
  layoutOf(logSignal, [], 'scopeLogs', 'logRecords'),
]
