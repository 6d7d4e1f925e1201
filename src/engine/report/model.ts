/**
 * What a report says, as one plain JSON document: the JSON twin, and the only thing the printed forms are made from.
 * Every figure carries the query that gives it. Times are RFC 3339 UTC with the precision of the source; decimals are
 * text, so that the canonical form (and with it the digest) has no floats.
 */
import type { Language } from '../../contract/report'
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

/** What an item of a story or a finding points to, with what the case says of it. */
export type ModelAbout =
  | {
      readonly kind: 'event'
      readonly eventId: string /** Place in `cited`, from 1; null beyond what is printed. */
      readonly number: number | null
    }
  | {
      readonly kind: 'record'
      readonly target: { readonly kind: string; readonly id: string }
      readonly known: boolean
      readonly title: string
      readonly ts: string | null
      readonly outcome: string | null
      readonly trace: ModelTrace | null
    }
  | { readonly kind: 'query'; readonly where: string; readonly facts: readonly Fact[] }
  | { readonly kind: 'figure'; readonly where: string; readonly figureId: string; readonly facts: readonly Fact[] }
  | { readonly kind: 'finding'; readonly id: string; readonly title: string; readonly severity: string }

export interface ModelItem {
  /** Null: words of the analyst only. */
  readonly about: ModelAbout | null
  readonly text: string
  readonly mark: string | null
  /** The time as the analyst wrote it, for what no record tells the time of. */
  readonly at: string | null
}

export interface ModelFinding {
  readonly id: string
  readonly title: string
  readonly severity: string
  readonly confidence: string
  readonly status: string
  readonly techniques: readonly string[]
  readonly statement: string
  readonly evidence: readonly ModelItem[]
  readonly alternatives: readonly string[]
  readonly author: string
  readonly createdAt: string
}

/** Something that a method of the engine gives, with what was asked. Floats are text. */
export interface Computed<T> {
  readonly method: string
  readonly params: Readonly<Record<string, Cell>>
  readonly value: T
}

export interface ModelReach {
  readonly kind: string
  readonly id: string
  readonly events: number
  readonly denied: number
  readonly actors: number
  readonly resources: number
  readonly addresses: number
  readonly firstTs: string | null
  readonly lastTs: string | null
}

export interface ModelIncident {
  readonly id: string
  readonly title: string
  readonly severity: string
  readonly state: string
  readonly summary: string
  readonly impact: string
  readonly scope: string
  readonly story: readonly ModelItem[]
  readonly affected: readonly { readonly kind: string; readonly id: string; readonly text: string }[]
  readonly reach: Computed<readonly ModelReach[]>
  /** Figures of the events that story and findings stand on. */
  readonly facts: readonly Fact[]
}

export interface ModelIndicator {
  readonly kind: string
  readonly value: string
  readonly verdict: string | null
  readonly text: string
  readonly sightings: Computed<
    readonly {
      readonly source: string
      readonly count: number
      readonly firstTs: string | null
      readonly lastTs: string | null
    }[]
  >
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

/** Null: not asked for, or there are no traces that it could be said of. */
export interface ModelAnalyses {
  readonly outOfBand: Computed<{
    readonly explained: number
    readonly explainable: number
    readonly outOfCoverage: number
    readonly outOfBand: number
    readonly total: number
    readonly groups: readonly ModelBandGroup[]
  }> | null
  readonly coverage: Computed<{
    readonly total: number
    readonly truncated: boolean
    readonly rows: readonly {
      readonly source: string | null
      readonly area: string
      readonly events: number
      readonly linked: number
      readonly services: readonly string[]
      readonly rate: {
        readonly value: string
        readonly low: string
        readonly high: string
        readonly basis: string
        readonly n: number
      } | null
    }[]
  }> | null
  readonly clocks: Computed<{
    readonly total: number
    readonly rows: readonly {
      readonly source: string
      readonly service: string | null
      readonly offsetUs: number
      readonly jitterUs: number
      readonly pairs: number
      readonly basis: string
      readonly suggested: boolean
      readonly set: { readonly offsetUs: number; readonly enabled: boolean } | null
    }[]
  }> | null
  readonly auditGaps: Computed<{
    readonly total: number
    readonly gaps: readonly {
      readonly ts: string
      readonly service: string | null
      readonly name: string
      readonly source: string
      readonly what: string | null
      readonly alike: number
      readonly alikeLinked: number
      readonly silent: boolean
      readonly traceId: string
      readonly spanId: string
    }[]
    readonly silences: readonly {
      readonly source: string
      readonly fromTs: string
      readonly toTs: string
      readonly usualUs: number
      readonly spans: number
      readonly expected: string
    }[]
  }> | null
}

export interface ModelBandGroup {
  readonly actor: string | null
  readonly area: string
  readonly source: string
  readonly basis: string
  readonly resources: readonly string[]
  readonly address: string | null
  readonly client: string | null
  readonly session: string | null
  readonly tickets: readonly string[]
  readonly events: number
  readonly outOfBand: number
  readonly denied: number
  readonly rows: string | null
  readonly units: number
  readonly unlinkedUnits: number
  readonly comparedWith: number
  readonly comparedLinked: number
  readonly comparedNamed: number
  readonly chance: string
  readonly firstTs: string
  readonly lastTs: string
}

export interface ModelPath {
  readonly eventId: string
  readonly ts: string | null
  readonly source: string
  readonly summary: string
  /** Of the link to the trace of the request. */
  readonly level: string | null
  readonly steps: readonly {
    readonly kind: string
    readonly ts: string | null
    readonly title: string
    readonly text: string
    readonly marks: readonly string[]
    readonly eventId: string | null
  }[]
  readonly stepsLeftOut: number
  /** What was allowed beside the refusal, in sentences. */
  readonly allowed: readonly string[]
  readonly missing: readonly string[]
}

/** What the one who prints chose. */
export interface ReportLayout {
  /** Ids of sections in their order; null for all. */
  readonly sections: readonly string[] | null
  readonly appendix: 'full' | 'positions' | 'none'
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
