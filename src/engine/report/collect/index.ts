/** Builds the model of a report from the case. Figures come from outside, since timeline and graph are drawn elsewhere. */
import { z } from 'zod'
import { AppError, throwIfAborted } from '../../../common/errors'
import { formatInstant, parseInstant } from '../../../common/time'
import type { ReportOptions } from '../../../contract/report'
import type { JournalRecord } from '../../case/journal'
import type { CaseSession } from '../../context'
import { schemaVersion } from '../../db/migrate'
import { sql } from '../../db/sql'
import { toolVersion } from '../../version'
import { findLogo, type Logo } from '../logo'
import { type Figure, printLimits, type ReportLayout, type ReportModel } from '../model'
import { timePrinter } from '../zone'
import { collectAnalyses } from './analyses'
import type { Ask } from './ask'
import { chosen } from './chosen'
import { collectCited, eventsOfCase } from './cited'
import { collectCoverage } from './coverage'
import { collectEvidence, collectLimitsHit, collectRejects } from './evidence'
import { collectFindings, collectIncident, Items, type WantedFigure } from './incident'
import { collectIndicators } from './indicators'
import { lastAct } from './journal'
import { collectNotes } from './notes'
import { collectPaths } from './paths'
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

/** Draws the figures of the case, and those that items of the story want. */
export type DrawFigures = (ask: Ask, wanted: readonly WantedFigure[]) => Promise<readonly Figure[]>

type Chosen = { readonly [Name in keyof Omit<ReportOptions, 'at' | 'timeZone'>]?: ReportOptions[Name] | undefined }

export interface ModelOptions extends Chosen {
  /** RFC 3339 with a zone. */
  readonly at: string
  readonly timeZone: string
  readonly figures: DrawFigures
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
  const ask: Ask = { db: session.db, signal, now: new Date(Number(at.us / 1000n)) }
  const records = session.journal.records()

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
  const choice = await chosen(ask, records, options.incident, options.findings)
  const { ids, total: citedTotal } =
    choice.incident === null && options.findings === undefined
      ? await eventsOfCase(ask, choice.eventIds)
      : { ids: choice.eventIds.slice(0, printLimits.citedEvents), total: choice.eventIds.length }
  const cited = await collectCited(ask, ids)
  const items = new Items(
    ask,
    choice.findings,
    cited.map(({ eventId }) => eventId),
  )
  const incident = choice.incident === null ? null : await collectIncident(ask, items, choice.incident, choice.where)
  const findings = await collectFindings(items, choice.findings)
  const wanted = (section: string) => options.sections === undefined || options.sections.some((id) => id === section)
  const analyses = await collectAnalyses(ask, wanted)
  const paths = wanted('denials')
    ? await collectPaths(
        ask,
        cited.map(({ eventId }) => eventId),
      )
    : []
  const { indicators, indicatorsTotal } = await collectIndicators(ask, records)
  const { notes, total: notesTotal } = await collectNotes(ask)
  onStep('Accounting for the evidence', 2, steps)
  const evidence = await collectEvidence(ask, records)
  const rejects = await collectRejects(ask)
  const limitsHit = await collectLimitsHit(ask)
  const coverage = await collectCoverage(ask)
  throwIfAborted(signal)
  onStep('Drawing figures', 3, steps)
  const figures = await options.figures(ask, items.figures)
  throwIfAborted(signal)
  onStep('Writing', 4, steps)
  return {
    report: 'crosstrail',
    version: 1,
    title: (options.title ?? incident?.title ?? `Report on ${session.meta.title}`).toWellFormed(),
    at: formatInstant(at.us, at.precision),
    timeZone: options.timeZone,
    layout: layoutOf(options),
    logo: logoOf(records, options.logo ?? ''),
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
    incident,
    findings,
    findingsTotal: choice.findings.length,
    indicators,
    indicatorsTotal,
    analyses,
    paths,
    figures,
    cited,
    citedTotal,
    notes,
    notesTotal,
    evidence,
    rejects,
    limitsHit,
    coverage,
    journal: lastAct(records),
  }
}

function logoOf(records: readonly JournalRecord[], sha256: string): Logo | null {
  if (sha256 === '') return null
  const logo = findLogo(records, sha256)
  if (logo === undefined) throw new AppError('not-found', 'There is no such logo in this case. Choose it again.')
  return logo
}

async function databaseVersion(ask: Ask): Promise<string> {
  const row = await ask.db.get(z.object({ v: z.string() }), sql`SELECT version() AS v`, ask.signal)
  return `DuckDB ${row?.v.replace(/^v/, '') ?? 'of unknown version'}`
}

function layoutOf(options: ModelOptions): ReportLayout {
  const { sections, appendix, classification, author, paper, language } = options
  return {
    sections: sections === undefined ? null : [...new Set(sections)],
    appendix: appendix ?? 'compact',
    classification: (classification ?? '').toWellFormed(),
    author: (author ?? '').toWellFormed(),
    paper: paper ?? 'a4',
    language: language ?? 'en',
  }
}
