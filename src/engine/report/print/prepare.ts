/** Turns a document of true text into one of printable text, at one place for all forms. */
import { inert } from '../inert'

/** A text, or its pieces where a long word may be broken between them. */
export type Printed = string | readonly string[]

/** Fields of blocks that steer the drawing and are never shown as text. */
const notText = new Set(['kind', 'id', 'align', 'tone', 'mono', 'width', 'number'])

/**
 * A copy of `value` in which every shown string went through `inert` and then through `finish`. Line breaks live on in
 * notes, code and monospaced values. Figures were made inert when they were drawn: they go through `figure` only.
 */
export function prepare(
  value: unknown,
  finish: (text: string) => Printed,
  figure: (svg: string) => string = (svg) => svg,
): unknown {
  return walk(value, false, finish, figure)
}

function walk(
  value: unknown,
  lines: boolean,
  finish: (text: string) => Printed,
  figure: (svg: string) => string,
): unknown {
  if (typeof value === 'string') return finish(inert(value, { lines }))
  if (Array.isArray(value)) return value.map((item) => walk(item, lines, finish, figure))
  if (typeof value !== 'object' || value === null) return value
  const keepsLines =
    ('kind' in value && (value.kind === 'note' || value.kind === 'code')) || ('mono' in value && value.mono === true)
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (notText.has(key)) return [key, item]
      if (key === 'svg' && typeof item === 'string') return [key, figure(item)]
      return [key, walk(item, keepsLines && (key === 'text' || key === 'value'), finish, figure)]
    }),
  )
}

const longWord = 18
const pieceLength = 20

/** Cuts long words after punctuation, and every few signs where there is none. Joined, the pieces are the text. */
export function breakable(text: string): Printed {
  if (!/\S{19}/.test(text)) return text
  const pieces: string[] = []
  let current = ''
  for (const part of text.split(/(\s+)/)) {
    if (part.length <= longWord || /^\s/.test(part)) {
      current += part
      continue
    }
    let length = 0
    for (const point of part) {
      current += point
      length++
      if (length >= pieceLength || (length > 2 && /[/:.,;_@=&?|)}\]-]/.test(point))) {
        pieces.push(current)
        current = ''
        length = 0
      }
    }
  }
  pieces.push(current)
  return pieces.filter((piece) => piece !== '')
}
