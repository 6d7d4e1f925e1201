/** Where spans stand in OTLP/JSON documents: the wrappers that collectors, Tempo and Jaeger put around the same tree. */
import type { JsonLayout } from '../types'
import { resourceSpansKeys, scopeSpansKeys } from './keys'

/** Nothing, Tempo's `trace`, Jaeger's `result`, an array of requests. */
const wrappers: readonly (readonly string[])[] = [[], ['trace'], ['result'], ['*']]

/** Only the one name that writers put beside these spans: the framer waits for every context that is listed. */
function scopeOf(scopes: string): string {
  if (scopes.startsWith('scope')) return 'scope'
  return scopes.includes('_') ? 'instrumentation_library' : 'instrumentationLibrary'
}

function layout(toResource: readonly string[], scopes: string): JsonLayout {
  const toScope = [...toResource, scopes, '*']
  return {
    id: `otlp-traces:${[...toScope, 'spans'].join('.')}`,
    records: [...toScope, 'spans', '*'],
    context: [
      [...toResource, 'resource'],
      [...toScope, scopeOf(scopes)],
    ],
  }
}

export const otlpLayouts: readonly JsonLayout[] = [
  ...wrappers.flatMap((wrapper) =>
    resourceSpansKeys.flatMap((resources) =>
      scopeSpansKeys
        // Writers keep to one case for all keys.
        .filter((scopes) => resources.includes('_') === scopes.includes('_'))
        .map((scopes) => layout([...wrapper, resources, '*'], scopes)),
    ),
  ),
  // One ResourceSpans a line.
  layout([], 'scopeSpans'),
]

const ids = new Set(otlpLayouts.map((known) => known.id))

export function isOtlpLayout(id: string | undefined): boolean {
  return id !== undefined && ids.has(id)
}
