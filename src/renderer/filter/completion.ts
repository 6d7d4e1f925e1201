/**
 * What can be completed at the caret of filter text: a field name, or a value of the field before the colon. Works on
 * half-typed text, so it looks only at the word around the caret and never fails.
 */
export type CompletionPoint =
  | { readonly kind: 'field'; readonly prefix: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'value'
      readonly field: string
      readonly prefix: string
      readonly start: number
      readonly end: number
    }

const fieldName = /^[A-Za-z_][A-Za-z0-9_.]*$/

/** Undefined inside a range, or where the word cannot be a field or value. `start` and `end` are what is replaced. */
export function completionAt(text: string, caret: number): CompletionPoint | undefined {
  const start = wordStart(text, caret)
  const word = text.slice(start, caret)
  const body = word.replace(/^[-!]/, '')
  const bodyStart = start + word.length - body.length
  const colon = body.indexOf(':')
  if (colon === -1) {
    const group = enclosingField(text, start)
    if (group !== undefined) {
      return { kind: 'value', field: group, prefix: unquote(body), start: bodyStart, end: wordEnd(text, caret) }
    }
    if (body !== '' && !fieldName.test(body)) return undefined
    return { kind: 'field', prefix: body, start: bodyStart, end: wordEnd(text, caret) }
  }
  const field = body.slice(0, colon)
  const value = body.slice(colon + 1)
  if (!fieldName.test(field) || /^[[{<>(]/.test(value)) return undefined
  return {
    kind: 'value',
    field,
    prefix: unquote(value),
    start: bodyStart + colon + 1,
    end: wordEnd(text, caret),
  }
}

/** Index where the word before the caret begins; a quoted part belongs to its word. */
function wordStart(text: string, caret: number): number {
  let start = 0
  let quoted = false
  for (let i = 0; i < caret; i += 1) {
    const char = text[i] ?? ''
    if (char === '\\') i += 1
    else if (char === '"') quoted = !quoted
    else if (!quoted && /[\s()]/.test(char)) start = i + 1
  }
  return Math.min(start, caret)
}

function wordEnd(text: string, caret: number): number {
  let end = caret
  while (end < text.length && !/[\s():"]/.test(text[end] ?? ' ')) end += 1
  return text[end] === '"' && end > 0 ? end + 1 : end
}

/** `actor` where the caret stands in `actor:(alice OR |`. */
function enclosingField(text: string, before: number): string | undefined {
  let depth = 0
  for (let i = before - 1; i >= 0; i -= 1) {
    if (text[i] === ')') depth += 1
    else if (text[i] === '(') {
      if (depth === 0) return /([A-Za-z_][A-Za-z0-9_.]*):$/.exec(text.slice(0, i))?.[1]
      depth -= 1
    }
  }
  return undefined
}

function unquote(value: string): string {
  return value.replace(/^"/, '').replace(/"$/, '').replace(/\\(.)/g, '$1')
}

/** The text with the completion put in, and the caret after it. A field goes in with its colon. */
export function complete(
  text: string,
  point: CompletionPoint,
  insert: string,
): { readonly text: string; readonly caret: number } {
  const rest = text.slice(point.end)
  const after = point.kind === 'field' ? ':' : rest === '' || rest.startsWith(' ') || rest.startsWith(')') ? '' : ' '
  const head = `${text.slice(0, point.start)}${insert}${after}`
  return { text: `${head}${point.kind === 'field' && rest.startsWith(':') ? rest.slice(1) : rest}`, caret: head.length }
}
