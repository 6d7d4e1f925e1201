/**
 * Marks an element as one value of a field, for the menu that any value has (`ValueMenu`). Written by whatever shows
 * values; read by the menu only.
 */
export type FieldValue = string | number | boolean | null

export interface ValueMark {
  readonly 'data-ct-field'?: string
  readonly 'data-ct-value'?: string
  /** Where the term is more than field and value. */
  readonly 'data-ct-term'?: string
  readonly 'data-ct-about'?: 'span'
}

export interface MarkedValue {
  readonly field: string
  readonly value: FieldValue
  /** Undefined: the plain term of field and value. */
  readonly term: string | undefined
  /** What the field is a field of. */
  readonly about: 'event' | 'span'
}

/** Nothing for what is no single value: lists and structures have no term that means them. */
export function valueMark(field: string | undefined, value: unknown): ValueMark {
  const single = value === null || ['string', 'number', 'boolean'].includes(typeof value)
  return field === undefined || !single ? {} : { 'data-ct-field': field, 'data-ct-value': JSON.stringify(value) }
}

/** A thing that stands for a whole term, such as a node of the graph; nothing where it has none. */
export function termMark(kind: string, label: string, term: string | undefined): ValueMark {
  return term === undefined ? {} : { ...valueMark(kind, label), 'data-ct-term': term }
}

/** A value of a span, whose fields (`attributes.http.route`) are asked of traces and not of events. */
export function spanMark(field: string, value: unknown): ValueMark {
  const mark = valueMark(field, value)
  return mark['data-ct-field'] === undefined ? {} : { ...mark, 'data-ct-about': 'span' }
}

/**
 * The value that the element stands in, or undefined. A drawing that holds the focus for its parts is asked for the
 * part that it names.
 */
export function markedValue(element: Element | null): MarkedValue | undefined {
  const active = element?.getAttribute('aria-activedescendant')
  const part = typeof active === 'string' ? element?.ownerDocument.getElementById(active) : undefined
  const marked = (part ?? element)?.closest('[data-ct-field]')
  const field = marked?.getAttribute('data-ct-field')
  const text = marked?.getAttribute('data-ct-value')
  if (typeof field !== 'string' || typeof text !== 'string') return undefined
  const value: unknown = JSON.parse(text)
  if (value !== null && typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    return undefined
  const term = marked?.getAttribute('data-ct-term') ?? undefined
  return { field, value, term, about: marked?.getAttribute('data-ct-about') === 'span' ? 'span' : 'event' }
}

/** `attributes.http.route`; names with other characters than those of a plain name are quoted. */
export function spanField(of: 'attributes' | 'resource', name: string): string {
  return /^[A-Za-z0-9_.-]+$/.test(name)
    ? `${of}.${name}`
    : `${of}."${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
