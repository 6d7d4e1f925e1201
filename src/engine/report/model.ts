/**
 * What a report says, as one plain JSON document: the JSON twin, and the only thing the printed forms are made from.
 * Every figure carries the query that gives it. Times are RFC 3339 UTC with the precision of the source; decimals are
 * text, so that the canonical form (and with it the digest) has no floats.
 */
import type { Cell } from '../db/values'

export type ValueKind = 'text' | 'mono' | 'count' | 'time'

export interface Fact {
  readonly label: string
  readonly kind: ValueKind
  readonly value: number | string
  readonly sql: string
}

/** `total` counts all rows of the question; `rows` holds at most as many as the report prints. */
export interface ModelTable {
  readonly columns: readonly { readonly title: string; readonly kind: ValueKind }[]
  readonly rows: readonly (readonly Cell[])[]
  readonly total: number
  readonly sql: string
}

export interface Position {
  readonly file: string
  readonly sha256: string
  readonly member: string | null
  readonly recordNo: number
  readonly line: number
  readonly offset: number
  readonly length: number
}

export interface ModelNote {
  readonly id: string
  readonly text: string
  readonly tags: readonly string[]
  readonly author: string
  readonly createdAt: string
  readonly updatedAt: string
  readonly target: { readonly kind: string; readonly id: string }
}

export interface ModelLink {
  readonly traceId: string | null
  readonly spanId: string | null
  /** Service and name of the span, where the link names one that is in the case. */
  readonly span: string | null
  readonly level: string
  readonly score: string
  readonly margin: string | null
  readonly rivals: number
  readonly method: string
  readonly verdict: string | null
  readonly evidence: readonly {
    readonly item: string
    readonly eventValue: string | null
    readonly spanValue: string | null
    readonly weight: string
    readonly text: string
  }[]
}

export interface ModelTrace {
  readonly traceId: string
  readonly spanCount: number
  readonly errorCount: number
  readonly services: readonly string[]
  readonly roots: readonly string[]
  readonly firstTs: string
  /** Nanoseconds from the first start to the last end, as decimal text. */
  readonly durationNs: string
  /** The innermost span with an error that ended first, or null. */
  readonly failing: {
    readonly spanId: string
    readonly name: string
    readonly service: string | null
    readonly message: string | null
  } | null
  readonly sql: string
}

export interface CitedEvent {
  readonly eventId: string
  readonly ts: string | null
  /** The columns of the event that are not null, without `raw` and the position. */
  readonly fields: Readonly<Record<string, Cell>>
  readonly position: Position
  readonly raw: {
    readonly text: string
    readonly sizeBytes: number
    readonly sha256: string
    /** True where `text` is only the beginning. */
    readonly cut: boolean
  }
  readonly notes: readonly ModelNote[]
  readonly links: readonly ModelLink[]
  /** How many further links the event has beyond those listed. */
  readonly linksLeftOut: number
  readonly trace: ModelTrace | null
  readonly sql: string
}

export interface ModelFinding {
  readonly id: string
  readonly title: string
  readonly severity: string
  readonly statement: string
  readonly createdAt: string
}

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

export interface ReportModel {
  readonly report: 'crosstrail'
  readonly version: 1
  readonly title: string
  /** The time printed on the report: RFC 3339 UTC. */
  readonly at: string
  readonly timeZone: string
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
  readonly findings: readonly ModelFinding[]
  readonly figures: readonly Figure[]
  /** Events that carry a note, in time order. */
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
  linksPerEvent: 5,
  rawBytes: 4_000,
} as const
