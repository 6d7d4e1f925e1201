/**
 * Names that one field of OTLP/JSON goes by. The specification writes lowerCamelCase and tells readers to expect
 * nothing else; snake_case comes from other protobuf writers, `instrumentationLibrary*` from OTLP before 0.15.
 */
import type { JsonObject, JsonValue } from '../../../common/json'

/** The value under the first of these own keys that is there. */
export function field(object: JsonObject, ...names: readonly string[]): JsonValue | undefined {
  for (const name of names) if (Object.hasOwn(object, name)) return object[name]
  return undefined
}

export function textField(object: JsonObject, ...names: readonly string[]): string {
  const value = field(object, ...names)
  return typeof value === 'string' ? value : ''
}

export const scopeKeys = ['scope', 'instrumentationLibrary', 'instrumentation_library'] as const
