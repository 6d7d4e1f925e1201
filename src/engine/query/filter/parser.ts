/**
 * Recursive descent over the scanner:
 *
 *   or     := and (('OR' | '||') and)*
 *   and    := unary (('AND' | '&&')? unary)*
 *   unary  := ('NOT' | '!' | '-' | '+')* primary
 *   primary:= '(' or ')' | field ':' value | regex | word
 *   value  := '(' or-of-values ')' | range | ('>' | '>=' | '<' | '<=') word | regex | word
 *
 * Work and depth are bounded, whatever the text.
 */
import type { Bound, FieldName, Node, Operand } from './ast'
import { filterError } from './error'
import { Scanner } from './scanner'

export const maxFilterLength = 20_000
export const maxTerms = 1_000
export const maxDepth = 100

/** The tree, or undefined for a filter that is empty (everything). Errors: `filter.invalid` with the position. */
export function parseFilter(text: string): Node | undefined {
  if (text.length > maxFilterLength)
    throw filterError(`A filter may have at most ${maxFilterLength} characters.`, maxFilterLength)
  return new Parser(new Scanner(text)).parse()
}

class Parser {
  readonly #scan: Scanner
  #terms = 0
  #depth = 0

  constructor(scan: Scanner) {
    this.#scan = scan
  }

  parse(): Node | undefined {
    const scan = this.#scan
    scan.space()
    if (scan.done) return undefined
    const node = this.#or(undefined)
    if (!scan.done) throw filterError('There is no open parenthesis for this one.', scan.position)
    return node
  }

  #or(field: FieldName | undefined): Node {
    const items = [this.#and(field)]
    while (this.#scan.keyword('OR') || this.#scan.take('||')) items.push(this.#and(field))
    return group('or', items)
  }

  #and(field: FieldName | undefined): Node {
    const scan = this.#scan
    const items = [this.#unary(field)]
    for (;;) {
      scan.space()
      if (scan.keyword('AND') || scan.take('&&')) items.push(this.#unary(field))
      else if (scan.done || scan.char === ')' || scan.atKeyword('OR') || scan.text.startsWith('||', scan.position))
        return group('and', items)
      else items.push(this.#unary(field))
    }
  }

  #unary(field: FieldName | undefined): Node {
    const scan = this.#scan
    scan.space()
    const start = scan.position
    if (scan.keyword('NOT') || scan.take('!') || scan.take('-')) {
      const item = this.#nested(() => this.#unary(field))
      return { kind: 'not', item, place: scan.placeFrom(start) }
    }
    if (scan.take('+')) return this.#nested(() => this.#unary(field))
    return this.#primary(field)
  }

  #primary(field: FieldName | undefined): Node {
    const scan = this.#scan
    const start = scan.position
    for (const word of ['AND', 'OR', 'NOT', '&&', '||'])
      if (scan.text.startsWith(word, start) && (word.startsWith('&') || word.startsWith('|') || scan.atKeyword(word)))
        throw filterError(`${word} stands between two terms; one is missing here.`, start)
    if (scan.done) throw filterError('The filter ends where a term is expected.', start)
    if (scan.char === ')') throw filterError('A term is missing before this parenthesis.', start)
    if (scan.char === '(') return this.#parenthesised(field)
    if (field !== undefined) return this.#value(field, start)
    const regex = scan.regex()
    if (regex !== undefined) return this.#match(undefined, regex, start)
    const name = scan.fieldName()
    if (name !== undefined) return this.#fieldValue(name, start)
    if (scan.char === '[' || scan.char === '{')
      throw filterError('A range needs a field before it, such as ts:[a TO b].', start)
    if (scan.char === ':') throw filterError('A field name is missing before the colon.', start)
    return this.#match(undefined, this.#word(start), start)
  }

  #parenthesised(field: FieldName | undefined): Node {
    const scan = this.#scan
    const open = scan.position
    scan.position++
    const node = this.#nested(() => this.#or(field))
    scan.space()
    if (!scan.take(')')) throw filterError('The parenthesis that opens here is never closed.', open)
    return { ...node, place: scan.placeFrom(open) }
  }

  #fieldValue(name: FieldName, start: number): Node {
    const scan = this.#scan
    scan.space()
    if (scan.done || scan.char === ')') throw filterError(`The field ${name.text} has no value.`, scan.position)
    if (scan.char !== '(') return this.#value(name, start)
    const node = this.#parenthesised(name)
    return { ...node, place: scan.placeFrom(start) }
  }

  #value(field: FieldName, start: number): Node {
    const scan = this.#scan
    const at = scan.position
    if (scan.char === '[' || scan.char === '{') return this.#match(field, this.#range(), start)
    for (const sign of ['>=', '<=', '>', '<'] as const)
      if (scan.take(sign)) {
        scan.space()
        const word = this.#word(scan.position)
        const bound = toBound(word, sign.endsWith('='))
        const open: Bound = { place: word.place, text: undefined, inclusive: true }
        const place = scan.placeFrom(at)
        return this.#match(
          field,
          sign.startsWith('>')
            ? { kind: 'range', low: bound, high: open, place }
            : { kind: 'range', low: open, high: bound, place },
          start,
        )
      }
    return this.#match(field, scan.regex() ?? this.#word(at), start)
  }

  #range(): Operand {
    const scan = this.#scan
    const start = scan.position
    const lowInclusive = scan.char === '['
    scan.position++
    scan.space()
    const low = this.#rangeWord(start)
    scan.space()
    if (!scan.take('TO')) throw filterError('A range is written [a TO b]; TO is expected here.', scan.position)
    scan.space()
    const high = this.#rangeWord(start)
    scan.space()
    const close = scan.char
    if (close !== ']' && close !== '}') throw filterError('The range that opens here is never closed.', start)
    scan.position++
    return {
      kind: 'range',
      low: toBound(low, lowInclusive),
      high: toBound(high, close === ']'),
      place: scan.placeFrom(start),
    }
  }

  #rangeWord(open: number): Extract<Operand, { kind: 'word' }> {
    const word = this.#scan.word(']}')
    if (word === undefined)
      throw this.#scan.done
        ? filterError('The range that opens here is never closed.', open)
        : filterError('A range needs a value here; * means no limit.', this.#scan.position)
    return word
  }

  #word(start: number): Extract<Operand, { kind: 'word' }> {
    const word = this.#scan.word('()')
    if (word === undefined) throw filterError('A value is missing here.', start)
    return word
  }

  #match(field: FieldName | undefined, operand: Operand, start: number): Node {
    if (++this.#terms > maxTerms) throw filterError(`A filter may have at most ${maxTerms} terms.`, start)
    return { kind: 'match', field, operand, place: this.#scan.placeFrom(start) }
  }

  #nested(read: () => Node): Node {
    if (++this.#depth > maxDepth)
      throw filterError(`A filter may be nested at most ${maxDepth} deep.`, Math.max(0, this.#scan.position - 1))
    const node = read()
    this.#depth--
    return node
  }
}

function group(kind: 'and' | 'or', items: readonly Node[]): Node {
  const first = items[0]
  const last = items.at(-1)
  if (first === undefined || last === undefined) throw new Error('unreachable: a group of nothing')
  if (items.length === 1) return first
  return { kind, items, place: { start: first.place.start, end: last.place.end } }
}

function toBound(word: Extract<Operand, { kind: 'word' }>, inclusive: boolean): Bound {
  const only = word.pieces[0]
  if (word.pieces.length === 1 && only?.kind === 'any') return { place: word.place, text: undefined, inclusive }
  let text = ''
  for (const piece of word.pieces) {
    if (piece.kind !== 'text') throw filterError('A limit of a range cannot have wildcards.', word.place.start)
    text += piece.text
  }
  return { place: word.place, text, inclusive }
}
