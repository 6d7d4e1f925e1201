/**
 * Where spans stand in OTLP/JSON documents and in the wrappers that query services put around them. Every document of
 * every format is compared with every layout, so only what is really written is listed; `json.ts` reads the rest whole.
 */
import type { JsonLayout } from '../types'
import { resourceSpansKeys, scopeSpansKeys } from './keys'

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
  ...resourceSpansKeys.flatMap((resources) =>
    scopeSpansKeys
      // Writers keep to one case for all keys.
      .filter((scopes) => resources.includes('_') === scopes.includes('_'))
      .map((scopes) => layout([resources, '*'], scopes)),
  ),
  // Answers of Tempo's and Jaeger's query services.
  layout(['trace', 'resourceSpans', '*'], 'scopeSpans'),
  layout(['result', 'resourceSpans', '*'], 'scopeSpans'),
  // One ResourceSpans a line.
  layout([], 'scopeSpans'),
]

const ids = new Set(otlpLayouts.map((known) => known.id))

export function isOtlpLayout(id: string | undefined): boolean {
  return id !== undefined && ids.has(id)
}
