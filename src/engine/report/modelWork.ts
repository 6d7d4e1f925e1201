/** The analyst’s work in a report: findings, incidents, indicators. */

import type { ModelTrace } from './modelRecords'
import type { Computed, Fact } from './modelValues'

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
