/**
 * What was chosen in the composer, kept in the journal (`report.compose`) for each incident and for the case as a whole.
 * Written by `report.compose` and `report --keep`; read by the composer and `report --kept`. The last record counts.
 */
import { canonicalJson } from '../../common/canonical'
import type { Result } from '../../contract'
import { Composition } from '../../contract/report'
import type { JournalRecord } from '../case/journal'
import { record } from '../case/open'
import type { CaseSession } from '../context'

export type Kept = NonNullable<Result<'report.composition'>>

/**
 * The choices for an incident, or for the case where `incident` is empty; undefined: those that were kept last. A record
 * that cannot be understood is passed over.
 */
export function keptComposition(records: readonly JournalRecord[], incident: string | undefined): Kept | null {
  for (const { op, args, actor, at } of records.toReversed()) {
    if (op !== 'report.compose' || typeof args.incident !== 'string') continue
    if (incident !== undefined && args.incident !== incident) continue
    const options = Composition.safeParse(args.options).data
    if (options !== undefined) return { incident: args.incident, options, author: actor, at }
  }
  return null
}

/** Writes nothing where the same is kept already. Errors: `case.foreign`, `io.*`. */
export async function keepComposition(session: CaseSession, incident: string, options: Composition): Promise<void> {
  const clean = Composition.parse(JSON.parse(JSON.stringify(options).toWellFormed()))
  const before = keptComposition(session.journal.records(), incident)
  if (before !== null && canonicalJson(before.options) === canonicalJson(clean)) return
  await record(session, 'report.compose', { incident, options: clean })
}
