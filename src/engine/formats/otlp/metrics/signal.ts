/** Where metrics stand in OTLP/JSON. A record is one metric with all its points. */
import type { JsonLayout } from '../../types'
import { layoutOf, layoutsOf, type Signal } from '../jsonContainer'

export const metricSignal: Signal = {
  format: 'otlp-metrics',
  resources: ['resourceMetrics', 'resource_metrics'],
  scopes: ['scopeMetrics', 'scope_metrics', 'instrumentationLibraryMetrics', 'instrumentation_library_metrics'],
  records: ['metrics'],
}

export const metricLayouts: readonly JsonLayout[] = [
  ...layoutsOf(metricSignal),
  // One ResourceMetrics a line.
  layoutOf(metricSignal, [], 'scopeMetrics', 'metrics'),
]
