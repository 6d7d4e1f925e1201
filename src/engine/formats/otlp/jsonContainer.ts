/**
 * How spans, log records and metrics stand in OTLP/JSON: resources, in them scopes, in them records. One description a
 * signal gives the layouts by which documents are cut, and the walk through a document that was not cut.
 */
import { get, isObject, type JsonObject, type JsonValue, list } from '../../../common/json'
import type { JsonContext, JsonLayout } from '../types'
import { scopeKeys } from './keys'

/** Names of the keys at each level, the usual one first. */
export interface Signal {
  readonly format: string
  readonly resources: readonly string[]
  readonly scopes: readonly string[]
  readonly records: readonly string[]
}

/** Where records stand: below a path to one resource, in scopes of that name. */
export function layoutOf(signal: Signal, toResource: readonly string[], scopes: string, records: string): JsonLayout {
  const toScope = [...toResource, scopes, '*']
  return {
    id: `${signal.format}:${[...toScope, records].join('.')}`,
    records: [...toScope, records, '*'],
    context: [
      [...toResource, 'resource'],
      [...toScope, scopeOf(scopes)],
    ],
  }
}

/**
 * Every document of every format is compared with every layout, so only what is really written is listed: writers keep
 * to one case for all keys. `recordsWithin` reads the rest.
 */
export function layoutsOf(signal: Signal): readonly JsonLayout[] {
  const oneCase = (a: string, b: string) => a.includes('_') === b.includes('_')
  return signal.resources.flatMap((resources) =>
    signal.scopes
      .filter((scopes) => oneCase(resources, scopes))
      .flatMap((scopes) =>
        signal.records
          .filter((records) => oneCase(scopes, records) || /^[a-z]+$/.test(records))
          .map((records) => layoutOf(signal, [resources, '*'], scopes, records)),
      ),
  )
}

/** Only the one name that writers put beside these records: the framer waits for every context that is listed. */
function scopeOf(scopes: string): string {
  if (scopes.startsWith('scope')) return 'scope'
  return scopes.includes('_') ? 'instrumentation_library' : 'instrumentationLibrary'
}

/** Only resources that hold records of this signal. */
export function containsRecords(signal: Signal, value: JsonObject): boolean {
  if (signal.scopes.some((key) => Array.isArray(get(value, key)))) return true
  return signal.resources.some((key) =>
    list(get(value, key)).some((resource) => signal.scopes.some((scopes) => Array.isArray(get(resource, scopes)))),
  )
}

export interface ContainedRecord {
  readonly value: JsonValue
  readonly context: JsonContext
}

/** The records of a document, or of one resource, with what stands around each. */
export function recordsWithin(signal: Signal, value: JsonObject): readonly ContainedRecord[] {
  const resources = signal.resources.flatMap((key) => list(get(value, key)))
  return [value, ...resources].flatMap((resource) =>
    signal.scopes
      .flatMap((key) => list(get(resource, key)))
      .flatMap((scope) => {
        const context: Record<string, JsonValue> = {}
        const entries = [
          ['resource', get(resource, 'resource')],
          ...scopeKeys.map((key) => [key, get(scope, key)] as const),
        ] as const
        for (const [key, item] of entries) if (item !== undefined) context[key] = item
        return signal.records
          .flatMap((key) => list(get(scope, key)))
          .map((record): ContainedRecord => ({ value: record, context }))
      }),
  )
}

/** The scope among the context values, under any of its names. */
export function scopeIn(context: JsonContext): JsonObject | undefined {
  return scopeKeys.map((key) => get(context, key)).find(isObject)
}
