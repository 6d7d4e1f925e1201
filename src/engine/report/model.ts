/**
 * What a report says, as one plain JSON document: the JSON twin, and the only thing the printed forms are made from.
 * Every figure carries the query that gives it. Times are RFC 3339 UTC with the precision of the source; decimals are
 * text, so that the canonical form (and with it the digest) has no floats.
 */
import type { Language, ReportOptions } from '../../contract/report'
import type { Logo } from './logo'
import type { ModelAnalyses, ModelPath } from './modelAnalyses'
import type { CitedEvent, ModelNote } from './modelRecords'
import type { Computed, Fact, ModelTable } from './modelValues'
import type { ModelFinding, ModelIncident, ModelIndicator } from './modelWork'

export type { ModelAnalyses, ModelBandGroup, ModelPath } from './modelAnalyses'
export type { CitedEvent, ModelLink, ModelNote, ModelTrace } from './modelRecords'
export type { Computed, Fact, ModelTable, ValueKind } from './modelValues'
export type { ModelAbout, ModelFinding, ModelIncident, ModelIndicator, ModelItem } from './modelWork'

export interface EvidenceFile {
  readonly name: string
  readonly sha256: string
  readonly sizeBytes: number
  /** How it was acquired, as the analyst said. */
  readonly acquired: readonly string[]
  readonly formats: readonly string[]
  readonly status: string
  readonly records: {
    readonly read: number
    readonly kept: number
    readonly duplicate: number
    readonly skipped: number
    readonly rejected: number
  }
  readonly rows: {
    readonly access_event: number
    readonly span: number
    readonly log_record: number
    readonly metric_point: number
  }
  readonly firstTs: string | null
  readonly lastTs: string | null
}

export interface Figure {
  readonly id: string
  readonly title: string
  readonly caption: string
  /** What the figure shows, in words, for those who cannot see it. */
  readonly alt: string
  readonly svg: string
}

/** What the one who prints chose. */
export interface ReportLayout {
  /** Ids of sections in their order; null for all. */
  readonly sections: readonly string[] | null
  readonly appendix: ReportOptions['appendix']
  readonly classification: string
  readonly author: string
  readonly paper: 'a4' | 'letter'
  readonly language: Language
}

export interface ReportModel {
  readonly report: 'crosstrail'
  readonly version: 1
  readonly title: string
  /** The time printed on the report: RFC 3339 UTC. */
  readonly at: string
  readonly timeZone: string
  readonly layout: ReportLayout
  /** The picture on the cover, with its bytes, so that the digest covers it. */
  readonly logo: Logo | null
  readonly case: { readonly id: string; readonly title: string; readonly created: string }
  readonly tool: { readonly report: string; readonly case: string; readonly database: string; readonly schema: number }
  readonly span: { readonly firstTs: string | null; readonly lastTs: string | null; readonly sql: string }
  readonly counts: readonly Fact[]
  readonly outcomes: ModelTable
  readonly sources: ModelTable
  readonly links: ModelTable
  readonly keyFacts: readonly Fact[]
  readonly actors: ModelTable
  readonly addresses: ModelTable
  readonly denials: ModelTable
  readonly incident: ModelIncident | null
  readonly findings: readonly ModelFinding[]
  readonly findingsTotal: number
  /** Confirmed ones. */
  readonly indicators: readonly ModelIndicator[]
  readonly indicatorsTotal: number
  readonly analyses: ModelAnalyses
  readonly paths: readonly Computed<ModelPath>[]
  readonly figures: readonly Figure[]
  /** Of an incident: the events of its story, then those of the findings. Else those that carry a note, in time order. */
  readonly cited: readonly CitedEvent[]
  readonly citedTotal: number
  /** Notes on the case, traces, spans and times, and on events that are not in the case. */
  readonly notes: readonly ModelNote[]
  readonly notesTotal: number
  readonly evidence: {
    readonly files: readonly EvidenceFile[]
    readonly total: number
    readonly totals: readonly Fact[]
    readonly sql: string
  }
  readonly rejects: ModelTable
  readonly limitsHit: ModelTable
  readonly coverage: readonly Fact[]
  /** The last record that changed the case, not those of opening it or of printing a report. */
  readonly journal: { readonly seq: number; readonly head: string; readonly at: string | null }
}

/** Rows that one report prints at most; what is left out is said with its count. */
export const printLimits = {
  evidenceFiles: 1_000,
  rejectReasons: 200,
  limits: 100,
  topRows: 12,
  citedEvents: 300,
  notes: 200,
  findings: 200,
  indicators: 60,
  bandGroups: 8,
  areas: 60,
  clocks: 20,
  auditGaps: 12,
  paths: 8,
  /** Where the analyst cites no refusal. */
  unaskedPaths: 3,
  storyItems: 500,
  linksPerEvent: 5,
  rawBytes: 4_000,
} as const
