/**
 * Matches lines of the plain log against a `log_line_prefix` template (PostgreSQL manual, 20.8.3). The template is
 * compiled to a list of steps and matched by hand; it never becomes a regular expression, since it may come from the
 * analyst and the lines come from anywhere. Work per line is bounded: a prefix longer than MAX_PREFIX is none.
 */
import { endOfTime } from './logTime'

type PrefixField =
  | 'time'
  | 'epoch'
  | 'user'
  | 'database'
  | 'application'
  | 'client'
  | 'host'
  | 'pid'
  | 'lineNo'
  | 'sessionId'
  | 'sqlState'
  | 'commandTag'
  | 'virtualXid'
  | 'backendType'
  | 'queryId'
  | 'sessionStart'
  | 'ignored'

type Shape = 'time' | 'digits' | 'signed' | 'session' | 'state' | 'xid' | 'epoch' | 'free' | 'address' | 'database'

type Step =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'field'; readonly field: PrefixField; readonly shape: Shape; readonly padded: boolean }
  | { readonly kind: 'stop' }

export interface PrefixTemplate {
  readonly template: string
  readonly steps: readonly Step[]
}

export interface PrefixedLine {
  readonly fields: ReadonlyMap<PrefixField, string>
  /** LOG, ERROR, DETAIL, … */
  readonly severity: string
  /** Where the message begins. */
  readonly messageAt: number
}

const MAX_PREFIX = 600

const escapes: ReadonlyMap<string, readonly [PrefixField, Shape]> = new Map([
  ['a', ['application', 'free']],
  ['u', ['user', 'free']],
  ['d', ['database', 'database']],
  ['r', ['client', 'address']],
  ['h', ['host', 'address']],
  ['L', ['ignored', 'address']],
  ['b', ['backendType', 'free']],
  ['p', ['pid', 'digits']],
  ['P', ['ignored', 'digits']],
  ['t', ['time', 'time']],
  ['m', ['time', 'time']],
  ['n', ['epoch', 'epoch']],
  ['i', ['commandTag', 'free']],
  ['e', ['sqlState', 'state']],
  ['c', ['sessionId', 'session']],
  ['l', ['lineNo', 'digits']],
  ['s', ['sessionStart', 'time']],
  ['v', ['virtualXid', 'xid']],
  ['x', ['ignored', 'digits']],
  ['Q', ['queryId', 'signed']],
])

/** An unknown escape is ignored, as the server does; `%%` is a percent sign; `%-10u` pads. */
export function compilePrefix(template: string): PrefixTemplate {
  const steps: Step[] = []
  let literal = ''
  const flush = () => {
    if (literal !== '') steps.push({ kind: 'literal', text: literal })
    literal = ''
  }
  let at = 0
  while (at < template.length) {
    const c = template.charAt(at++)
    if (c !== '%') {
      literal += c
      continue
    }
    let padded = false
    while (/[-0-9]/.test(template.charAt(at))) {
      padded = true
      at++
    }
    const letter = template.charAt(at++)
    const known = escapes.get(letter)
    if (letter === '%') literal += '%'
    else if (letter === 'q') {
      flush()
      steps.push({ kind: 'stop' })
    } else if (known !== undefined) {
      flush()
      steps.push({ kind: 'field', field: known[0], shape: known[1], padded })
    }
  }
  flush()
  return { template, steps }
}

/** The prefix and severity of a line, or undefined where the template does not explain it. */
export function matchPrefix(template: PrefixTemplate, line: string): PrefixedLine | undefined {
  return new Matcher(template.steps, line).match()
}

/** One attempt. Remembers dead ends, so that free fields cost length × steps and no more. */
class Matcher {
  readonly #fields: [PrefixField, string][] = []
  readonly #dead = new Set<number>()
  readonly #limit: number

  constructor(
    readonly steps: readonly Step[],
    readonly line: string,
  ) {
    this.#limit = Math.min(line.length, MAX_PREFIX)
  }

  match(): PrefixedLine | undefined {
    const end = this.#from(0, 0)
    if (end === undefined) return undefined
    return { fields: new Map(this.#fields), severity: end.severity, messageAt: end.messageAt }
  }

  #from(step: number, at: number): SeverityMark | undefined {
    const key = step * (MAX_PREFIX + 1) + at
    if (at > this.#limit || this.#dead.has(key)) return undefined
    const found = this.#try(step, at)
    if (found === undefined) this.#dead.add(key)
    return found
  }

  #try(index: number, at: number): SeverityMark | undefined {
    const step = this.steps[index]
    if (step === undefined) return severityAt(this.line, at)
    if (step.kind === 'stop') return severityAt(this.line, at) ?? this.#from(index + 1, at)
    if (step.kind === 'literal') {
      if (this.line.startsWith(step.text, at)) return this.#from(index + 1, at + step.text.length)
      // The last blank of a prefix is often lost on the way through other tools.
      const bare = step.text.trimEnd()
      const last = index === this.steps.length - 1
      return last && bare !== step.text && this.line.startsWith(bare, at)
        ? severityAt(this.line, at + bare.length)
        : undefined
    }
    let start = at
    if (step.padded) while (this.line.charAt(start) === ' ') start++
    if (step.shape !== 'free' && step.shape !== 'address' && step.shape !== 'database') {
      const end = endOfShape(this.line, start, step.shape)
      return end < 0 ? undefined : this.#take(index, step.field, start, end, step.padded)
    }
    const next = this.steps[index + 1]
    // No address holds a blank; an `@` is far likelier in a user's name (a mail address) than in a database's.
    const barred = step.shape === 'address' ? ' ' : step.shape === 'database' ? '@' : ''
    for (let end = start; end <= this.#limit; end++) {
      if (end > start && this.line.charAt(end - 1) === barred) break
      if (next?.kind === 'literal' && !this.line.startsWith(next.text.trimEnd(), end)) continue
      const found = this.#take(index, step.field, start, end, step.padded)
      if (found !== undefined) return found
    }
    return undefined
  }

  #take(index: number, field: PrefixField, start: number, end: number, padded: boolean): SeverityMark | undefined {
    const depth = this.#fields.length
    this.#fields.push([field, padded ? this.line.slice(start, end).trim() : this.line.slice(start, end)])
    let after = end
    if (padded) while (this.line.charAt(after) === ' ' && !this.#literalAt(index + 1, after)) after++
    const found = this.#from(index + 1, after)
    if (found === undefined) this.#fields.length = depth
    return found
  }

  #literalAt(index: number, at: number): boolean {
    const step = this.steps[index]
    return step?.kind === 'literal' && this.line.startsWith(step.text, at)
  }
}

interface SeverityMark {
  readonly severity: string
  readonly messageAt: number
}

const severity =
  /^(DEBUG[1-5]?|LOG|INFO|NOTICE|WARNING|ERROR|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|BACKTRACE):(?: {1,2}|$)/

/** `LOG:  ` at a position; some managed services write one blank. */
function severityAt(line: string, at: number): SeverityMark | undefined {
  const match = severity.exec(line.slice(at, at + 16))
  if (match === null) return undefined
  return { severity: match[1] ?? '', messageAt: at + match[0].length }
}

function endOfShape(line: string, at: number, shape: Exclude<Shape, 'free' | 'address' | 'database'>): number {
  if (shape === 'time') return endOfTime(line, at)
  const pattern = {
    digits: /^\d{1,20}/,
    signed: /^-?\d{1,20}/,
    epoch: /^\d{9,11}\.\d{3}/,
    session: /^[0-9a-f]{1,16}\.[0-9a-f]{1,8}/,
    state: /^[0-9A-Z]{5}/,
    xid: /^(?:-?\d{1,11}\/\d{1,20})?/,
  }[shape]
  const match = pattern.exec(line.slice(at, at + 40))
  return match === null ? -1 : at + match[0].length
}
