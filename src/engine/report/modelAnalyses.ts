/** What the analyses say in a report: out of band, coverage, clocks, audit gaps, paths to denial. */
import type { Computed } from './modelValues'

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
