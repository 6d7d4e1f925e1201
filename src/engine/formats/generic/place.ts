import { type JsonValue, text } from '../../../common/json'
import { embedded, follow, type Path, parsePath } from './path'

/** One record as a mapping sees it: a JSON value, or the cells of a CSV record by the names of its header. */
export interface View {
  readonly value?: JsonValue
  cell?(column: string): string | undefined
}

export interface Place {
  /** For messages: the path or the column. */
  readonly label: string
  read(view: View): JsonValue | undefined
}

interface PlaceFile {
  readonly path?: string | undefined
  readonly column?: string | undefined
}

export function compilePlace({ path, column }: PlaceFile): Place | { readonly problem: string } {
  let parsed: Path | undefined
  if (path !== undefined) {
    const result = parsePath(path)
    if ('problem' in result) return result
    if (result.steps.includes('*'))
      return { problem: `“${path}”: [*] is for the array of records only; name one element` }
    parsed = result
  }
  if (column === undefined) {
    if (parsed === undefined) return { problem: 'no place is named' }
    const steps = parsed
    return { label: steps.text, read: (view) => follow(view.value, steps) }
  }
  const inner = parsed
  if (inner === undefined) return { label: column, read: (view) => view.cell?.(column) }
  return {
    label: `${column} → ${inner.text}`,
    read: (view) => follow(embedded(view.cell?.(column) ?? ''), inner),
  }
}

/** Scalars as text; objects and arrays as compact JSON; blank text counts as absent. */
export function plainText(value: JsonValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const scalar = text(value)
  if (scalar !== undefined) {
    const trimmed = scalar.trim()
    return trimmed === '' ? undefined : trimmed
  }
  if (typeof value !== 'object') return undefined
  const json = JSON.stringify(value)
  return json === '{}' || json === '[]' ? undefined : json
}
