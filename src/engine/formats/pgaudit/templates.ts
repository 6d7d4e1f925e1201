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

/** Prefixes of lines whose time is held by an envelope (managed services). */
export const payloadTemplates: readonly PrefixTemplate[] = [
  ...knownTemplates,
  ...['[%p]: [%l-1] db=%d,user=%u,host=%h ', '[%p]: [%l-1] db=%d,user=%u ', '[%p]: [%l-1] %q%u@%d ', '[%p] ', ''].map(
    compilePrefix,
  ),
]

/** Most explained lines first; templates that explain none stay, since a server's prefix can change within a file. */
export function rankTemplates(
  templates: readonly PrefixTemplate[],
  lines: readonly string[],
): readonly PrefixTemplate[] {
  const scored = templates.map((template) => ({
    template,
    explained: lines.filter((line) => matchPrefix(template, line) !== undefined).length,
  }))
  return scored.sort((a, b) => b.explained - a.explained).map((item) => item.template)
}

/** The first template that explains the line. */
export function matchFirst(templates: readonly PrefixTemplate[], line: string): PrefixedLine | undefined {
  for (const template of templates) {
    const match = matchPrefix(template, line)
    if (match !== undefined) return match
  }
  return undefined
}
