/** What the analyst said about zones in earlier imports of the case; the last answer of each kind is in force. */
import { z } from 'zod'
import type { JournalRecord } from '../../case/journal'

export interface EarlierAnswers {
  /** For times without a zone of any format. */
  readonly zone: string | null
  readonly byFormat: ReadonlyMap<string, string>
  readonly byName: ReadonlyMap<string, string>
}

const Begin = z.object({
  options: z.object({
    timeZone: z.string().nullable().default(null),
    zoneNames: z.record(z.string(), z.string()).default({}),
    formatZones: z.record(z.string(), z.string()).default({}),
  }),
})

export function earlierAnswers(records: readonly JournalRecord[]): EarlierAnswers {
  let zone: string | null = null
  const byFormat = new Map<string, string>()
  const byName = new Map<string, string>()
  for (const { op, args } of records) {
    const begin = op === 'import.begin' ? Begin.safeParse(args) : undefined
    if (begin?.success !== true) continue
    const { timeZone, zoneNames, formatZones } = begin.data.options
    if (timeZone !== null) {
      zone = timeZone
      byFormat.clear()
    }
    for (const [format, answer] of Object.entries(formatZones)) byFormat.set(format, answer)
    for (const [name, answer] of Object.entries(zoneNames)) byName.set(name.toUpperCase(), answer)
  }
  return { zone, byFormat, byName }
}
