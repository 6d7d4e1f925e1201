import type { FilterCheck } from '../../contract/events'
import { fieldTerm, quoteValue, withoutRange, withTerm } from '../state/filterText'

/**
 * The terms that a facet writes: one value `field:a`, several `field:(a OR b)`. Reading them back tells which values of
 * a facet are chosen, whoever wrote the term; anything else that a person typed is left alone.
 */
export type Terms = Extract<FilterCheck, { ok: true }>['terms']

interface FoundTerm {
  readonly values: readonly string[]
  readonly start: number
  readonly end: number
}

/** The values in the order of the term; undefined for wildcards, ranges, other fields and exclusions. */
export function facetValues(text: string, field: string): readonly string[] | undefined {
  if (!text.startsWith(`${field}:`)) return undefined
  const rest = text.slice(field.length + 1)
  const inner = rest.startsWith('(') && rest.endsWith(')') ? rest.slice(1, -1) : undefined
  const values: string[] = []
  let at = 0
  const source = inner ?? rest
  const value = /"((?:[^"\\]|\\.)*)"|([A-Za-z0-9_][A-Za-z0-9_.@/-]*)/y
  for (;;) {
    value.lastIndex = at
    const match = value.exec(source)
    if (match === null) return undefined
    values.push(match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? '')
    at = value.lastIndex
    if (at === source.length) return values
    const or = /\s+OR\s+/y
    or.lastIndex = at
    if (inner === undefined || or.exec(source) === null) return undefined
    at = or.lastIndex
  }
}

/** `field in (…)` in the words of the filter language. At least one value. */
export function facetTerm(field: string, values: readonly string[]): string {
  const [first] = values
  return values.length === 1 ? fieldTerm(field, first) : `${field}:(${values.map(quoteValue).join(' OR ')})`
}

export function ownTerm(terms: Terms, field: string): FoundTerm | undefined {
  for (const { text, start, end, negated } of terms) {
    const values = negated ? undefined : facetValues(text, field)
    if (values !== undefined) return { values, start, end }
  }
  return undefined
}

/** The filter with the facet's term saying exactly these values; none takes the term out. */
export function withValues(filter: string, terms: Terms, field: string, values: readonly string[]): string {
  const own = ownTerm(terms, field)
  if (values.length === 0) return own === undefined ? filter : withoutRange(filter, own.start, own.end)
  const term = facetTerm(field, values)
  return own === undefined ? withTerm(filter, term) : `${filter.slice(0, own.start)}${term}${filter.slice(own.end)}`
}

/** The filter without the facet's own term, so that the facet still counts what could be chosen besides. */
export function withoutOwn(filter: string, terms: Terms, field: string): string {
  return withValues(filter, terms, field, [])
}

/** The first term that is a range of the field, in either direction of brackets. */
export function rangeTerm(terms: Terms, field: string): Terms[number] | undefined {
  return terms.find(({ text, negated }) => !negated && /^[[{].* TO .*[\]}]$/.test(rangeOf(text, field)))
}

function rangeOf(text: string, field: string): string {
  return text.startsWith(`${field}:`) ? text.slice(field.length + 1) : ''
}
