/** What OpenTelemetry says in tags where a format has no field for it (its Jaeger and Zipkin exporters' conventions). */
import type { SpanRow } from '../../db/rows'
import { type Attributes, scalarText } from './attributes'
import { statusOf } from './enums'

interface TagColumns {
  readonly status: SpanRow['status']
  readonly statusMessage: string | undefined
  readonly traceState: string | undefined
  readonly scopeName: string | undefined
  readonly scopeVersion: string | undefined
}

/** `isError` is what the format's own error mark says; it wins over `otel.status_code`. */
export function tagColumns(tags: Attributes, isError: boolean): TagColumns {
  const text = (...keys: readonly string[]) => keys.map((key) => scalarText(tags.get(key))).find((t) => t !== undefined)
  return {
    status: isError ? 'error' : (statusOf(text('otel.status_code')) ?? 'unset'),
    statusMessage: text('otel.status_description'),
    traceState: text('w3c.tracestate'),
    scopeName: text('otel.scope.name', 'otel.library.name'),
    scopeVersion: text('otel.scope.version', 'otel.library.version'),
  }
}
