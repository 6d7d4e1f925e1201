/** Turns a document of true text into one of printable text, at one place for all forms. */
import { inert } from '../inert'

/** A text, or its pieces where a long word may be broken between them. */
export type Printed = string | readonly string[]

/** `narrow` says that the text stands in a table cell. */
export type Finish = (text: string, narrow: boolean) => Printed

/** Fields of blocks that steer the drawing and are never shown as text. */
const notText = new Set(['kind', 'id', 'align', 'tone', 'mono', 'width', 'number', 'language', 'paper', 'logo'])

/**
 * A copy of `value` in which every shown string went through `inert` and then through `finish`. Line breaks live on in
 * notes, code and monospaced values. Figures were made inert when they were drawn: they go through `figure` only.
 */
export function prepare(value: unknown, finish: Finish, figure: (svg: string) => string = (svg) => svg): unknown {
  return walk(value, { lines: false, narrow: false }, finish, figure)
}

interface Place {
  readonly lines: boolean
  readonly narrow: boolean
}

function walk(value: unknown, place: Place, finish: Finish, figure: (svg: string) => string): unknown {
  if (typeof value === 'string') return finish(inert(value, { lines: place.lines }), place.narrow)
  if (Array.isArray(value)) return value.map((item) => walk(item, place, finish, figure))
  if (typeof value !== 'object' || value === null) return value
  const keepsLines =
    ('kind' in value && (value.kind === 'note' || value.kind === 'code' || value.kind === 'moment')) ||
    ('mono' in value && value.mono === true)
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (notText.has(key)) return [key, item]
      if (key === 'svg' && typeof item === 'string') return [key, figure(item)]
      const inside = { lines: keepsLines && (key === 'text' || key === 'value'), narrow: key === 'rows' }
      return [key, walk(item, inside, finish, figure)]
    }),
  )
}

const longWord = 18
const longCellWord = 9
const pieceLength = 20
const cellPieceLength = 8

/** Cuts long words after punctuation, and every few signs where there is none. Joined, the pieces are the text. */
export function breakable(text: string, narrow = false): Printed {
  const [longest, length] = narrow ? [longCellWord, cellPieceLength] : [longWord, pieceLength]
  if (text.length <= longest) return text
  const pieces: string[] = []
  let current = ''
  for (const part of text.split(/(\s+)/)) {
    if (part.length <= longest || /^\s/.test(part)) {
      current += part
      continue
    }
    let run = 0
    const points = [...part]
    for (const [index, point] of points.entries()) {
      current += point
      run++
      // Other scripts are never cut: their letters join, or take marks, or may be broken anyway.
      if (point >= '\u0250' || (points[index + 1] ?? '') >= '\u0250') continue
      if (run >= length || (run > 2 && /[/:.,;_@=&?|)}\]-]/.test(point))) {
        pieces.push(current)
        current = ''
        run = 0
      }
    }
  }
  pieces.push(current)
  const filled = pieces.filter((piece) => piece !== '')
  return filled.length === 1 ? text : filled
}
