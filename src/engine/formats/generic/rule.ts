/** One line of a mapping: where the value stands, what is cut out of it, and what it means here. */
import { RE2JS } from 're2js'
import type { JsonValue } from '../../../common/json'
import { compilePlace, type Place, plainText, type View } from './place'

/** What a rule found in a record. */
export interface Found {
  /** The value as the source has it, after the pattern; undefined where there is none. */
  readonly source: string | undefined
  /** What it means here: by the table of values, else the value itself. */
  readonly text: string | undefined
  /** The value itself where it is an array, for columns of several values. */
  readonly list?: readonly JsonValue[]
  /** False where the rule has a table of values and this one is not in it. */
  readonly known: boolean
}

export interface Rule {
  /** For messages: the place, or `default`. */
  readonly label: string
  readonly default: string | undefined
  find(view: View): Found
}

interface RuleFile {
  readonly path?: string | undefined
  readonly column?: string | undefined
  readonly pattern?: string | undefined
  readonly values?: Readonly<Record<string, string>> | undefined
  readonly default?: string | undefined
}

const nothing: Found = { source: undefined, text: undefined, known: true }
/** A longer value is not searched: patterns are for words, and time must stay bounded. */
const MAX_SEARCHED = 20_000

export function compileRule(file: RuleFile): Rule | { readonly problem: string } {
  let place: Place | undefined
  if (file.path !== undefined || file.column !== undefined) {
    const compiled = compilePlace(file)
    if ('problem' in compiled) return compiled
    place = compiled
  }
  const cut = file.pattern === undefined ? undefined : compileCut(file.pattern)
  if (cut !== undefined && 'problem' in cut) return cut
  const values = file.values === undefined ? undefined : folded(file.values)
  return {
    label: place?.label ?? 'default',
    default: file.default,
    find(view) {
      const value = place?.read(view)
      const whole = plainText(value)
      const source = whole === undefined || cut === undefined ? whole : cut.of(whole)
      if (source === undefined) return nothing
      const meaning = values?.get(source) ?? values?.get(source.toLowerCase())
      return {
        source,
        text: meaning ?? source,
        known: values === undefined || meaning !== undefined,
        ...(Array.isArray(value) && cut === undefined ? { list: value } : {}),
      }
    },
  }
}

/** Exact values, and the same in lower case where no other line says so exactly. */
function folded(values: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  const lower = Object.entries(values).map(([value, meaning]): [string, string] => [value.toLowerCase(), meaning])
  return new Map([...lower, ...Object.entries(values)])
}

interface Cut {
  of(text: string): string | undefined
}

/** Linear in the length of the text, whatever the pattern: no look-around, no back-references. */
export function compileCut(pattern: string): Cut | { readonly problem: string } {
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(pattern)
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unreadable'
    return { problem: `the pattern is not in RE2 syntax: ${reason.slice(0, 120)}` }
  }
  const group = compiled.groupCount() > 0 ? 1 : 0
  return {
    of(text) {
      if (text.length > MAX_SEARCHED) return undefined
      const matcher = compiled.matcher(text)
      if (!matcher.find()) return undefined
      return matcher.group(group)?.trim() || undefined
    },
  }
}
