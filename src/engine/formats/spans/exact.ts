/**
 * Integers beyond 2^53 in JSON, which exporters write as bare numbers although the specification asks for text. A
 * record that holds one is read again from its own text, with those numbers as text, so that no digit is lost.
 */
import type { JsonValue } from '../../../common/json'
import type { RecordAt } from '../types'

const MAX_DEPTH = 250

/** `value` itself where all its numbers are exact, or where its text cannot be read. */
export function withExactIntegers(value: JsonValue, at: RecordAt): JsonValue {
  if (!holdsInexact(value, 0)) return value
  try {
    const exact: JsonValue = JSON.parse(quoteLongIntegers(at.raw()))
    return exact
  } catch {
    return value
  }
}

function holdsInexact(value: JsonValue, depth: number): boolean {
  if (typeof value === 'number') return value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return false
  if (Array.isArray(value)) return value.some((item: JsonValue) => holdsInexact(item, depth + 1))
  for (const item of Object.values(value)) if (holdsInexact(item, depth + 1)) return true
  return false
}

/** JSON text with each integer literal of 16 digits or more put in quotes. */
export function quoteLongIntegers(text: string): string {
  const parts: string[] = []
  let copied = 0
  let index = 0
  while (index < text.length) {
    const character = text[index] ?? ''
    if (character === '"') {
      index = endOfString(text, index)
    } else if (isNumberPart(character)) {
      const start = index
      while (index < text.length && isNumberPart(text[index] ?? '')) index++
      const literal = text.slice(start, index)
      if (/^-?\d{16,}$/.test(literal)) {
        parts.push(text.slice(copied, start), '"', literal, '"')
        copied = index
      }
    } else index++
  }
  parts.push(text.slice(copied))
  return parts.join('')
}

/** Letters other than the exponent's only occur in `true`, `false`, `null`, which hold no digits. */
function isNumberPart(character: string): boolean {
  return (character >= '0' && character <= '9') || '+-.eE'.includes(character)
}

function endOfString(text: string, start: number): number {
  let index = start + 1
  while (index < text.length && text[index] !== '"') index += text[index] === '\\' ? 2 : 1
  return index + 1
}
