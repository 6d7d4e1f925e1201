/** Whether the case shows what the last run found, and nothing else. */
import type { JournalRecord } from '../case/journal'
import { Database } from '../db/database'
import { migrate } from '../db/migrate'
import { sql } from '../db/sql'
import { toolVersion } from '../version'
import { applyKept } from './kept'

/** A sentence where the kept file or the table is not what the journal says; undefined where all fits. */
export async function enrichmentFault(
  folder: string,
  db: Database,
  records: readonly JournalRecord[],
): Promise<string | undefined> {
  const replay = await Database.open({ path: ':memory:' })
  try {
    await migrate(replay, toolVersion)
    const fault = await applyKept(folder, replay, records)
    if (fault !== undefined) return fault
    const [expected, stored] = [await digest(replay), await digest(db)]
    return expected === stored
      ? undefined
      : 'The table of what was looked up for addresses is not what the case keeps of the last run.'
  } finally {
    await replay.close()
  }
}

/** Of the table as a whole, computed where the rows are: there may be a million. */
async function digest(db: Database): Promise<string> {
  const rows = await db.rows(sql`
    SELECT count(*) AS n, md5(coalesce(string_agg(md5(CAST(to_json(a) AS VARCHAR)), '' ORDER BY a.address), '')) AS digest
    FROM address_info a`)
  return JSON.stringify(rows)
}
