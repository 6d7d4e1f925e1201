/** Paths into a JSON record: `user.name`, `items[0].id`, `["a key.with points"].x`; in arrays of records also `[*]`. */
import type { JsonValue } from '../../../common/json'
import { get } from '../../../common/json'

export interface Path {
  /** The path as it was written: a key of the record's own with this name is taken first (`user.name` in flat records). */
  readonly text: string
  readonly steps: readonly string[]
}

const MAX_STEPS = 32
const step = /(?:^|\.)([^.[\]"]+)|\[(\d{1,6}|\*)\]|(?:^|\.)?\["((?:[^"\\]|\\["\\])+)"\]/y

/** The steps of a path, or what is wrong with it. Array elements are steps of digits. */
export function parsePath(text: string): Path | { readonly problem: string } {
  const steps: string[] = []
  let at = 0
  while (at < text.length) {
    step.lastIndex = at
    const match = step.exec(text)
    if (match === null || (at === 0 && text.startsWith('.')))
      return { problem: `the path “${text}” cannot be read from character ${at + 1} on` }
    steps.push(match[1] ?? match[2] ?? (match[3] ?? '').replace(/\\(["\\])/g, '$1'))
    at = step.lastIndex
  }
  if (steps.length > MAX_STEPS) return { problem: `the path “${text.slice(0, 60)}…” has more than ${MAX_STEPS} steps` }
  return { text, steps }
}

/** One more step of a path as text. */
export function joinPath(path: string, key: string): string {
  if (/^[^.[\]"\\\s][^.[\]"\\]*$/.test(key)) return path === '' ? key : `${path}.${key}`
  return `${path}["${key.replace(/(["\\])/g, '\\$1')}"]`
}

/** The value at a path. Where a step leads into a text that holds JSON, that JSON is read. */
export function follow(value: JsonValue | undefined, path: Path): JsonValue | undefined {
  if (path.steps.length > 1) {
    const flat = get(value, path.text)
    if (flat !== undefined) return flat
  }
  let current = value
  for (const key of path.steps) {
    if (typeof current === 'string') current = embedded(current)
    if (Array.isArray(current)) current = /^\d+$/.test(key) ? current[Number(key)] : undefined
    else current = get(current, key)
    if (current === undefined) return undefined
  }
  return current
}

const MAX_EMBEDDED = 1_000_000

/** JSON in a text, or undefined where it holds none. */
export function embedded(text: string): JsonValue | undefined {
  if (text.length > MAX_EMBEDDED || !/^\s*[{[]/.test(text)) return undefined
  try {
    const value: JsonValue = JSON.parse(text)
    return value
  } catch {
    return undefined
  }
}
