/** One run: every address of the case, looked up in the files; the result kept, journaled and shown. */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { throwIfAborted } from '../../common/errors'
import { caseFiles } from '../case/folder'
import { record } from '../case/open'
import type { CaseSession } from '../context'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { asIoError, syncFolder } from '../io'
import { parseAddressRange } from '../query/filter/address'
import { addressTexts } from './addresses'
import type { GivenFile } from './givenFile'
import { applyKept, KeptRow, keptName, keptPath } from './kept'
import { Lookup } from './lookup'

export interface RunOptions {
  readonly files: readonly GivenFile[]
  readonly fresh: boolean
  readonly signal?: AbortSignal
  readonly onStep?: (progress: { step: string; done: number; total: number }) => void
}

/** Nothing is changed where it is cancelled or fails. Errors: `input.refused` for damaged files, `io.*`, `cancelled`. */
export async function runEnrichment(session: CaseSession, options: RunOptions): Promise<void> {
  const { files, fresh } = options
  if (files.length === 0 && !fresh) return
  const folder = join(session.folder, caseFiles.enrichment)
  const part = join(folder, '.part')
  try {
    await mkdir(folder, { recursive: true })
    const { result, addresses } = await writeResult(session.db, part, options)
    await rename(part, keptPath(session.folder, result))
    await syncFolder(folder)
    await record(session, 'enrich.run', { files: files.map(({ about }) => about), fresh, addresses, result })
    await applyKept(session.folder, session.db, session.journal.records())
    // Only the last result is shown; those before would only take room.
    for (const name of await readdir(folder))
      if (keptName.test(name) && name !== `${result}.jsonl`) await rm(join(folder, name), { force: true })
  } catch (error) {
    await rm(part, { force: true }).catch(() => undefined)
    throw asIoError(error, 'What was looked up cannot be kept.')
  }
}

async function writeResult(
  db: Database,
  path: string,
  { files, fresh, signal, onStep }: RunOptions,
): Promise<{ result: string; addresses: number }> {
  const lookup = new Lookup(files)
  const hash = createHash('sha256')
  const total = (await db.get(Count, sql`SELECT count(*) AS n FROM (${addressTexts})`, signal))?.n ?? 0
  const file = await open(path, 'w')
  let addresses = 0
  try {
    for await (const rows of addressRows(db, fresh, signal)) {
      throwIfAborted(signal)
      onStep?.({ step: 'looking up addresses', done: addresses, total })
      const text = rows
        .map(({ address, bits, before }) => `${JSON.stringify(lookup.row(address, bits, before))}\n`)
        .join('')
      hash.update(text)
      await file.write(text)
      addresses += rows.length
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { result: hash.digest('hex'), addresses }
}

const Count = z.object({ n: z.number() })
const Address = z.object({ address: z.string() })
const Before = z.object({ address: z.string(), row: z.string() })
const addressesAtOnce = 50_000

async function* addressRows(db: Database, fresh: boolean, signal: AbortSignal | undefined) {
  for (let after = ''; ; ) {
    const rows = await db.all(
      Address,
      sql`
        SELECT address
        FROM (${addressTexts})
        WHERE address > ${after}
        ORDER BY address
        LIMIT ${addressesAtOnce}`,
      signal,
    )
    const last = rows.at(-1)
    if (last === undefined) return
    const before = new Map<string, string>()
    if (!fresh)
      for (const { address, row } of await db.all(
        Before,
        sql`
          SELECT address, CAST(to_json(a) AS VARCHAR) AS row
          FROM address_info a
          WHERE address > ${after} AND address <= ${last.address}`,
        signal,
      ))
        before.set(address, row)
    yield rows.flatMap(({ address }) => {
      const range = parseAddressRange(address)
      const known = before.get(address)
      if (range === undefined) return []
      return [{ address, bits: range.low, before: known === undefined ? undefined : earlier(known) }]
    })
    after = last.address
  }
}

const Stored = z.object({
  basis: z.array(z.object({ fact: z.string(), sha256: z.string() })).nullable(),
})

/** A row of `address_info` as it was kept: without nulls, its basis by fact. */
function earlier(text: string): KeptRow | undefined {
  const value: unknown = JSON.parse(text)
  const stored = Stored.safeParse(value)
  if (!stored.success || typeof value !== 'object' || value === null) return undefined
  const facts = Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null))
  const basis = Object.fromEntries((stored.data.basis ?? []).map(({ fact, sha256 }) => [fact, sha256]))
  const row = KeptRow.safeParse({ ...facts, basis })
  return row.success ? row.data : undefined
}
