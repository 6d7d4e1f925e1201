import { scanSql } from './sqlScan'

const listOpeners = new Set(['in', 'values', 'array'])
const placeholder = '?'

/**
 * The shape of a statement: comments removed, literals and `$n` turned into `?`, lists of nothing but placeholders
 * after IN, VALUES and ARRAY folded to one, white space canonical, lower case outside quoted names. Statements that
 * differ only in values, comments or layout give the same text. Idempotent; linear in the length of the text.
 */
export function fingerprintSql(sql: string): string {
  const parts: string[] = []
  for (const token of scanSql(sql)) {
    switch (token.kind) {
      case 'comment':
        break
      case 'string':
      case 'number':
      case 'parameter':
        dropSigns(parts)
        parts.push(placeholder)
        break
      case 'word':
        parts.push(sql.slice(token.start, token.end).toLowerCase())
        break
      case 'quoted':
        parts.push(sql.slice(token.start, token.end))
        break
      case 'operator':
        parts.push(sql.slice(token.start, token.end))
        break
      case 'mark': {
        const mark = sql.slice(token.start, token.end)
        parts.push(mark)
        if (mark === ')' || mark === ']') foldList(parts, mark)
        break
      }
    }
  }
  while (parts.at(-1) === ';') parts.pop()
  return layOut(parts)
}

/** `= -1` and `= 1` are the same shape: a sign after an operator or an opening mark belongs to the value. */
function dropSigns(parts: string[]): void {
  while (parts.at(-1) === '-' || parts.at(-1) === '+') {
    const before = parts.at(-2)
    if (before !== undefined && !/^(?:[-+*/<>=~!@#%^&|`]+|[([,]|:=)$/.test(before)) return
    parts.pop()
  }
}

/** Called when `parts` ends in a closing mark: folds the list it closes where that holds placeholders only. */
function foldList(parts: string[], close: string): void {
  let open = parts.length - 2
  while (open >= 0 && (parts[open] === placeholder || parts[open] === ',')) open--
  if (parts[open] !== (close === ')' ? '(' : '[') || open === parts.length - 2) return
  const before = parts[open - 1]
  if (before !== undefined && listOpeners.has(before)) {
    parts.splice(open + 1, parts.length, placeholder, close)
    return
  }
  // A further tuple of VALUES (…), (…): nothing new after the folded first one.
  const first = parts.slice(Math.max(0, open - 5), open)
  if (first.join(' ') === 'values ( ? ) ,') parts.splice(open - 1)
}

function layOut(parts: readonly string[]): string {
  let text = ''
  let previous = ''
  for (const part of parts) {
    text += glued(previous, part) ? part : ` ${part}`
    previous = part
  }
  return text
}

function glued(previous: string, next: string): boolean {
  if (previous === '' || previous === '(' || previous === '[') return true
  if (next === ',' || next === ')' || next === ']' || next === ';') return true
  if (previous === '.') return next !== placeholder
  if (next === '.') return previous !== placeholder
  if (next === '::' || previous === '::') return previous !== ':' && next !== ':' && next !== '='
  return next === '(' && /^[a-z0-9_$\u0080-\uffff]+$/.test(previous)
}
