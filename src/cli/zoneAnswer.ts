import { AppError } from '../common/errors'

export interface TypedZones {
  readonly timeZone?: string
  readonly zoneNames: Readonly<Record<string, string>>
  readonly formatZones: Readonly<Record<string, string>>
}

/**
 * `--tz` as it is typed: `ZONE` for times that name none, `FORMAT=ZONE` for those of one format, and `ABBR=ZONE` for
 * what an abbreviation of the data means. `formats`: the ids that there are.
 */
export function zoneAnswer(words: readonly string[], formats: ReadonlySet<string>): TypedZones {
  const plain = words.filter((word) => !word.includes('='))
  if (plain.length > 1) throw new AppError('usage', 'Only one --tz may be for times that name no zone; see --help.')
  const zoneNames = new Map<string, string>()
  const formatZones = new Map<string, string>()
  for (const word of words) {
    const at = word.indexOf('=')
    if (at < 0) continue
    const typed = word.slice(0, at)
    const isFormat = formats.has(typed)
    const name = isFormat ? typed : typed.toUpperCase()
    const named = isFormat ? formatZones : zoneNames
    if (named.has(name)) throw new AppError('usage', `--tz says twice what ${name} means.`)
    named.set(name, word.slice(at + 1))
  }
  return {
    ...(plain[0] === undefined ? {} : { timeZone: plain[0] }),
    zoneNames: Object.fromEntries(zoneNames),
    formatZones: Object.fromEntries(formatZones),
  }
}
