/**
 * One line of the Prometheus text format or of OpenMetrics: `name{label="value"} value [time] [# {labels} value [time]]`,
 * a comment, or metadata. Names in quotes inside the braces are those of Prometheus 3.
 */
import { AttributeBuilder, type Attributes, noAttributes } from '../spans/attributes'

export interface SampleLine {
  readonly name: string
  readonly labels: Attributes
  readonly value: string
  readonly time: string | undefined
  readonly exemplar: ExemplarLine | undefined
}

export interface ExemplarLine {
  readonly labels: Attributes
  readonly value: string
  readonly time: string | undefined
}

export interface MetaLine {
  readonly what: 'HELP' | 'TYPE' | 'UNIT'
  readonly family: string
  readonly text: string
}

const plainName = /[A-Za-z_:][\w:.]*/y
const word = /[^\s{}#",=]+/y
const blanks = /[ \t]*/y
const quoted = /"((?:[^"\\]|\\.)*)"/sy

const meta = /^#[ \t]+(HELP|TYPE|UNIT)[ \t]+("(?:[^"\\]|\\.)*"|\S+)[ \t]*(.*)$/s

export function isComment(line: string): boolean {
  return /^\s*#/.test(line)
}

export function isEnd(line: string): boolean {
  return /^#[ \t]+EOF\s*$/.test(line)
}

export function metaLine(line: string): MetaLine | undefined {
  const match = meta.exec(line.trim())
  if (match === null) return undefined
  const [, what, family = '', text = ''] = match
  const name = family.startsWith('"') ? unescaped(family.slice(1, -1)) : family
  return what === 'HELP' || what === 'TYPE' || what === 'UNIT' ? { what, family: name, text } : undefined
}

/** Undefined where the line is no sample. */
export function sampleLine(line: string): SampleLine | undefined {
  const scan = new Scan(line)
  let name = scan.take(plainName)
  scan.take(blanks)
  let labels = noAttributes
  if (scan.at('{')) {
    const set = scan.labels(name === undefined)
    if (set === undefined) return undefined
    labels = set.labels
    name ??= set.name
  }
  scan.take(blanks)
  const value = scan.take(word)
  if (name === undefined || value === undefined) return undefined
  scan.take(blanks)
  const time = scan.take(word)
  scan.take(blanks)
  if (!scan.at('#')) return scan.ended ? { name, labels, value, time, exemplar: undefined } : undefined
  const exemplar = scan.exemplar()
  return exemplar === undefined ? undefined : { name, labels, value, time, exemplar }
}

class Scan {
  #position = 0

  constructor(private readonly line: string) {}

  get ended(): boolean {
    return this.#position >= this.line.trimEnd().length
  }

  at(character: string): boolean {
    return this.line[this.#position] === character
  }

  take(pattern: RegExp): string | undefined {
    return this.#match(pattern)?.[0]
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position
    const match = pattern.exec(this.line)
    if (match !== null) this.#position += match[0].length
    return match ?? undefined
  }

  #skip(character: string): boolean {
    if (!this.at(character)) return false
    this.#position++
    return true
  }

  /** `{a="1",b="2"}`; `named` allows a quoted name alone, which is the metric's. */
  labels(named: boolean): { readonly labels: Attributes; readonly name: string | undefined } | undefined {
    this.#skip('{')
    const labels = new AttributeBuilder()
    let name: string | undefined
    for (;;) {
      this.take(blanks)
      if (this.#skip('}')) return { labels: labels.finish(), name }
      const label = this.#quoted() ?? this.take(plainName)
      if (label === undefined) return undefined
      this.take(blanks)
      if (this.#skip('=')) {
        this.take(blanks)
        const value = this.#quoted()
        // A label that comes twice is refused by every reader of the format: which one would count?
        if (value === undefined || labels.has(label)) return undefined
        labels.set(label, value)
      } else if (named && name === undefined) name = label
      else return undefined
      this.take(blanks)
      if (!this.#skip(',') && !this.at('}')) return undefined
    }
  }

  exemplar(): ExemplarLine | undefined {
    this.#skip('#')
    this.take(blanks)
    const set = this.at('{') ? this.labels(false) : undefined
    this.take(blanks)
    const value = this.take(word)
    this.take(blanks)
    const time = this.take(word)
    this.take(blanks)
    return set === undefined || value === undefined || !this.ended ? undefined : { labels: set.labels, value, time }
  }

  #quoted(): string | undefined {
    const text = this.#match(quoted)?.[1]
    return text === undefined ? undefined : unescaped(text)
  }
}

/** `\n`, `\"` and `\\`; any other backslash stands for itself. */
function unescaped(text: string): string {
  return text.includes('\\')
    ? text.replace(/\\([n"\\])/g, (_, escaped: string) => (escaped === 'n' ? '\n' : escaped))
    : text
}
