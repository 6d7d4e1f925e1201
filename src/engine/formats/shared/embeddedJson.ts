import { isObject, type JsonObject } from '../../../common/json'

/** The object in a text that holds JSON (an index export, a log line), or undefined where it holds none. */
export function objectIn(text: unknown): JsonObject | undefined {
  if (typeof text !== 'string' || !/^[\s\uFEFF]*\{/.test(text)) return undefined
  try {
    const value: unknown = JSON.parse(text.replace(/^[\s\uFEFF]+/, ''))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
