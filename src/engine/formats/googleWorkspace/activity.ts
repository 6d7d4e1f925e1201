import { get, isObject, type JsonObject, type JsonValue, list, text, textAt } from '../../../common/json'
import { getFolded, textFolded } from '../shared/folded'
import type { JsonLayout } from '../types'
import { isAlert } from './alert'

/** Answers of the reports interface hold `items`; the place is named as other formats name it. */
export const layouts: readonly JsonLayout[] = [
  { id: 'event-list', records: ['items', '*'], context: [] },
  { id: 'alerts', records: ['alerts', '*'], context: [] },
]

/** True for an activity of the reports interface, whole or flattened, and for an alert. */
export function isRecord(value: unknown): value is JsonObject {
  return scoreRecord(value) > 0
}

/** 0 to 1 for a value that may be an activity or an alert itself. */
export function scoreRecord(value: unknown): number {
  if (!isObject(value)) return 0
  if (isAlert(value)) return 0.97
  if (textAt(value, 'id', 'applicationName') === undefined) return 0
  if (textAt(value, 'kind')?.endsWith('reports#activity')) return 1
  const events = get(value, 'events')
  if (list(events).some(isNamed) || isNamed(events)) return 0.95
  if (text(get(value, 'type')) === undefined) return 0
  return isNamed(value) || isObject(get(value, 'actor')) ? 0.9 : 0.6
}

/** Asked for every text in an envelope. */
export function looksLikeRecord(line: string): boolean {
  return (
    (line.includes('"applicationName"') && /"(?:uniqueQualifier|events|customerId)"/.test(line)) ||
    line.includes('google.apps.alertcenter.type')
  )
}

function isNamed(value: unknown): boolean {
  return text(get(value, 'name')) !== undefined
}

/** What happened, one by one; a flattened activity is its only event. */
export function eventsOf(activity: JsonObject): readonly JsonObject[] {
  const events = get(activity, 'events')
  if (isObject(events)) return [events]
  const several = list(events).filter((item) => isObject(item))
  return several.length === 0 ? [activity] : several
}

/** Parameters of an event by their name in lower case: admin events write it in capitals, others do not. */
export type Parameters = ReadonlyMap<string, JsonValue>

const MAX_PARAMETERS = 2_000

export function parametersOf(event: JsonObject): Parameters {
  const stated = get(event, 'parameters')
  const found = new Map<string, JsonValue>()
  if (isObject(stated)) {
    for (const [name, value] of Object.entries(stated).slice(0, MAX_PARAMETERS)) found.set(name.toLowerCase(), value)
    return found
  }
  for (const item of list(stated).slice(0, MAX_PARAMETERS)) {
    const name = text(get(item, 'name'))
    const value = statedValue(item)
    if (name !== undefined && value !== undefined) found.set(name.toLowerCase(), value)
  }
  return found
}

/** Keys under which a value stands, by its kind. */
const valueKeys = [
  ...['value', 'intValue', 'boolValue', 'multiValue', 'multiIntValue', 'multiBoolValue'],
  ...['messageValue', 'multiMessageValue'],
] as const

function statedValue(parameter: JsonValue): JsonValue | undefined {
  for (const key of valueKeys) {
    const value = get(parameter, key)
    if (value !== undefined) return value
  }
  return undefined
}

/** A parameter as text; of a list, the elements that are text. */
export function parameter(parameters: Parameters, name: string): string | undefined {
  const value = parameters.get(name)
  const single = text(value)
  if (single !== undefined) return single
  const several = list(value).flatMap((item) => text(item) ?? [])
  return several.length === 0 ? undefined : several.slice(0, 100).join(', ')
}

/** A member of a message: an object in flattened exports, a list of parameters in answers of the interface. */
export function memberOf(parameters: Parameters, name: string, member: string): JsonValue | undefined {
  const message = parameters.get(name)
  const inner = getFolded(message, 'parameter')
  if (inner === undefined) return getFolded(message, member)
  return parametersOf({ parameters: inner }).get(member)
}

export function applicationOf(activity: JsonObject): string | undefined {
  return textFolded(activity, 'id', 'applicationName')
}
