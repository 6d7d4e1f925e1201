/**
 * Reads the smallest parts of a filter: white space, words with escapes and wildcards, quoted texts, field names,
 * regular expressions. What ends a word depends on where it stands, so the parser asks for the kind it expects.
 */
import type { FieldName, Operand, Piece, Place } from './ast'
import { filterError } from './error'

type Word = Extract<Operand, { kind: 'word' }>

const maxRegexLength = 1_000

export class Scanner {
  readonly text: string
  position = 0

  constructor(text: string) {
    this.text = text
  }

  get done(): boolean {
    return this.position >= this.text.length
  }

  get char(): string {
    return this.text[this.position] ?? ''
  }

  space(): void {
    while (!this.done && isSpace(this.char)) this.position++
  }

  /** Takes `token` if it stands here. */
  take(token: string): boolean {
    if (!this.text.startsWith(token, this.position)) return false
    this.position += token.length
    return true
  }

  /** Whether the upper-case keyword stands here as a word of its own. */
  atKeyword(keyword: string): boolean {
    if (!this.text.startsWith(keyword, this.position)) return false
    const next = this.text[this.position + keyword.length] ?? ' '
    return isSpace(next) || next === '(' || next === ')'
  }

  keyword(keyword: string): boolean {
    if (!this.atKeyword(keyword)) return false
    this.position += keyword.length
    return true
  }

  placeFrom(start: number): Place {
    return { start, end: this.position }
  }

  /** `name:` with its colon, or undefined with nothing taken. Segments are split at dots; a quoted segment keeps its dots. */
  fieldName(): FieldName | undefined {
    const start = this.position
    const segments: string[] = []
    let segment = ''
    let at = start
    for (; at < this.text.length; at++) {
      const char = this.text[at] ?? ''
      if (char === ':') break
      if (char === '"' && segment === '' && segments.length > 0) {
        const end = quotedEnd(this.text, at)
        if (end === undefined) return undefined
        segment = unquote(this.text.slice(at + 1, end - 1))
        at = end - 1
        const next = this.text[end]
        if (next !== '.' && next !== ':') return undefined
      } else if (char === '.') {
        segments.push(segment)
        segment = ''
      } else if (char === '\\' && at + 1 < this.text.length) {
        segment += this.text[++at]
      } else if (isSpace(char) || '()"<>=/'.includes(char) || (char === '[' && segments.length === 0)) {
        return undefined
      } else segment += char
    }
    if (at >= this.text.length || at === start) return undefined
    segments.push(segment)
    this.position = at + 1
    return { segments, text: this.text.slice(start, at), place: { start, end: at } }
  }

  /** A quoted text (wildcards in it are plain characters) or a bare word that ends at white space or a parenthesis. */
  word(stop: string): Word | undefined {
    if (this.char === '"') return this.quoted()
    const start = this.position
    const pieces: Piece[] = []
    let text = ''
    const flush = () => {
      if (text !== '') pieces.push({ kind: 'text', text })
      text = ''
    }
    for (; !this.done; this.position++) {
      const char = this.char
      if (isSpace(char) || stop.includes(char)) break
      if (char === '"')
        throw filterError(
          'A quote inside a word: put a backslash before it, or the whole value in quotes.',
          this.position,
        )
      if (char === '\\') {
        if (this.position + 1 >= this.text.length)
          throw filterError('The filter ends with a backslash; write \\\\ for a backslash.', this.position)
        this.position++
        text += this.char
      } else if (char === '*' || char === '?') {
        flush()
        pieces.push({ kind: char === '*' ? 'any' : 'one' })
      } else text += char
    }
    flush()
    if (this.position === start) return undefined
    return { kind: 'word', pieces, quoted: false, place: this.placeFrom(start) }
  }

  quoted(): Word {
    const start = this.position
    const end = quotedEnd(this.text, start)
    if (end === undefined) throw filterError('The quote that opens here is never closed.', start)
    this.position = end
    const text = unquote(this.text.slice(start + 1, end - 1))
    return { kind: 'word', pieces: [{ kind: 'text', text }], quoted: true, place: { start, end } }
  }

  /**
   * `/pattern/`: only where the second slash ends the value, so that a path such as /api/v1/pods is a plain word.
   * A slash inside the pattern is written `\/`.
   */
  regex(): Operand | undefined {
    const start = this.position
    if (this.char !== '/') return undefined
    let pattern = ''
    let at = start + 1
    for (; at < this.text.length && this.text[at] !== '/'; at++) {
      const char = this.text[at] ?? ''
      if (isSpace(char)) return undefined
      if (char === '\\' && at + 1 < this.text.length) {
        const next = this.text[++at] ?? ''
        pattern += next === '/' ? '/' : char + next
      } else pattern += char
    }
    const after = this.text[at + 1] ?? ' '
    if (at >= this.text.length || pattern === '' || !(isSpace(after) || after === ')')) return undefined
    if (pattern.length > maxRegexLength)
      throw filterError(`A regular expression may have at most ${maxRegexLength} characters.`, start)
    this.position = at + 1
    return { kind: 'regex', pattern, place: this.placeFrom(start) }
  }
}

export function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\n' || char === '\r' || char === '\u3000' || char === '\u00a0'
}

/** The offset after the closing quote. */
function quotedEnd(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return undefined
}

/** In quotes only `\"` and `\\` are escapes; a backslash before anything else is itself, as in Windows paths. */
function unquote(text: string): string {
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1]
    if (text[at] === '\\' && (next === '"' || next === '\\')) {
      out += next
      at++
    } else out += text[at]
  }
  return out
}
