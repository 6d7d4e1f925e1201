/**
 * Marks an element as one value of a field, for the menu that any value has (`ValueMenu`). Written by whatever shows
 * values; read by the menu only.
 */
export type FieldValue = string | number | boolean | null

export interface ValueMark {
  readonly 'data-ct-field'?: string
  readonly 'data-ct-value'?: string
}

/** Nothing for what is no single value: lists and structures have no term that means them. */
export function valueMark(field: string | undefined, value: unknown): ValueMark {
  const single = value === null || ['string', 'number', 'boolean'].includes(typeof value)
  return field === undefined || !single ? {} : { 'data-ct-field': field, 'data-ct-value': JSON.stringify(value) }
}

/** The value that the element stands in, or undefined. */
export function markedValue(
  element: Element | null,
): { readonly field: string; readonly value: FieldValue } | undefined {
  const marked = element?.closest('[data-ct-field]')
  const field = marked?.getAttribute('data-ct-field')
  const text = marked?.getAttribute('data-ct-value')
  if (typeof field !== 'string' || typeof text !== 'string') return undefined
  const value: unknown = JSON.parse(text)
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return { field, value }
  return undefined
}
