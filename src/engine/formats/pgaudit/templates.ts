import { compilePrefix, matchPrefix, type PrefixedLine, type PrefixTemplate } from './prefix'

/**
 * Prefixes in common use, from many fields to few: where two explain as many lines, the earlier one wins. `%m` and
 * `%t` match either precision.
 */
export const knownTemplates: readonly PrefixTemplate[] = [
  '%m [%p] %q%u@%d/%a %r ',
  '%m [%p] %q[user=%u,db=%d,app=%a] ',
  '%m [%p] %quser=%u,db=%d,app=%a,client=%h ',
  '%m [%p]: [%l-1] %quser=%u,db=%d,app=%a,client=%h ',
  '%m [%p]: [%l-1] %qdb=%d,user=%u,app=%a,client=%h ',
  '%m [%p]: [%l-1] [%x] usr=%u,db=%d,appli=%a ',
  '%m [%p]: [%l-1] user=%u,db=%d ',
  '%m [%p]: [%l-1] db=%d,user=%u ',
  '%m [%p]: user=%u,db=%d,app=%a,client=%h ',
  '%m [%p]: db=%d,user=%u,app=%a,client=%h ',
  '%m [%p]: %quser=%u,db=%d ',
  '%m [%p]: %qdb=%d,user=%u ',
  '%m [%p] %quser=%u,db=%d ',
  '%m [%p] %qdb=%d,user=%u ',
  '%m:%r:%u@%d:[%p]:%l:%e:%s:%v:%x:%c:%q%a:',
  '%m:%r:%u@%d:[%p]:',
  '%m:%h:%u@%d:[%p]:',
  '%m-%c-%quser=%u,db=%d,app=%a,client=%h-',
  '%m-%c-%u@%d-%h-',
  '%m-%c-',
  '%m [%p-%l] %q%u@%d ',
  '%m [%p] [%l-1] %q%u@%d ',
  '%m [%p]: [%l-1] %q%u@%d ',
  '%m [%p] %q%u@%d ',
  '%m [%p]: ',
  '%m %c ',
  '%n [%p] %q%u@%d ',
  '%m ',
].map(compilePrefix)

/** Prefixes of lines whose time is held by an envelope (managed services, syslog). */
const timeless: readonly PrefixTemplate[] = [
  '[%p]: [%l-1] db=%d,user=%u,host=%h ',
  '[%p]: [%l-1] db=%d,user=%u ',
  '[%p]: [%l-1] %q%u@%d ',
  'user=%u,db=%d,app=%a,client=%h ',
  'db=%d,user=%u,app=%a,client=%h ',
  'user=%u,db=%d ',
  'db=%d,user=%u ',
  '[%p] %q%u@%d ',
  '[%p] ',
  '%u@%d ',
  '',
].map(compilePrefix)

/** Templates to try, in this order. */
export interface TemplateSet {
  /** Those of a server's own log. */
  readonly line: readonly PrefixTemplate[]
  /** Also those that leave the time to an envelope. */
  readonly payload: readonly PrefixTemplate[]
  /** What the analyst named. */
  readonly given: readonly PrefixTemplate[]
}

/** The known templates, behind the one that the analyst named; the blank at its end is easily lost. */
export function templateSet(prefix: string | undefined): TemplateSet {
  const named = prefix === undefined ? [] : prefix.endsWith(' ') ? [prefix] : [prefix, `${prefix} `]
  const given = named.map(compilePrefix)
  return { given, line: [...given, ...knownTemplates], payload: [...given, ...knownTemplates, ...timeless] }
}

const MAX_TEMPLATE = 300

/** Why a `log_line_prefix` cannot be used: without its time an entry has no place in a timeline. */
export function prefixProblem(prefix: string): string | undefined {
  if (prefix.length > MAX_TEMPLATE) return `A log_line_prefix has at most ${MAX_TEMPLATE} characters.`
  const { steps } = compilePrefix(prefix)
  const timed = steps.some((step) => step.kind === 'field' && (step.field === 'time' || step.field === 'epoch'))
  return timed ? undefined : 'The log_line_prefix states no time: it needs %t, %m or %n.'
}

/**
 * Most explained lines first; templates that explain none stay, since a server's prefix can change within a file. Those
 * that the analyst named stay in front.
 */
export function rankTemplates(
  templates: readonly PrefixTemplate[],
  lines: readonly string[],
  given: readonly PrefixTemplate[] = [],
): readonly PrefixTemplate[] {
  const others = templates.filter((template) => !given.includes(template))
  const scored = others.map((template) => ({
    template,
    explained: lines.filter((line) => matchPrefix(template, line) !== undefined).length,
  }))
  return [...given, ...scored.sort((a, b) => b.explained - a.explained).map((item) => item.template)]
}

/** The first template that explains the line. */
export function matchFirst(templates: readonly PrefixTemplate[], line: string): PrefixedLine | undefined {
  for (const template of templates) {
    const match = matchPrefix(template, line)
    if (match !== undefined) return match
  }
  return undefined
}
