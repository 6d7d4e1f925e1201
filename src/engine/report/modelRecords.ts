/** Records in a report: events with their place, notes, links and traces. */
import type { Cell } from '../db/values'

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
