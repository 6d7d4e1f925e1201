/** Builds the model of a report from the case. Figures come from outside, since timeline and graph are drawn elsewhere. */
import { z } from 'zod'
import { AppError, throwIfAborted } from '../../../common/errors'
import { formatInstant, parseInstant } from '../../../common/time'
import type { CaseSession } from '../../context'
import { schemaVersion } from '../../db/migrate'
import { sql } from '../../db/sql'
import { toolVersion } from '../../version'
import { type Figure, type ModelFinding, printLimits, type ReportModel } from '../model'
import { timePrinter } from '../zone'
import { type Ask, shortTime } from './ask'
import { collectCited } from './cited'
import { collectCoverage } from './coverage'
import { collectEvidence, collectLimitsHit, collectRejects } from './evidence'
import { lastAct } from './journal'
import { collectNotes } from './notes'
import {
  collectActors,
  collectAddresses,
  collectCounts,
  collectDenials,
  collectKeyFacts,
  collectLinks,
  collectOutcomes,
  collectSources,
  collectSpan,
} from './summary'

export interface ModelOptions {
  readonly title?: string | undefined
  /** RFC 3339 with a zone. */
  readonly at: string
  readonly timeZone: string
  readonly figures: (session: CaseSession, signal: AbortSignal) => Promise<readonly Figure[]>
  readonly signal: AbortSignal
  readonly onStep: (step: string, done: number, total: number) => void
}

const steps = 5

/** Errors: `usage` for a time or zone that is none, `cancelled`, errors of the database. */
export async function buildModel(session: CaseSession, options: ModelOptions): Promise<ReportModel> {
  const { signal, onStep } = options
  const at = parseInstant(options.at)
  if (at === undefined || !at.zoned)
    throw new AppError('usage', 'The time of the report must be a full time with a zone, such as 2026-01-02T03:04:05Z.')
  timePrinter(options.timeZone)
  const ask: Ask = { db: session.db, signal }

  onStep('Counting', 0, steps)
  const span = await collectSpan(ask)
  const counts = await collectCounts(ask)
  const outcomes = await collectOutcomes(ask)
  const sources = await collectSources(ask)
  const links = await collectLinks(ask)
  const keyFacts = await collectKeyFacts(ask)
  const actors = await collectActors(ask)
  const addresses = await collectAddresses(ask)
  const denials = await collectDenials(ask)
  throwIfAborted(signal)
  onStep('Gathering notes and events', 1, steps)
  const { cited, total: citedTotal } = await collectCited(ask)
  const { notes, total: notesTotal } = await collectNotes(ask)
  onStep('Accounting for the evidence', 2, steps)
  const evidence = await collectEvidence(ask, session.journal.records())
  const rejects = await collectRejects(ask)
  const limitsHit = await collectLimitsHit(ask)
  const coverage = await collectCoverage(ask)
  const findings = await collectFindings(ask)
  throwIfAborted(signal)
  onStep('Drawing figures', 3, steps)
  const figures = await options.figures(session, signal)
  throwIfAborted(signal)
  onStep('Writing', 4, steps)
  return {
    report: 'crosstrail',
    version: 1,
    title: (options.title ?? `Report on ${session.meta.title}`).toWellFormed(),
    at: formatInstant(at.us, at.precision),
    timeZone: options.timeZone,
    case: { id: session.meta.id, title: session.meta.title.toWellFormed(), created: session.meta.created },
    tool: {
      report: toolVersion,
      case: session.meta.tool,
      database: await databaseVersion(ask),
      schema: schemaVersion,
    },
    span,
    counts,
    outcomes,
    sources,
    links,
    keyFacts,
    actors,
    addresses,
    denials,
    findings,
    figures,
    cited,
    citedTotal,
    notes,
    notesTotal,
    evidence,
    rejects,
    limitsHit,
    coverage,
    journal: lastAct(session.journal.records()),
  }
}

async function databaseVersion(ask: Ask): Promise<string> {
  const row = await ask.db.get(z.object({ v: z.string() }), sql`SELECT version() AS v`, ask.signal)
  return `DuckDB ${row?.v.replace(/^v/, '') ?? 'of unknown version'}`
}

const FindingRow = z.object({
  finding_id: z.string(),
  title: z.string(),
  severity: z.string(),
  statement: z.string(),
  created_at: z.string(),
})

async function collectFindings(ask: Ask): Promise<ModelFinding[]> {
  const rows = await ask.db.all(
    FindingRow,
    sql`
      SELECT *
      FROM finding
      ORDER BY list_position(['critical', 'high', 'medium', 'low', 'info'], severity) NULLS LAST, created_at, finding_id
      LIMIT ${printLimits.findings}`,
    ask.signal,
  )
  return rows.map((row) => ({
    id: row.finding_id,
    title: row.title,
    severity: row.severity,
    statement: row.statement,
    createdAt: shortTime(row.created_at),
  }))
}
