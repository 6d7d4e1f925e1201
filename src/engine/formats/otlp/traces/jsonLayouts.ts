/** Where spans stand in OTLP/JSON documents and in the wrappers that query services put around them. */
import type { JsonLayout } from '../../types'
import { layoutOf, layoutsOf, type Signal } from '../jsonContainer'

export const spanSignal: Signal = {
  format: 'otlp-traces',
  // `batches` is Tempo's name.
  resources: ['resourceSpans', 'resource_spans', 'batches'],
  scopes: ['scopeSpans', 'scope_spans', 'instrumentationLibrarySpans', 'instrumentation_library_spans'],
  records: ['spans'],
}

export const spanLayouts: readonly JsonLayout[] = [
  ...layoutsOf(spanSignal),
  // Answers of Tempo's and Jaeger's query services.
  layoutOf(spanSignal, ['trace', 'resourceSpans', '*'], 'scopeSpans', 'spans'),
  layoutOf(spanSignal, ['result', 'resourceSpans', '*'], 'scopeSpans', 'spans'),
  // One ResourceSpans a line.
  layoutOf(spanSignal, [], 'scopeSpans', 'spans'),
]
