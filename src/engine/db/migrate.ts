import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Database } from './database'
import { sql } from './sql'

const files = import.meta.glob<string>('./migrations/*.sql', { query: '?raw', import: 'default', eager: true })

/** Migrations in order; numbers run from 1 without gaps. */
export const migrations: readonly { readonly version: number; readonly text: string }[] = Object.entries(files)
  .map(([path, text]) => ({ version: Number(/(\d{4})-[^/]*\.sql$/.exec(path)?.[1]), text }))
  .sort((a, b) => a.version - b.version)

export const schemaVersion = migrations.length

/** Brings the database to this version's schema, then checkpoints. Errors: `case.invalid` for a newer schema. */
export async function migrate(db: Database, tool: string): Promise<void> {
  const present = await db.get(
    z.object({ n: z.number() }),
    sql`SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'schema_version' AND NOT internal`,
  )
  const current =
    present?.n === 1
      ? ((await db.get(z.object({ v: z.number() }), sql`SELECT coalesce(max(version), 0) AS v FROM schema_version`))
          ?.v ?? 0)
      : 0
  if (current > schemaVersion)
    throw new AppError('case.invalid', 'The case was written by a newer version of Crosstrail.', { version: current })
  if (current === schemaVersion) return
  await db.transaction(async (writer) => {
    for (const { version, text } of migrations) {
      if (version <= current) continue
      await writer.run(sql.trusted(text))
      await writer.run(sql`INSERT INTO schema_version VALUES (${version}, ${tool})`)
    }
  })
  await db.write((writer) => writer.run(sql`CHECKPOINT`))
}
