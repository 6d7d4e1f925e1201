/** Accounts of files that were refused and cannot be read again: that they were there is kept, why they were refused is not. */
import { z } from 'zod'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { toolVersion } from '../version'
import type { JournaledFile } from './imports'

const reason =
  'The file was refused when it was imported; its original was not at hand when the database was made again.'

export async function tellRefused(db: Database, batchNo: number, files: readonly JournaledFile[]): Promise<void> {
  for (const { name, sha256, sizeBytes } of files) {
    const there = await db.rows(sql`SELECT 1 FROM source_file WHERE sha256 = ${sha256} AND name = ${name}`)
    if (there.length > 0) continue
    await db.transaction(async (writer) => {
      const [last] = await writer.all(
        z.object({ id: z.number() }),
        sql`SELECT coalesce(max(import_id), 0) AS id FROM source_file`,
      )
      const importId = (last?.id ?? 0) + 1
      await writer.run(sql`
        INSERT INTO source_file VALUES (${importId}, ${batchNo}, ${name}, ${sha256}, ${sizeBytes}, []::VARCHAR[], 'refused',
          1, 0, 0, 0, 1, 0, 0, 0, 0, NULL, NULL, []::VARCHAR[], '{}', ${toolVersion}, NULL)`)
      await writer.run(sql`INSERT INTO import_reject VALUES (${importId}, 0, NULL, 1, 0, ${sizeBytes}, ${reason})`)
    })
  }
}
