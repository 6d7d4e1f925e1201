/**
 * What runs found, as the case keeps it: one file of lines a run, named by its SHA-256 and named in the journal, and the
 * table `address_info` made from the last one. So a rebuild needs none of the files that the analyst gave.
 */
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { AppError } from '../../common/errors'
import { EnrichFile } from '../../contract/enrich'
import { caseFiles } from '../case/folder'
import type { JournalRecord } from '../case/journal'
import type { Database, Writer } from '../db/database'
import { sql } from '../db/sql'
import { addressClasses } from './addressClass'

export const keptName = /^[0-9a-f]{64}\.jsonl$/

const Text = z.string().max(1_000)
/** A line of the file. `basis`: by fact, SHA-256 of the file that it is from. */
export const KeptRow = z.strictObject({
  address: z.string().max(100),
  class: z.enum(addressClasses),
  provider: Text.optional(),
  service: Text.optional(),
  region: Text.optional(),
  country: Text.optional(),
  city: Text.optional(),
  asn: Text.optional(),
  as_org: Text.optional(),
  basis: z.partialRecord(z.enum(['cloud', 'country', 'city', 'asn', 'as_org']), z.string().length(64)),
})
export type KeptRow = z.infer<typeof KeptRow>

const Run = z.object({ files: z.array(EnrichFile), fresh: z.boolean(), result: z.string().regex(/^[0-9a-f]{64}$/) })

export interface Enrichment {
  /** SHA-256 of the kept file of the last run. */
  readonly result: string
  /** Files whose facts may be in it, in the order in which they were given. */
  readonly files: readonly EnrichFile[]
}

/** What the journal says of the runs; undefined where there was none. */
export function journaledEnrichment(records: readonly JournalRecord[]): Enrichment | undefined {
  let files = new Map<string, EnrichFile>()
  let result: string | undefined
  for (const { op, args } of records) {
    if (op !== 'enrich.run') continue
    const run = Run.safeParse(args)
    if (!run.success) continue
    if (run.data.fresh) files = new Map()
    for (const file of run.data.files) files.set(file.sha256, file)
    result = run.data.result
  }
  return result === undefined ? undefined : { result, files: [...files.values()] }
}

export function keptPath(folder: string, result: string): string {
  return join(folder, caseFiles.enrichment, `${result}.jsonl`)
}

/**
 * Brings `address_info` to what the last run found; nothing is done where it is so already. Gives a sentence where the
 * kept file is missing or changed: the case opens without, since nothing else depends on it.
 */
export async function applyKept(
  folder: string,
  db: Database,
  records: readonly JournalRecord[],
): Promise<string | undefined> {
  const wanted = journaledEnrichment(records)
  if (wanted === undefined) return undefined
  const state = await db.get(z.object({ result: z.string() }), sql`SELECT result FROM enrichment`)
  if (state?.result === wanted.result) return undefined
  if (!existsSync(keptPath(folder, wanted.result)))
    return 'What was looked up for addresses is not in the case folder any more. Run enrich again.'
  try {
    await db.transaction((writer) => load(writer, folder, wanted))
    return undefined
  } catch (error) {
    if (error instanceof AppError && error.code === 'case.invalid')
      return 'What was looked up for addresses was changed outside of the program and is not shown. Run enrich again.'
    throw error
  }
}

const rowsPerInsert = 5_000

/** Errors: `case.invalid` where the file is not the one that the journal names. */
async function load(writer: Writer, folder: string, { result, files }: Enrichment): Promise<void> {
  await writer.run(sql`DELETE FROM address_info`)
  await writer.run(sql`DELETE FROM enrichment`)
  const names = new Map(files.map(({ sha256, name }) => [sha256, name]))
  const hash = createHash('sha256')
  const input = createReadStream(keptPath(folder, result))
  let rows: string[] = []
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    hash.update(`${line}\n`)
    rows.push(stored(line, names))
    if (rows.length >= rowsPerInsert) await insert(writer, rows.splice(0))
  }
  if (rows.length > 0) await insert(writer, rows)
  rows = []
  if (hash.digest('hex') !== result) throw new AppError('case.invalid', 'The kept places are not those of the journal.')
  await writer.run(sql`INSERT INTO enrichment VALUES (${result})`)
}

function stored(line: string, names: ReadonlyMap<string, string>): string {
  const parsed = KeptRow.safeParse(parseLine(line))
  if (!parsed.success) throw new AppError('case.invalid', 'The kept places are not ours.')
  const { basis, ...row } = parsed.data
  const list = Object.entries(basis).map(([fact, sha256]) => ({ fact, file: names.get(sha256) ?? '', sha256 }))
  return JSON.stringify({ ...row, basis: list })
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const shape = JSON.stringify([
  {
    address: 'VARCHAR',
    class: 'VARCHAR',
    provider: 'VARCHAR',
    service: 'VARCHAR',
    region: 'VARCHAR',
    country: 'VARCHAR',
    city: 'VARCHAR',
    asn: 'VARCHAR',
    as_org: 'VARCHAR',
    basis: [{ fact: 'VARCHAR', file: 'VARCHAR', sha256: 'VARCHAR' }],
  },
])

async function insert(writer: Writer, rows: readonly string[]): Promise<void> {
  await writer.run(sql`
    INSERT INTO address_info
    SELECT r.address, r.class, r.provider, r.service, r.region, r.country, r.city, r.asn, r.as_org, r.basis
    FROM (SELECT unnest(from_json(${`[${rows.join(',')}]`}, ${sql.trusted(`'${shape}'`)})) AS r)`)
}
