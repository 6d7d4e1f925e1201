/** What can be proved about a case: the chain, the projection, the rows, the evidence, the counts, the catalogue. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { throwIfAborted } from '../../common/errors'
import type { VerifyResult } from '../../contract/case'
import { contentChanges, describeChange } from '../content/compare'
import type { CaseSession } from '../context'
import { sealedHead, sealFaults } from '../custody/seal'
import { catalogueFaults } from '../db/catalogue'
import { Database } from '../db/database'
import { migrate } from '../db/migrate'
import { sql } from '../db/sql'
import { enrichmentFault } from '../enrich/checkKept'
import { listAccounts } from '../import/accounts'
import { toolVersion } from '../version'
import { caseFiles } from './folder'
import { journaledImports } from './imports'
import { type JournalRecord, parseJournal, zeroHash } from './journal'
import { project, projectionLines } from './projection'
import { hashOf } from './rebuild'

export interface VerifyOptions {
  /** A head that was written down elsewhere: it must be in the chain. */
  readonly head?: string
  readonly seal?: { readonly text: string; readonly publicPem: string | undefined }
  /** Nothing may follow the head or the seal. */
  readonly exact?: boolean
  /** A folder of originals to hash. */
  readonly evidenceFolder?: string
  readonly signal?: AbortSignal
  readonly onStep?: (progress: { step: string; done: number; total: number }) => void
}

interface Finding {
  readonly kind: string
  readonly message: string
}

/** Never changes the case. `ok` means that the chain is whole and everything fits it, not that it is authentic. */
export async function verifyCase(session: CaseSession, options: VerifyOptions): Promise<VerifyResult> {
  const checks: readonly (readonly [string, () => Promise<Finding[]>])[] = [
    ['journal', () => checkJournal(session, options)],
    ['seal', async () => checkSeal(session, options.seal)],
    ['catalogue', async () => (await catalogueFaults(session.db)).map((message) => ({ kind: 'catalogue', message }))],
    ['projection', () => checkProjection(session)],
    ['enrichment', () => checkEnrichment(session)],
    ['counts', () => checkCounts(session)],
    ['content', () => checkContent(session, options.signal)],
    ['evidence', () => checkEvidence(session, options)],
  ]
  const findings: Finding[] = []
  for (const [index, [step, check]] of checks.entries()) {
    throwIfAborted(options.signal)
    options.onStep?.({ step, done: index, total: checks.length })
    findings.push(...(await check()))
  }
  const { head, seq } = session.journal
  return { ok: findings.length === 0, head, seq, afterHead: afterHead(session.journal.records(), options), findings }
}

/** How many records follow what was written down elsewhere. */
function afterHead(records: readonly JournalRecord[], { head, seal }: VerifyOptions): number | null {
  const known = head ?? (seal === undefined ? undefined : sealedHead(seal.text))
  if (known === undefined) return null
  const at = records.findIndex(({ hash }) => hash === known)
  return at === -1 ? null : records.length - 1 - at
}

/** The file on disk, not what this process remembers of it. */
async function checkJournal(session: CaseSession, options: VerifyOptions): Promise<Finding[]> {
  const { head } = options
  const bytes = await readFile(join(session.folder, caseFiles.journal)).catch(() => Buffer.alloc(0))
  const parsed = parseJournal(bytes)
  const findings: Finding[] = parsed.faults.map(({ line, message }) => ({
    kind: 'journal',
    message: `Line ${line}: ${message}.`,
  }))
  if (parsed.tornBytes > 0)
    findings.push({ kind: 'journal', message: `The journal ends in ${parsed.tornBytes} unreadable bytes.` })
  const last = parsed.records.at(-1)
  if ((last?.hash ?? zeroHash) !== session.journal.head)
    findings.push({ kind: 'journal', message: 'The journal on disk changed while the case was open.' })
  if (head !== undefined && head !== zeroHash && !parsed.records.some(({ hash }) => hash === head))
    findings.push({ kind: 'journal', message: `The chain does not contain the given head ${head}.` })
  const after = afterHead(parsed.records, options)
  if (options.exact === true && after !== null && after > 0)
    findings.push({ kind: 'journal', message: `${after} records follow the one that was to be the last.` })
  return findings
}

async function checkProjection(session: CaseSession): Promise<Finding[]> {
  const replay = await Database.open({ path: ':memory:' })
  try {
    await migrate(replay, toolVersion)
    await project(replay, session.journal.records())
    const [expected, stored] = [await projectionLines(replay), await projectionLines(session.db)]
    const [inExpected, inStored] = [new Set(expected), new Set(stored)]
    const lost = expected.filter((line) => !inStored.has(line)).length
    const extra = stored.filter((line) => !inExpected.has(line)).length
    if (lost === 0 && extra === 0) return []
    return [
      {
        kind: 'projection',
        message: `The database does not show the notes that the journal holds: ${lost} missing or changed, ${extra} that the journal does not know.`,
      },
    ]
  } finally {
    await replay.close()
  }
}

function checkSeal(session: CaseSession, seal: VerifyOptions['seal']): Finding[] {
  return seal === undefined ? [] : sealFaults(session, seal.text, seal.publicPem)
}

/** A changed cell, row or order of imported rows and links; a table that the catalogue check has named is not asked. */
async function checkContent(session: CaseSession, signal: AbortSignal | undefined): Promise<Finding[]> {
  const changes = await contentChanges(session.db, session.journal.records(), signal)
  return changes.map((change) => ({ kind: 'content', message: describeChange(change) }))
}

async function checkEnrichment(session: CaseSession): Promise<Finding[]> {
  const message = await enrichmentFault(session.folder, session.db, session.journal.records())
  return message === undefined ? [] : [{ kind: 'enrichment', message }]
}

const CountRow = z.object({ import_id: z.number(), name: z.string(), said: z.number(), there: z.number() })

async function checkCounts(session: CaseSession): Promise<Finding[]> {
  const findings: Finding[] = []
  for (const table of ['access_event', 'span', 'log_record', 'metric_point'] as const) {
    const rows = await session.db.all(
      CountRow,
      sql`
        SELECT f.import_id, f.name, f.${sql.ident(`rows_${table}`)} AS said, coalesce(t.n, 0) AS there
        FROM source_file f
        LEFT JOIN (SELECT import_id, count(*) AS n FROM ${sql.ident(table)} GROUP BY import_id) t USING (import_id)
        WHERE said <> there ORDER BY f.import_id`,
    )
    for (const { name, said, there } of rows)
      findings.push({ kind: 'counts', message: `“${name}”: ${there} rows in ${table}, the account says ${said}.` })
  }
  for (const { name, records } of await listAccounts(session.db))
    if (records.kept + records.duplicate + records.skipped + records.rejected !== records.read)
      findings.push({ kind: 'counts', message: `“${name}”: the account does not add up.` })
  const journaled = new Map(
    journaledImports(session.journal.records())
      .flatMap(({ files }) => files)
      .map((file) => [file.sha256, file]),
  )
  const stored = new Set((await listAccounts(session.db)).map(({ sha256 }) => sha256))
  for (const [sha256, { name }] of journaled)
    if (!stored.has(sha256))
      findings.push({ kind: 'counts', message: `“${name}” was imported, but the database does not hold it.` })
  for (const { sha256, name } of await listAccounts(session.db))
    if (!journaled.has(sha256))
      findings.push({ kind: 'counts', message: `“${name}” is in the database, but the journal does not know it.` })
  return findings
}

async function checkEvidence(session: CaseSession, options: VerifyOptions): Promise<Finding[]> {
  const findings: Finding[] = []
  const folder = join(session.folder, caseFiles.evidence)
  const copies = (await readdir(folder).catch(() => [])).filter((name) => /^[0-9a-f]{64}$/.test(name)).sort()
  for (const name of copies) {
    throwIfAborted(options.signal)
    const hash = await hashOf(join(folder, name))
    if (hash !== name)
      findings.push({
        kind: 'evidence',
        message: `The copy ${name} was changed: its SHA-256 is now ${hash ?? 'unreadable'}.`,
      })
  }
  if (options.evidenceFolder === undefined) return findings
  const accounts = await listAccounts(session.db)
  for (const { name, sha256 } of accounts) {
    throwIfAborted(options.signal)
    const path = join(options.evidenceFolder, ...name.split('/').filter((part) => part !== '..' && part !== '.'))
    if ((await stat(path).catch(() => undefined)) === undefined) {
      findings.push({ kind: 'evidence', message: `“${name}” is not in the evidence folder.` })
      continue
    }
    const hash = await hashOf(path)
    if (hash !== sha256)
      findings.push({
        kind: 'evidence',
        message: `“${name}” was changed: imported with SHA-256 ${sha256}, now ${hash ?? 'unreadable'}.`,
      })
  }
  return findings
}
