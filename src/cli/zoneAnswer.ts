import { AppError } from '../common/errors'

/** `--tz` as it is typed: `ZONE` for times that name none, `ABBR=ZONE` for what an abbreviation of the data means. */
export function zoneAnswer(words: readonly string[]): { timeZone?: string; zoneNames: Record<string, string> } {
  const plain = words.filter((word) => !word.includes('='))
  if (plain.length > 1) throw new AppError('usage', 'Only one --tz may be for times that name no zone; see --help.')
  const named = new Map<string, string>()
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 0) continue
    const name = word.slice(0, at).toUpperCase()
    if (named.has(name)) throw new AppError('usage', `--tz says twice what ${name} means.`)
    named.set(name, word.slice(at + 1))
  }
  const zoneNames = Object.fromEntries(named)
  return plain[0] === undefined ? { zoneNames } : { timeZone: plain[0], zoneNames }
}
