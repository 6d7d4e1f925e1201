/**
 * Times written to a pattern of `%` directives, as `strptime` has them. The parts are put together as RFC 3339 text,
 * so that one parser decides what a valid time is. Names of months and days are English.
 */
import { type EpochTime, parseEpoch } from './epoch'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName =
  /^(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?/i
const dayName =
  /^(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\.?/i

/** What each directive reads at the start of the rest of the text. */
const directives: Readonly<Record<string, RegExp>> = {
  Y: /^\d{4}/,
  y: /^\d{2}/,
  m: /^\d{1,2}/,
  d: /^ ?\d{1,2}/,
  e: /^ ?\d{1,2}/,
  b: monthName,
  B: monthName,
  h: monthName,
  a: dayName,
  A: dayName,
  j: /^\d{1,3}/,
  H: /^ ?\d{1,2}/,
  k: /^ ?\d{1,2}/,
  I: /^ ?\d{1,2}/,
  M: /^\d{1,2}/,
  S: /^\d{1,2}/,
  f: /^\d{1,12}/,
  p: /^[ap]\.?m\.?/i,
  z: /^(?:Z|[+-]\d{2}(?::?\d{2})?)/i,
  Z: /^[A-Za-z]{1,6}/,
  s: /^[+-]?\d{1,15}/,
}
const short: Readonly<Record<string, string>> = {
  T: '%H:%M:%S',
  R: '%H:%M',
  F: '%Y-%m-%d',
  D: '%m/%d/%y',
  r: '%I:%M:%S %p',
  c: '%a %b %e %H:%M:%S %Y',
}

type Step = { readonly literal: string } | { readonly directive: string; readonly reads: RegExp } | 'space'

export interface TimePattern {
  /** RFC 3339 text, or the instant itself for `%s`; undefined where the text does not fit. */
  parse(text: string): string | EpochTime | undefined
}

export function compilePattern(pattern: string): TimePattern | { readonly problem: string } {
  const steps: Step[] = []
  const problem = addSteps(pattern, steps, 0)
  if (problem !== undefined) return { problem }
  const has = (...names: string[]) =>
    steps.some((step) => step !== 'space' && 'directive' in step && names.includes(step.directive))
  const lacks = (what: string) => ({ problem: `the time format “${pattern}” has no ${what}` })
  if (!has('s')) {
    if (!has('Y', 'y')) return lacks('year (%Y)')
    if (!has('j') && !(has('m', 'b', 'B', 'h') && has('d', 'e'))) return lacks('month and day (%m or %b, and %d)')
    if (has('I') && !has('p')) return lacks('%p beside %I, so noon and midnight are the same')
    if (has('M') && !has('H', 'k', 'I')) return lacks('hour (%H)')
  }
  return { parse: (text) => parse(text, steps) }
}

function addSteps(pattern: string, steps: Step[], depth: number): string | undefined {
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? ''
    if (/\s/.test(char)) {
      if (steps.at(-1) !== 'space') steps.push('space')
    } else if (char !== '%') steps.push({ literal: char })
    else {
      at++
      const name = pattern[at] ?? ''
      if (name === '%') steps.push({ literal: '%' })
      else if (name === 'n' || name === 't') steps.push('space')
      else if (Object.hasOwn(short, name) && depth === 0) addSteps(short[name] ?? '', steps, 1)
      else if (Object.hasOwn(directives, name) && directives[name] !== undefined)
        steps.push({ directive: name, reads: directives[name] })
      else return `the time format has “%${name}”, which is not known`
    }
  }
  return undefined
}

function parse(text: string, steps: readonly Step[]): string | EpochTime | undefined {
  const parts = new Map<string, string>()
  let rest = text
  for (const step of steps) {
    if (step === 'space') {
      const trimmed = rest.trimStart()
      if (trimmed.length === rest.length) return undefined
      rest = trimmed
    } else if ('literal' in step) {
      if (!rest.startsWith(step.literal)) return undefined
      rest = rest.slice(step.literal.length)
    } else {
      const found = step.reads.exec(rest)?.[0]
      if (found === undefined) return undefined
      parts.set(step.directive, found.trim())
      rest = rest.slice(found.length)
    }
  }
  return rest.trim() === '' ? assemble(parts) : undefined
}

function assemble(parts: ReadonlyMap<string, string>): string | EpochTime | undefined {
  const seconds = parts.get('s')
  if (seconds !== undefined) return parseEpoch(`${seconds}${fractionOf(parts)}`, 's')
  const year = yearOf(parts)
  const date = year === undefined ? undefined : dateOf(parts, year)
  const hour = hourOf(parts)
  if (date === undefined || hour === undefined) return undefined
  const two = (value: string | undefined) => (value ?? '0').padStart(2, '0')
  const zone = parts.get('z')?.toUpperCase() ?? zoneName(parts.get('Z'))
  return `${date}T${two(hour)}:${two(parts.get('M'))}:${two(parts.get('S'))}${fractionOf(parts)}${zone}`
}

/** With a blank before it, so that it stands apart from the digits. */
function zoneName(name: string | undefined): string {
  return name === undefined ? '' : ` ${name.toUpperCase()}`
}

function fractionOf(parts: ReadonlyMap<string, string>): string {
  const fraction = parts.get('f')
  return fraction === undefined ? '' : `.${fraction}`
}

/** Two digits as POSIX has them: 69 to 99 are 19xx, 00 to 68 are 20xx. */
function yearOf(parts: ReadonlyMap<string, string>): string | undefined {
  const full = parts.get('Y')
  const two = parts.get('y')
  if (full !== undefined || two === undefined) return full
  return `${Number(two) >= 69 ? 19 : 20}${two}`
}

function dateOf(parts: ReadonlyMap<string, string>, year: string): string | undefined {
  const named = (parts.get('b') ?? parts.get('B') ?? parts.get('h'))?.slice(0, 3).toLowerCase()
  const month = named === undefined ? parts.get('m') : String(months.indexOf(named) + 1)
  const day = parts.get('d') ?? parts.get('e')
  if (month !== undefined && day !== undefined) return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const dayOfYear = Number(parts.get('j') ?? 0)
  const date = new Date(0)
  date.setUTCFullYear(Number(year), 0, dayOfYear)
  if (dayOfYear < 1 || date.getUTCFullYear() !== Number(year)) return undefined
  return `${year}-${String(date.getUTCMonth() + 1).padStart(2, '0')}-${String(date.getUTCDate()).padStart(2, '0')}`
}

function hourOf(parts: ReadonlyMap<string, string>): string | undefined {
  const half = parts.get('I')
  const hour = parts.get('H') ?? parts.get('k')
  if (half === undefined || hour !== undefined) return hour ?? '00'
  const twelfth = Number(half)
  if (twelfth < 1 || twelfth > 12) return undefined
  const afternoon = parts.get('p')?.toLowerCase().startsWith('p') === true
  return String((twelfth % 12) + (afternoon ? 12 : 0))
}
