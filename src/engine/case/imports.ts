/** What the journal says was imported, and how that compares with what the database holds. */
import { z } from 'zod'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { listAccounts } from '../import/accounts'
import type { JournalRecord } from './journal'

const Begin = z.object({
  import: z.number(),
  options: z.object({
    format: z.string().nullable(),
    timeZone: z.string().nullable(),
    /** Zones by the abbreviations of the data. */
    zoneNames: z.record(z.string(), z.string()).default({}),
    /** Zones of times that name none, by format. */
    formatZones: z.record(z.string(), z.string()).default({}),
    pgPrefix: z.string().nullable().default(null),
    /** Hashes of the mappings that were tried, in their order. */
    mappings: z.array(z.string()).default([]),
  }),
})
const Files = z.object({
  import: z.number(),
  files: z.array(z.object({ name: z.string(), sha256: z.string(), sizeBytes: z.number(), status: z.string() })),
})

/** A file as the journal tells of it. */
export interface JournaledFile {
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  readonly status: string
}

interface JournaledImport {
  readonly batchNo: number
  readonly format: string | null
  readonly timeZone: string | null
  readonly zoneNames: Readonly<Record<string, string>>
  readonly formatZones: Readonly<Record<string, string>>
  readonly pgPrefix: string | null
  readonly mappings: readonly string[]
  readonly files: JournaledFile[]
}

/** The imports that the journal tells of, in order, with the files that were committed. */
export function journaledImports(records: readonly JournalRecord[]): JournaledImport[] {
  const imports = new Map<number, JournaledImport>()
  for (const { op, args } of records) {
    if (op === 'import.begin') {
      const begin = Begin.safeParse(args)
      if (begin.success)
        imports.set(begin.data.import, { batchNo: begin.data.import, ...begin.data.options, files: [] })
    } else if (op === 'import.files') {
      const parsed = Files.safeParse(args)
      if (parsed.success) imports.get(parsed.data.import)?.files.push(...parsed.data.files)
    }
  }
  return [...imports.values()].filter(({ files }) => files.length > 0)
}

interface UnknownBatch {
  readonly import: number
  readonly files: readonly { name: string; sha256: string; sizeBytes: number; status: string }[]
}

/**
 * `missing`: files of the journal that the database does not hold. `unknown`: committed files whose journal record was
 * lost in a crash between the two writes, ready to be recorded.
 */
export async function compareImports(
  db: Database,
  records: readonly JournalRecord[],
): Promise<{ missing: number; unknown: readonly UnknownBatch[] }> {
  const imports = journaledImports(records)
  const journaled = new Set(imports.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))
  const batches = new Map(
    (
      await db.all(
        z.object({ id: z.number(), batch: z.number() }),
        sql`SELECT import_id AS id, import_batch AS batch FROM source_file`,
      )
    ).map(({ id, batch }) => [id, batch]),
  )
  const accounts = await listAccounts(db)
  const stored = new Set(accounts.map(({ sha256 }) => sha256))
  const unknown = new Map<number, UnknownBatch['files'][number][]>()
  for (const { importId, name, sha256, sizeBytes, status } of accounts) {
    if (journaled.has(sha256)) continue
    const batch = batches.get(importId) ?? 0
    unknown.set(batch, [...(unknown.get(batch) ?? []), { name, sha256, sizeBytes, status }])
  }
  return {
    missing: [...journaled].filter((sha256) => !stored.has(sha256)).length,
    unknown: [...unknown].map(([batch, files]) => ({ import: batch, files })),
  }
}
