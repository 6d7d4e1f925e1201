/**
 * Small edits of filter text. The engine parses filters; here they are only composed, so that a click on a value
 * always means "and this too", whatever the analyst typed before.
 */
const bareValue = /^[A-Za-z0-9_][A-Za-z0-9_.@/-]*$/
const reserved = new Set(['AND', 'OR', 'NOT', 'TO'])

/** `value` as the filter language reads it literally: bare where that is safe, else quoted with `\` before `"` and `\`. */
export function quoteValue(value: string): string {
  if (bareValue.test(value) && !reserved.has(value.toUpperCase())) return value
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** A term that matches the value exactly; null and undefined stand for "the field is absent". */
export function fieldTerm(field: string, value: string | number | boolean | null | undefined, negated = false): string {
  if (value === null || value === undefined) return `${negated ? '' : '-'}_exists_:${field}`
  return `${negated ? '-' : ''}${field}:${quoteValue(String(value))}`
}

/** Whether an OR stands outside quotes and parentheses, where appending a term would bind to its right side only. */
export function hasTopLevelOr(filter: string): boolean {
  let depth = 0
  let quoted = false
  for (let i = 0; i < filter.length; i += 1) {
    const char = filter[i]
    if (char === '\\') i += 1
    else if (char === '"') quoted = !quoted
    else if (quoted) continue
    else if (char === '(' || char === '[' || char === '{') depth += 1
    else if (char === ')' || char === ']' || char === '}') depth -= 1
    else if (depth === 0 && isOrAt(filter, i)) return true
  }
  return false
}

function isOrAt(filter: string, index: number): boolean {
  if (filter.slice(index, index + 2) === '||') return true
  const before = index === 0 ? ' ' : filter[index - 1]
  const after = filter[index + 2] ?? ' '
  return filter.slice(index, index + 2) === 'OR' && /[\s)]/.test(before ?? ' ') && /[\s(]/.test(after)
}

/** Whether the term stands in the filter as it is written. */
export function hasTerm(filter: string, term: string): boolean {
  return ` ${filter} `.includes(` ${term} `)
}

/** The same term the other way around: excluded where it was asked for, asked for where it was excluded. */
export function turned(term: string, negated: boolean): string {
  if (negated) return term.replace(/^(-|!|NOT\s+)/, '')
  return `-${/\s/.test(term) && !term.includes(':') && !term.startsWith('"') ? `(${term})` : term}`
}

/** The filter narrowed by one more term. A term that is there already is not repeated. */
export function withTerm(filter: string, term: string): string {
  const trimmed = filter.trim()
  if (trimmed === '') return term
  if (hasTerm(trimmed, term)) return trimmed
  return hasTopLevelOr(trimmed) ? `(${trimmed}) ${term}` : `${trimmed} ${term}`
}

/** The filter without the characters `[start, end)` and without the AND that joined them. */
export function withoutRange(filter: string, start: number, end: number): string {
  const before = filter.slice(0, start).trimEnd()
  const after = filter.slice(end).trimStart()
  const left = after === '' || !/^(AND|&&)(\s|$)/.test(after) ? before.replace(/(^|\s)(AND|&&)$/, '') : before
  const right = after.replace(/^(AND|&&)(\s+|$)/, '')
  return before !== '' && after !== '' ? `${left.trimEnd()} ${right}`.trim() : `${left}${right}`.trim()
}
