/** The places that layouts name, as a tree of steps: the keys of objects, and `*` for the elements of an array. */
import type { JsonLayout } from '../../formats/types'

export type Steps = ReadonlyMap<string, Step>

export interface Step {
  /** The value here is a record of this layout. Where several layouts name one place, the first. */
  readonly record: JsonLayout | undefined
  /** The value here is a context value of this name. */
  readonly context: string | undefined
  readonly steps: Steps
}

interface Growing {
  record: JsonLayout | undefined
  context: string | undefined
  readonly steps: Map<string, Growing>
}

export function stepsOf(layouts: readonly JsonLayout[]): Steps {
  const root: Growing = { record: undefined, context: undefined, steps: new Map() }
  for (const layout of layouts) {
    const place = follow(root, layout.records)
    place.record ??= layout
    for (const path of layout.context) follow(root, path).context ??= path.at(-1)
  }
  return root.steps
}

function follow(root: Growing, path: readonly string[]): Growing {
  let place = root
  for (const key of path) {
    let next = place.steps.get(key)
    if (next === undefined) {
      next = { record: undefined, context: undefined, steps: new Map() }
      place.steps.set(key, next)
    }
    place = next
  }
  return place
}
