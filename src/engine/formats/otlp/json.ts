/** The OTLP/JSON reader: spans framed by layout, bare spans a line, and as a last resort whole requests as one record. */
import { get, isObject, type JsonObject, type JsonValue, list } from '../../../common/json'
import type { SpanDraft } from '../spans/draft'
import { openSpanSession } from '../spans/session'
import type { JsonContext, JsonReader } from '../types'
import { isOtlpLayout, otlpLayouts } from './jsonLayouts'
import { jsonSpan } from './jsonSpan'
import { isSpan, resourceSpansKeys, scopeKeys, scopeSpansKeys } from './keys'

export const otlpJson: JsonReader = {
  layouts: otlpLayouts,
  match: (value, layout) => {
    if (isOtlpLayout(layout)) return 1
    if (isSpan(value)) return 0.9
    return isObject(value) && containsSpans(value) ? 0.95 : 0
  },
  open: (options) => openSpanSession(options, read),
}

function read(value: JsonValue, context: JsonContext): readonly SpanDraft[] {
  if (isObject(value) && containsSpans(value)) return spansWithin(value)
  return [jsonSpan(value, context)]
}

/** Only resources that hold spans: `resourceLogs` and `resourceMetrics` are not ours. */
function containsSpans(value: JsonObject): boolean {
  if (scopeSpansKeys.some((key) => Array.isArray(get(value, key)))) return true
  return resourceSpansKeys.some((key) =>
    list(get(value, key)).some((resource) => scopeSpansKeys.some((scopes) => Array.isArray(get(resource, scopes)))),
  )
}

function spansWithin(value: JsonObject): readonly SpanDraft[] {
  const resources = resourceSpansKeys.flatMap((key) => list(get(value, key)))
  return [value, ...resources].flatMap((resource) =>
    scopeSpansKeys
      .flatMap((key) => list(get(resource, key)))
      .flatMap((scope) => {
        const context: Record<string, JsonValue> = {}
        const entries = [
          ['resource', get(resource, 'resource')],
          ...scopeKeys.map((key) => [key, get(scope, key)] as const),
        ] as const
        for (const [key, item] of entries) if (item !== undefined) context[key] = item
        return list(get(scope, 'spans')).map((span) => jsonSpan(span, context))
      }),
  )
}
