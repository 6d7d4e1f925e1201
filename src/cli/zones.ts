/** `--tz` as it is typed, and what an account says of the zones of its times. */
import { AppError } from '../common/errors'
import type { ZoneAccount } from '../contract/import'

/** `ZONE` for times that name none, `ABBR=ZONE` for what an abbreviation of the data means. */
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

/** One line each; none where every time says what it means. */
export function zoneNotes(account: ZoneAccount | null): string[] {
  if (account === null) return []
  const { timeZone, assumed, ambiguous, missing, abbreviations } = account
  const lines: string[] = []
  if (assumed > 0)
    lines.push(
      timeZone === null
        ? `${assumed} records name no zone (“${account.sample ?? ''}”): read as UTC and marked clock_suspect; name their zone with --tz ZONE in a new case`
        : `${assumed} records name no zone: read in ${timeZone}`,
    )
  if (ambiguous > 0)
    lines.push(
      `${ambiguous} records are in an hour that occurred twice: taken as the earlier one, marked time_ambiguous`,
    )
  if (missing > 0) lines.push(`${missing} times do not exist in the zone: the clocks went forward`)
  for (const { name, records, readAs } of abbreviations)
    lines.push(
      readAs === null
        ? `${records} records have times in ${name}, which may mean several zones: not read; say which with --tz ${name}=ZONE`
        : `${records} records have times in ${name}: read in ${readAs}`,
    )
  return lines
}
