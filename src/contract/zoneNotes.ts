import type { ZoneAccount } from './import'

/** What the account of a file says of the zones of its times, a sentence each; none where every time says what it means. */
export function zoneNotes(account: ZoneAccount | null): string[] {
  if (account === null) return []
  const { timeZone, assumed, ambiguous, missing, sample, abbreviations } = account
  const notes: string[] = []
  if (assumed > 0)
    notes.push(
      timeZone === null
        ? `${named(assumed)} no zone (“${sample ?? ''}”): read as UTC and marked clock_suspect; to name their zone, import into a new case and answer the question about it (--tz ZONE)`
        : `${named(assumed)} no zone: read in ${timeZone}`,
    )
  if (ambiguous > 0)
    notes.push(
      `${records(ambiguous)} in an hour that occurred twice: taken as the earlier one and marked time_ambiguous`,
    )
  if (missing > 0)
    notes.push(
      `${count(missing, 'time does', 'times do')} not exist in the zone, since the clocks went forward: not read`,
    )
  for (const { name, records: number, readAs } of abbreviations)
    notes.push(
      readAs === null
        ? `${records(number)} with a time in ${name}, which may mean several zones: the time was not read; say which with --tz ${name}=ZONE`
        : `${records(number)} with a time in ${name}: read in ${readAs}`,
    )
  return notes
}

const count = (number: number, one: string, many: string) => `${number} ${number === 1 ? one : many}`
const records = (number: number) => count(number, 'record', 'records')
const named = (number: number) => count(number, 'record names', 'records name')
