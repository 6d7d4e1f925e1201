/** Makes sure that each sign of a text can be drawn: a sign that no font has becomes its mark, `[U+12345]`. */
import { mark } from '../inert'
import type { Font } from './fonts'

export interface Glyphs {
  /** The text with marks for what cannot be drawn; remembers which fonts it needs. */
  drawable(text: string): string
  /** The fonts needed so far, in order of preference. The first two are always among them. */
  used(): readonly Font[]
}

const plain = /^[\n\x20-\x7e]*$/

export function glyphs(fonts: readonly Font[]): Glyphs {
  const used = new Set(fonts.slice(0, 2))
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
  const known = new Map<string, string>()

  const draw = (sign: string): string => {
    const codes = [...sign].map((point) => point.codePointAt(0) ?? 0)
    const font = fonts.find((item) => codes.every((code) => item.covers(code)))
    if (font !== undefined) {
      used.add(font)
      return sign
    }
    // Signs are shaped in one font: a combining mark that the font of its letter lacks cannot be drawn on it.
    if (codes.length === 1) return mark(sign)
    return [...sign].map((point) => (/^\p{M}$/u.test(point) ? mark(point) : draw(point))).join('')
  }

  return {
    drawable(text) {
      if (plain.test(text)) return text
      let result = ''
      for (const { segment } of segmenter.segment(text)) {
        if (plain.test(segment)) {
          result += segment
          continue
        }
        let drawn = known.get(segment)
        if (drawn === undefined) {
          drawn = draw(segment)
          known.set(segment, drawn)
        }
        result += drawn
      }
      return result
    },
    used: () => fonts.filter((font) => used.has(font)),
  }
}
